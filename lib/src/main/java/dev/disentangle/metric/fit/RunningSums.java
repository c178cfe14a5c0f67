package dev.disentangle.metric.fit;

/** Ascending values with running sums of the values and of their squares. */
final class RunningSums {

  private final float[] sorted;
  private final double[] sums;
  private final double[] squares;

  /** Takes values in ascending order, which are not copied. */
  RunningSums(float[] sorted) {
    this.sorted = sorted;
    sums = new double[sorted.length + 1];
    squares = new double[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      sums[i + 1] = sums[i] + sorted[i];
      squares[i + 1] = squares[i] + (double) sorted[i] * sorted[i];
    }
  }

  int count() {
    return sorted.length;
  }

  /** Returns count, sum and sum of squares of the values with {@code slope * x + offset > 0}. */
  double[] sums(double slope, double offset) {
    int from = 0;
    int to = sorted.length;
    if (slope > 0) {
      from = firstAbove(-offset / slope);
    } else if (slope < 0) {
      to = firstAbove(-offset / slope);
    } else if (offset <= 0) {
      to = 0;
    }
    return new double[] {to - from, sums[to] - sums[from], squares[to] - squares[from]};
  }

  private int firstAbove(double bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > bound) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
