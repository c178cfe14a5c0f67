package dev.disentangle.metric;

/** Sums and means of exponentials without overflow or underflow. */
final class LogSum {

  private LogSum() {}

  /** Computes {@code log sum exp(values)}; of values that are all negative infinity, that. */
  static double logSumExp(double[] values) {
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

  /** Computes {@code log (1/n sum exp(values))}. */
  static double logMeanExp(double[] values) {
    return logSumExp(values) - Math.log(values.length);
  }
}
