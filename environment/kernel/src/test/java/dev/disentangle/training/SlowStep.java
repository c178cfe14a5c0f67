package dev.disentangle.training;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Stands in for a training, in the library's package: it looks at the interrupt after its step. */
public final class SlowStep {

  private SlowStep() {}

  /** A step of 1.5 seconds, after which an interrupt is noticed. */
  public static void run() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
    while (System.nanoTime() < end || !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
    throw new CancellationException("after step 7");
  }
}
