package dev.disentangle.kernel;

import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.zeromq.ZMQ;

/**
 * The channel on which everything goes out that cells show, in the order in which they show it.
 *
 * <p>A thread of its own does the sending. The socket refuses a thread whose interrupt flag is set,
 * which is how a cell is stopped, and a thread that is killed could leave half a message behind.
 */
final class OutputChannel extends IOPubChannel {

  /** Short enough to look immediate, and far fewer than 1,000 messages a second. */
  private static final long COLLECT_MILLIS = 30;

  private static final int MAX_CHARACTERS = 1 << 16;

  private final Outbox outbox = new Outbox(COLLECT_MILLIS, MAX_CHARACTERS);

  OutputChannel(ZMQ.Context context, HMACGenerator signer) {
    super(context, signer);
    // The library would otherwise drop what exceeds 1,000 messages.
    setSndHWM(0);
    var sender = new Thread(this::sendAll, "output");
    sender.setDaemon(true);
    sender.start();
  }

  /** Leaves the message to the sending thread. */
  @Override
  public void sendMessage(Message<?> message) {
    outbox.put(message);
  }

  /** Leaves a piece of what a cell prints to the sending thread. */
  void print(MessageContext cell, StreamType stream, String text) {
    outbox.print(cell, stream, text);
  }

  /** Waits until everything is sent, but no longer than this. */
  void flush(long millis) throws InterruptedException {
    outbox.awaitEmpty(millis);
  }

  private void sendAll() {
    try {
      while (true) {
        Message<?> message = outbox.take();
        try {
          super.sendMessage(message);
        } catch (RuntimeException e) {
          logger.error("cannot send a message of type {}", message.getHeader().getType(), e);
        } finally {
          outbox.sent();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
