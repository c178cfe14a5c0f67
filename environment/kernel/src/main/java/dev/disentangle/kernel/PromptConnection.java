package dev.disentangle.kernel;

import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.zeromq.ZMQ;

/**
 * A connection that answers promptly and loses no output.
 *
 * <p>The base class looks for messages every 50 ms, which more than doubles the time of a trivial
 * cell, and cannot be told otherwise; so this class brings its own shell and control channels, and
 * an {@link OutputChannel}.
 */
final class PromptConnection extends JupyterConnection {

  private static final long POLL_MILLIS = 2;

  private final KernelConnectionProperties properties;
  private final ShellChannel promptShell;
  private final ShellChannel promptControl;
  private final OutputChannel output;
  private final CountDownLatch closed = new CountDownLatch(1);

  PromptConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    this.properties = properties;
    ZMQ.Context context = ZMQ.context(1);
    HMACGenerator signer = properties.createHMACGenerator();
    promptShell = new ShellChannel(context, signer, false, this, POLL_MILLIS);
    promptControl = new ShellChannel(context, signer, true, this, POLL_MILLIS);
    output = new OutputChannel(context, signer);
  }

  @Override
  public OutputChannel getIOPub() {
    return output;
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new Replies(channel, stdin, output, context);
  }

  /** Answers to one request; what its cell prints takes the short way to the output channel. */
  private static final class Replies extends ShellReplyEnvironment {
    private final OutputChannel output;

    Replies(
        ShellChannel channel, StdinChannel stdin, OutputChannel output, MessageContext context) {
      super(channel, stdin, output, context);
      this.output = output;
    }

    @Override
    public void writeToStdOut(String text) {
      output.print(getContext(), StreamType.OUT, text);
    }

    @Override
    public void writeToStdErr(String text) {
      output.print(getContext(), StreamType.ERR, text);
    }
  }

  @Override
  public void connect() {
    heartbeat.bind(properties);
    promptShell.bind(properties);
    promptControl.bind(properties);
    stdin.bind(properties);
    output.bind(properties);
    output.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
  }

  /** Lets {@link #waitUntilClose} return; the sockets go with the process. */
  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public void waitUntilClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
