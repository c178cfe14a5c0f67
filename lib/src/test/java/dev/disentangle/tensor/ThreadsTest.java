package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  private final int before = Threads.count();

  @BeforeEach
  void threeThreads() {
    Threads.set(3);
  }

  @AfterEach
  void asBefore() {
    Threads.set(before);
  }

  @Test
  void aloneIsOneThreadAndOnlyMeanwhile() {
    assertEquals(1, Threads.alone(Threads::count));
    assertEquals(3, Threads.count());
    Supplier<Integer> failing =
        () -> {
          throw new IllegalStateException("no network");
        };
    assertThrows(IllegalStateException.class, () -> Threads.alone(failing));
    assertEquals(3, Threads.count());
  }

  /** Workers that encode for a minute do not keep another thread from building a training. */
  @Test
  void nobodyWaitsToBeAlone() {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Void> encoding =
        CompletableFuture.runAsync(
            () ->
                Workers.forEach(
                    2,
                    piece -> {
                      working.countDown();
                      await(done);
                    }));
    await(working);
    assertEquals(3, Threads.alone(Threads::count));
    done.countDown();
    encoding.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noThreadsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Threads.set(0));
  }
}
