package dev.disentangle.training;

import java.util.SplittableRandom;

/**
 * Derives independent seeds from one. Every step has its own, so the numbers of a run depend only
 * on its seed and on how far it has come: not on pauses, and not on what else was computed.
 */
final class Seeds {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** What a seed is for. */
  enum Purpose {
    WEIGHTS,
    BATCHES,
    NOISE,
    MEASUREMENT
  }

  static long of(long seed, Purpose purpose, long number) {
    long mixed = (seed * 31 + purpose.ordinal() + 1) * GOLDEN + number;
    return new SplittableRandom(mixed).nextLong();
  }

  static SplittableRandom random(long seed, Purpose purpose, long number) {
    return new SplittableRandom(of(seed, purpose, number));
  }
}
