package dev.disentangle.metric.count;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Sampling without replacement. */
public final class Shuffle {

  private Shuffle() {}

  /**
   * Draws some of the numbers below a limit, in random order, each at most once.
   *
   * @param limit one more than the largest number
   * @param count how many, at most {@code limit}
   * @param random the source of randomness
   * @return {@code count} different numbers
   */
  public static int[] first(int limit, int count, RandomGenerator random) {
    int[] numbers = new int[limit];
    Arrays.setAll(numbers, i -> i);
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, limit);
      int drawn = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = drawn;
    }
    return Arrays.copyOf(numbers, count);
  }
}
