package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every piece is computed once, side by side, and whatever happens the thread count stays. */
class WorkersTest {

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
  void everyPieceOnce() {
    for (int count : new int[] {0, 1, 2, 3, 100}) {
      AtomicIntegerArray calls = new AtomicIntegerArray(Math.max(1, count));
      Workers.forEach(count, calls::incrementAndGet);
      for (int i = 0; i < count; i++) {
        assertEquals(1, calls.get(i), "piece " + i + " of " + count);
      }
    }
    assertEquals(3, Threads.count());
  }

  /** Three pieces that wait for each other end only if there are three workers. */
  @Test
  void sideBySideOnOneThreadEach() {
    CountDownLatch met = new CountDownLatch(3);
    Set<Integer> threads = ConcurrentHashMap.newKeySet();
    Workers.forEach(
        3,
        piece -> {
          threads.add(Threads.count());
          met.countDown();
          try {
            met.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(Set.of(1), threads);
    assertEquals(3, Threads.count());
  }

  /**
   * Four calls at once: nobody finds more than three workers at work, or another's thread count.
   */
  @Test
  void callsTakeTurns() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Integer> threads = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 4)
        .mapToObj(
            call ->
                CompletableFuture.runAsync(
                    () ->
                        Workers.forEach(
                            20,
                            piece -> {
                              most.accumulateAndGet(working.incrementAndGet(), Math::max);
                              threads.add(Threads.count());
                              LockSupport.parkNanos(100_000);
                              working.decrementAndGet();
                            }),
                    command -> new Thread(command).start()))
        .toList()
        .forEach(CompletableFuture::join);
    assertTrue(most.get() <= 3, "workers at once: " + most.get());
    assertEquals(Set.of(1), threads);
    assertEquals(3, Threads.count());
  }

  @Test
  void eachWorkerHasOneWorkspaceForAllItsPieces() {
    AtomicInteger made = new AtomicInteger();
    Set<List<Object>> users = ConcurrentHashMap.newKeySet();
    Workers.forEach(
        50,
        () -> {
          made.incrementAndGet();
          return new Object();
        },
        (workspace, piece) -> users.add(List.of(workspace, Thread.currentThread())));
    assertEquals(3, made.get());
    assertTrue(users.size() <= 3, "pairs of workspace and thread: " + users.size());
  }

  @Test
  void aWorkspaceThatCannotBeMadeIsAFailure() {
    IllegalStateException failure = new IllegalStateException("no memory");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                Workers.forEach(
                    5,
                    () -> {
                      throw failure;
                    },
                    (workspace, piece) -> {})));
  }

  @Test
  void theFirstFailureIsThrownAndStopsTheRest() {
    IllegalStateException failure = new IllegalStateException("piece 5");
    AtomicInteger begun = new AtomicInteger();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Workers.forEach(
                    100_000,
                    piece -> {
                      begun.incrementAndGet();
                      if (piece == 5) {
                        throw failure;
                      }
                    }));
    assertSame(failure, thrown);
    assertTrue(begun.get() < 100_000);
    assertEquals(3, Threads.count());
    assertThrows(
        ArithmeticException.class, () -> Workers.forEach(1, piece -> Math.toIntExact(1L << 40)));
  }

  @Test
  void anInterruptEndsTheCallAndIsKept() {
    Thread caller = Thread.currentThread();
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            Workers.forEach(
                1_000_000,
                piece -> {
                  if (begun.incrementAndGet() == 10) {
                    caller.interrupt();
                  }
                  // All of them would take a minute, so that the caller surely wakes before.
                  LockSupport.parkNanos(50_000);
                }));
    assertTrue(Thread.interrupted());
    assertTrue(begun.get() < 1_000_000);
  }

  @Test
  void aNegativeCountIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Workers.forEach(-1, piece -> {}))
            .getMessage();
    assertEquals("count must be at least 0, was -1", message);
  }
}
