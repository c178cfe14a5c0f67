package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An hour to collect in means that nothing is sent for its age, a full message or a next one is.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OutboxTest {

  private static final long HOUR = 3_600_000;

  private final Message<?> cell =
      new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.BUSY);

  private static String text(Message<?> message) {
    return ((PublishStream) message.getContent()).getText();
  }

  @Test
  void piecesOfOneStreamBecomeOneMessageAndKeepTheirCell() throws InterruptedException {
    var outbox = new Outbox(HOUR, 100);
    outbox.print(cell, StreamType.OUT, "a");
    outbox.print(cell, StreamType.OUT, "b");
    outbox.print(cell, StreamType.OUT, "c\n");
    outbox.print(cell, StreamType.ERR, "d");
    outbox.print(cell, StreamType.ERR, "e");
    Message<?> end = new Message<>(cell, PublishStatus.MESSAGE_TYPE, PublishStatus.IDLE);
    outbox.put(end);
    Message<?> first = outbox.take();
    assertEquals("abc\n", text(first));
    assertSame(cell.getHeader(), first.getParentHeader());
    Message<?> second = outbox.take();
    assertEquals("de", text(second));
    assertEquals(StreamType.ERR, ((PublishStream) second.getContent()).getStreamType());
    assertSame(end, outbox.take());
  }

  @Test
  void whatIsShownBetweenTwoPiecesStaysBetweenThem() throws InterruptedException {
    var outbox = new Outbox(HOUR, 100);
    Message<?> shown =
        new Message<>(
            cell, PublishDisplayData.MESSAGE_TYPE, new PublishDisplayData(new DisplayData("x")));
    outbox.print(cell, StreamType.OUT, "before");
    outbox.put(shown);
    outbox.print(cell, StreamType.OUT, "behind");
    outbox.put(shown);
    assertEquals("before", text(outbox.take()));
    assertSame(shown, outbox.take());
    assertEquals("behind", text(outbox.take()));
  }

  @Test
  void twoCellsNeverShareAMessage() throws InterruptedException {
    var outbox = new Outbox(HOUR, 1);
    Message<?> next = new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.BUSY);
    outbox.print(cell, StreamType.OUT, "first");
    outbox.print(next, StreamType.OUT, "second");
    assertEquals("first", text(outbox.take()));
    Message<?> second = outbox.take();
    assertEquals("second", text(second));
    assertSame(next.getHeader(), second.getParentHeader());
  }

  @Test
  void fullMessagesGoAtOnceAndAgedOnesWithoutAnotherBehindThem() throws InterruptedException {
    var full = new Outbox(HOUR, 4);
    full.print(cell, StreamType.OUT, "ab");
    full.print(cell, StreamType.OUT, "cd");
    full.print(cell, StreamType.OUT, "ef");
    assertEquals("abcd", text(full.take()));
    var aged = new Outbox(1, 100);
    aged.print(cell, StreamType.OUT, "x");
    assertEquals("x", text(aged.take()));
  }

  @Test
  void anInterruptedThreadPrintsAndStaysInterrupted() throws InterruptedException {
    var outbox = new Outbox(1, 100);
    Thread.currentThread().interrupt();
    outbox.print(cell, StreamType.OUT, "said");
    assertTrue(Thread.interrupted());
    assertEquals("said", text(outbox.take()));
  }

  @Test
  void waitsUntilTheLastMessageIsGone() throws Exception {
    var outbox = new Outbox(1, 100);
    List<String> gone = new ArrayList<>();
    var sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 2; i++) {
                  gone.add(text(outbox.take()));
                  outbox.sent();
                }
              } catch (InterruptedException e) {
                gone.add("interrupted");
              }
            });
    outbox.print(cell, StreamType.OUT, "a");
    outbox.print(cell, StreamType.ERR, "b");
    sender.start();
    outbox.awaitEmpty(HOUR);
    assertEquals(List.of("a", "b"), List.copyOf(gone));
    sender.join();
    outbox.print(cell, StreamType.OUT, "nobody takes this");
    outbox.awaitEmpty(1);
  }
}
