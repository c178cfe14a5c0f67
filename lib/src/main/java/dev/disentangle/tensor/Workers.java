package dev.disentangle.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Runs independent pieces of a computation side by side, each on one PyTorch thread.
 *
 * <p>Where nothing is differentiated and there are many batches, this is quicker than one batch
 * after another on all threads: nobody waits for the others after every layer, and reading one
 * batch overlaps with computing another. Calls from several threads take turns.
 *
 * @param <W> what each worker makes for itself
 */
public final class Workers<W> {

  private final int count;
  private final Supplier<W> workspaces;
  private final ObjIntConsumer<W> piece;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Workers(int count, Supplier<W> workspaces, ObjIntConsumer<W> piece) {
    this.count = count;
    this.workspaces = workspaces;
    this.piece = piece;
  }

  /**
   * Runs pieces {@code 0 .. count - 1}, in any order, on as many threads as PyTorch has.
   *
   * @param count number of pieces, at least 0
   * @param piece computes one of them; called from several threads
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws CancellationException if the calling thread is interrupted; pieces that have begun are
   *     finished, others are not begun, and the thread stays interrupted
   * @throws RuntimeException what the first failing piece threw; no further piece is begun
   */
  public static void forEach(int count, IntConsumer piece) {
    forEach(count, () -> piece, IntConsumer::accept);
  }

  /**
   * As {@link #forEach(int, IntConsumer)}, with something that each worker makes for itself and
   * uses for all its pieces, such as memory that is filled again for each.
   *
   * @param count number of pieces, at least 0
   * @param workspaces called once by each worker
   * @param piece computes one of the pieces; called from several threads
   * @param <W> what a worker makes for itself
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws CancellationException if the calling thread is interrupted; pieces that have begun are
   *     finished, others are not begun, and the thread stays interrupted
   * @throws RuntimeException what the first failing piece threw; no further piece is begun
   */
  public static <W> void forEach(int count, Supplier<W> workspaces, ObjIntConsumer<W> piece) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, was " + count);
    }
    Workers<W> workers = new Workers<>(count, workspaces, piece);
    Threads.LOCK.lock();
    try {
      workers.run();
    } finally {
      Threads.LOCK.unlock();
    }
    workers.rethrow();
  }

  private void run() {
    if (count < 2) {
      // Alone, a piece may as well have all of PyTorch's threads.
      work();
      return;
    }
    int threads = Threads.count();
    try {
      run(Math.min(threads, count));
    } finally {
      // A worker's setting is also the default of threads that compute for the first time.
      Threads.setNow(threads);
    }
  }

  private void run(int threads) {
    CountDownLatch ready = new CountDownLatch(threads);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> workAlone(ready), "disentangle-worker-" + i);
      thread.setDaemon(true);
      thread.start();
      started.add(thread);
    }
    started.forEach(this::await);
  }

  /** Nobody computes before all have said that they want one thread. */
  private void workAlone(CountDownLatch ready) {
    Threads.setNow(1);
    ready.countDown();
    try {
      ready.await();
      work();
    } catch (InterruptedException e) {
      failure.compareAndSet(null, new CancellationException("interrupted"));
    }
  }

  private void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("interrupted"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    if (count == 0) {
      return;
    }
    try {
      W workspace = workspaces.get();
      int mine;
      while (failure.get() == null && (mine = next.getAndIncrement()) < count) {
        piece.accept(workspace, mine);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void rethrow() {
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
