package dev.disentangle.sweep;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where a mean may lie, given few runs: the percentile bootstrap interval (Efron &amp; Tibshirani
 * 1993, section 13.3). The runs are drawn anew with replacement {@value #RESAMPLES} times, and the
 * middle 95 % of the means are the interval. With three or five runs it is a rough guide, too
 * narrow rather than too wide.
 *
 * @param low the 2.5th percentile
 * @param high the 97.5th percentile
 */
public record Interval(double low, double high) {

  private static final int RESAMPLES = 10_000;

  /**
   * Computes the interval of a mean.
   *
   * @param values one value per run
   * @return the interval, always the same for the same values; not a number of fewer than two
   */
  public static Interval ofMean(double... values) {
    if (values.length < 2) {
      return new Interval(Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(0);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[r] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(means[RESAMPLES / 40 - 1], means[RESAMPLES - RESAMPLES / 40]);
  }

  /**
   * Tells whether a number lies inside.
   *
   * @param value the number
   * @return true from {@code low} to {@code high}, both included
   */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
