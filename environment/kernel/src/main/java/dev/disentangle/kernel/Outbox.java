package dev.disentangle.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

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
    Entry last = entries.peekLast();
    if (last == null || !last.takesIn(message)) {
      entries.add(new Entry(message, System.nanoTime() + collectNanos));
      notifyAll();
    } else if (last.isFull()) {
      notifyAll();
    }
  }

  /** Waits for the next message that is ready; {@link #sent} must follow before the next call. */
  synchronized Message<?> take() throws InterruptedException {
    while (true) {
      Entry first = entries.peek();
      if (first == null) {
        wait();
        continue;
      }
      long left = first.due - System.nanoTime();
      if (!first.isStream() || entries.size() > 1 || first.isFull() || left <= 0) {
        sending = true;
        return entries.remove().message();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
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

  /** A message, which grows as long as it is the last and a stream. */
  private final class Entry {
    private final Message<?> first;
    private final long due;
    private final StringBuilder text = new StringBuilder();

    Entry(Message<?> message, long due) {
      this.first = message;
      this.due = due;
      if (message.getContent() instanceof PublishStream stream) {
        text.append(stream.getText());
      }
    }

    boolean isStream() {
      return first.getContent() instanceof PublishStream;
    }

    boolean isFull() {
      return text.length() >= maxCharacters;
    }

    /** Appends the next piece of the same stream of the same cell; false for all else. */
    boolean takesIn(Message<?> message) {
      if (!isFull()
          && first.getContent() instanceof PublishStream mine
          && message.getContent() instanceof PublishStream other
          && mine.getStreamType() == other.getStreamType()
          && first.getParentHeader() == message.getParentHeader()) {
        text.append(other.getText());
        return true;
      }
      return false;
    }

    @SuppressWarnings("unchecked") // a stream's message is a message of a stream
    Message<?> message() {
      if (!(first.getContent() instanceof PublishStream stream)) {
        return first;
      }
      var piece = (Message<PublishStream>) first;
      return new Message<>(
          piece.getIdentities(),
          piece.getHeader(),
          piece.getParentHeader(),
          piece.getMetadata(),
          new PublishStream(stream.getStreamType(), text.toString()),
          piece.getBlobs());
    }
  }
}
