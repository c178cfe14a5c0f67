package dev.disentangle.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs independent pieces of a computation side by side, each on one PyTorch thread.
 *
 * <p>Where nothing is differentiated and there are many batches, this is quicker than one batch
 * after another on all threads: nobody waits for the others after every layer, and reading one
 * batch overlaps with computing another.
 */
public final class Workers {

  private final int count;
  private final IntConsumer piece;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Workers(int count, IntConsumer piece) {
    this.count = count;
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
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, was " + count);
    }
    Workers workers = new Workers(count, piece);
    if (count < 2) {
      // Alone, a piece may as well have all of PyTorch's threads.
      workers.work();
    } else {
      int threads = Threads.count();
      try {
        workers.run(Math.min(threads, count));
      } finally {
        // A worker's setting is also the default of threads that compute for the first time.
        Threads.set(threads);
      }
    }
    workers.rethrow();
  }

  private void run(int threads) {
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                Threads.set(1);
                work();
              },
              "disentangle-worker-" + i);
      thread.setDaemon(true);
      thread.start();
      started.add(thread);
    }
    started.forEach(this::await);
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
    int mine;
    while (failure.get() == null && (mine = next.getAndIncrement()) < count) {
      try {
        piece.accept(mine);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
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
