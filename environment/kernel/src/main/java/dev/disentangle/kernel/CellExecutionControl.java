package dev.disentangle.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs snippets inside the kernel's process, keeps the object that the last one gave, and can stop
 * a snippet that runs.
 *
 * <p>JShell itself passes results on as text only, and interrupts no code that does not look.
 */
final class CellExecutionControl extends LocalExecutionControl {

  /** Long enough for code that looks at the interrupt, short enough for a person. */
  private static final long GRACE_MILLIS = 500;

  /**
   * A training looks at the interrupt after each step, and then says where it has stopped; a step
   * takes seconds where the networks are large or the machine is busy.
   */
  private static final long TRAINING_GRACE_MILLIS = 10_000;

  private static final String TRAINING = "dev.disentangle.training.";

  /**
   * From this release on {@link Thread#stop} only throws, and JShell weaves in checks of a flag.
   */
  private static final int FIRST_WITHOUT_STOP = 20;

  private final CellThread thread = new CellThread();
  private boolean prepared;
  private volatile Field stopFlag;
  private volatile boolean stopRequested;
  private boolean cellRuns;
  private Object value;
  private Throwable failure;
  private Throwable stopReason;

  /** Forgets an earlier interrupt; interrupts count from here to {@link #endCell}. */
  synchronized void beginCell() {
    cellRuns = true;
    stopRequested = false;
    value = null;
    failure = null;
    stopReason = null;
  }

  synchronized void endCell() {
    cellRuns = false;
  }

  boolean isStopRequested() {
    return stopRequested;
  }

  /** What the last snippet gave, or null. */
  Object value() {
    return value;
  }

  /** What the stopped code said about where it stopped; empty when it said nothing. */
  Optional<String> stopMessage() {
    return Optional.ofNullable(stopReason)
        .filter(reason -> reason instanceof CancellationException)
        .map(Throwable::getMessage);
  }

  /** A failure of the execution itself, which JShell would pass over in silence; or null. */
  Throwable failure() {
    return failure;
  }

  @Override
  protected String throwConvertedOtherException(Throwable thrown)
      throws RunException, InternalException {
    failure = thrown;
    return super.throwConvertedOtherException(thrown);
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    prepare();
    clearStopFlag();
    value = null;
    try {
      value = start(snippet).get();
    } catch (ExecutionException e) {
      if (stopRequested) {
        stopReason = e.getCause().getCause();
        throw new StoppedException();
      }
      // Method.invoke has wrapped what the snippet threw; JShell unwraps it again.
      if (e.getCause() instanceof InvocationTargetException thrown) {
        throw thrown;
      }
      throw e;
    }
    return "";
  }

  private synchronized Future<Object> start(Method snippet) throws StoppedException {
    if (stopRequested) {
      throw new StoppedException();
    }
    return thread.start(() -> snippet.invoke(null));
  }

  /**
   * Stops the cell that runs: asks politely, waits, then uses what this release of Java offers.
   * Library code that ignores interrupts can be stopped on releases below 20 only.
   */
  void interrupt() throws ReflectiveOperationException {
    synchronized (this) {
      if (!cellRuns) {
        return;
      }
      stopRequested = true;
      thread.interrupt();
    }
    if (thread.awaitIdle(GRACE_MILLIS)
        || thread.isInside(TRAINING) && thread.awaitIdle(TRAINING_GRACE_MILLIS)) {
      return;
    }
    if (stopFlag != null) {
      stopFlag.set(null, true);
      thread.interrupt();
    } else if (Runtime.version().feature() < FIRST_WITHOUT_STOP) {
      thread.kill();
    }
  }

  /** Newer releases define the flag that their woven checks read in their own first invocation. */
  private void prepare() throws Exception {
    if (prepared) {
      return;
    }
    Method nothing = CellExecutionControl.class.getDeclaredMethod("nothing");
    nothing.setAccessible(true);
    super.invoke(nothing);
    if (Runtime.version().feature() >= FIRST_WITHOUT_STOP) {
      stopFlag = findStopFlag();
    }
    prepared = true;
  }

  private Field findStopFlag() {
    try {
      return findClass("REPL.$Cancel$").getDeclaredField("allStop");
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private void clearStopFlag() throws IllegalAccessException {
    if (stopFlag != null) {
      stopFlag.set(null, false);
    }
  }

  /** Called by reflection in {@link #prepare}. */
  static void nothing() {}

  @Override
  public void close() {
    thread.close();
    super.close();
  }
}
