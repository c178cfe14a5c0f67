package dev.disentangle.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * Messages on their way to Jupyter, in order. Pieces of one stream that follow each other become
 * one message: the first waits a moment for those behind it, unless something else follows.
 *
 * <p>Jupyter's front ends stop showing a cell that sends more than 1,000 messages a second, and
 * Java prints a line in several pieces.
 */
final class Outbox {

  private final long collectNanos;
  private final int maxCharacters;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private boolean sending;

  /**
   * An empty one.
   *
   * @param collectMillis how long a piece of a stream waits for more
   * @param maxCharacters from this length on a message is sent without waiting
   */
  Outbox(long collectMillis, int maxCharacters) {
    this.collectNanos = TimeUnit.MILLISECONDS.toNanos(collectMillis);
    this.maxCharacters = maxCharacters;
  }

  /** Puts a message behind all others. An interrupt of the calling thread changes nothing. */
  synchronized void put(Message<?> message) {
    add(new Whole(message));
  }

  /** Puts a piece of what a cell prints behind all others, or onto the piece before it. */
  synchronized void print(MessageContext cell, StreamType stream, String text) {
    if (entries.peekLast() instanceof Printed last && last.takes(cell, stream)) {
      last.text.append(text);
      if (last.isFull()) {
        notifyAll();
      }
      return;
    }
    var piece = new Printed(cell, stream, System.nanoTime() + collectNanos);
    piece.text.append(text);
    add(piece);
  }

  private void add(Entry entry) {
    entries.add(entry);
    notifyAll();
  }

  /** Waits for the next message that is ready; {@link #sent} must follow before the next call. */
  synchronized Message<?> take() throws InterruptedException {
    while (true) {
      Entry first = entries.peek();
      if (first == null) {
        wait();
        continue;
      }
      if (first.isReady() || entries.size() > 1) {
        sending = true;
        return entries.remove().message();
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, first.nanosLeft()));
    }
  }

  /** Says that the message which {@link #take} gave is gone. */
  synchronized void sent() {
    sending = false;
    notifyAll();
  }

  /** Waits until all messages are gone, but no longer than this. */
  synchronized void awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (sending || !entries.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** What is on its way. */
  private interface Entry {
    Message<?> message();

    /** Whether it can go although nothing follows it. */
    boolean isReady();

    /** How long it still waits for more. */
    long nanosLeft();
  }

  /** A message that goes as it is. */
  private record Whole(Message<?> message) implements Entry {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public long nanosLeft() {
      return 0;
    }
  }

  /** A piece of a stream, which grows as long as it is the last. */
  private final class Printed implements Entry {
    private final MessageContext cell;
    private final StreamType stream;
    private final long due;
    private final StringBuilder text = new StringBuilder();

    Printed(MessageContext cell, StreamType stream, long due) {
      this.cell = cell;
      this.stream = stream;
      this.due = due;
    }

    private boolean isFull() {
      return text.length() >= maxCharacters;
    }

    boolean takes(MessageContext otherCell, StreamType otherStream) {
      return !isFull() && cell == otherCell && stream == otherStream;
    }

    @Override
    public boolean isReady() {
      return isFull() || nanosLeft() <= 0;
    }

    @Override
    public long nanosLeft() {
      return due - System.nanoTime();
    }

    @Override
    public Message<?> message() {
      var content = new PublishStream(stream, text.toString());
      return new Message<>(cell, PublishStream.MESSAGE_TYPE, content);
    }
  }
}
