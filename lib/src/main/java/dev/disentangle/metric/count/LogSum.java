package dev.disentangle.metric.count;

/** Sums and means of exponentials without overflow or underflow. */
public final class LogSum {

  private LogSum() {}

  /**
   * Computes {@code log sum exp(values)}.
   *
   * @param values at least one
   * @return the logarithm; negative infinity of values that are all that
   */
  public static double logSumExp(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  /**
   * Computes {@code log (1/n sum exp(values))}.
   *
   * @param values at least one
   * @return the logarithm
   */
  public static double logMeanExp(double[] values) {
    return logSumExp(values) - Math.log(values.length);
  }
}
