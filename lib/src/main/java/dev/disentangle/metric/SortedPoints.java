package dev.disentangle.metric;

import java.util.stream.IntStream;

/**
 * Points {@code [points][features]} laid out by feature, with the order of each feature's values.
 */
final class SortedPoints {

  private final int size;
  private final float[][] columns;
  private final int[][] orders;
  private final double[] reciprocals;

  SortedPoints(float[][] points) {
    size = points.length;
    int features = points[0].length;
    columns = new float[features][];
    orders = new int[features][];
    IntStream.range(0, features)
        .parallel()
        .forEach(
            f -> {
              columns[f] = Statistics.column(points, f);
              orders[f] = order(columns[f]);
            });
    reciprocals = new double[size + 1];
    for (int i = 1; i <= size; i++) {
      reciprocals[i] = 1.0 / i;
    }
  }

  int size() {
    return size;
  }

  int features() {
    return columns.length;
  }

  /** Values of one feature, by point. */
  float[] column(int feature) {
    return columns[feature];
  }

  /** Points in ascending order of one feature. */
  int[] order(int feature) {
    return orders[feature];
  }

  /** Holds {@code 1 / i} at position {@code i}. */
  double[] reciprocals() {
    return reciprocals;
  }

  /** Returns positions in ascending order of finite values; equal values keep their order. */
  static int[] order(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      // Adding 0 turns -0 into 0; the flip makes the bit patterns of floats ascend as integers do.
      int bits = Float.floatToIntBits(values[i] + 0f);
      bits ^= (bits >> 31) & Integer.MAX_VALUE;
      keys[i] = (long) bits << 32 | i;
    }
    java.util.Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
