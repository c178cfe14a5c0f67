package dev.disentangle.kernel;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread on which all cells run.
 *
 * <p>It stays the same from cell to cell because native libraries keep state per thread, such as
 * pools of workers. It is replaced only when it had to be killed.
 */
final class CellThread implements AutoCloseable {

  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::newThread);
  private volatile Thread thread;
  private volatile Future<?> running;

  private Thread newThread(Runnable work) {
    var created = new Thread(work, "cell");
    created.setDaemon(true);
    thread = created;
    return created;
  }

  /** Starts the work on the cell thread; what it throws arrives as the cause. */
  Future<Object> start(Callable<Object> work) {
    Future<Object> future = executor.submit(work);
    running = future;
    return future;
  }

  boolean isBusy() {
    Future<?> future = running;
    return future != null && !future.isDone();
  }

  void interrupt() {
    if (isBusy()) {
      thread.interrupt();
    }
  }

  /** Whether the work that runs now has called into a package, whose name ends with a dot here. */
  boolean isInside(String packageName) {
    Thread current = thread;
    return isBusy()
        && current != null
        && Arrays.stream(current.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith(packageName));
  }

  /** Waits until the work that runs now has ended; false when it has not by then. */
  boolean awaitIdle(long millis) {
    Future<?> future = running;
    if (future == null) {
      return true;
    }
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the work at whatever instruction it is; Java 20 and later refuse. */
  @SuppressWarnings({"deprecation", "removal"})
  void kill() {
    if (isBusy()) {
      thread.stop();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
