package dev.disentangle.metric.fit;

import dev.disentangle.metric.count.Statistics;
import java.util.stream.IntStream;

/**
 * Points {@code [points][features]} laid out by feature, with the order of each feature's values.
 */
public final class SortedPoints {

  private final int size;
  private final float[][] columns;
  private final int[][] orders;
  private final double[] reciprocals;

  /**
   * Sorts every feature.
   *
   * @param points finite, {@code [points][features]}
   */
  public SortedPoints(float[][] points) {
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

  /**
   * Returns the number of points.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  /**
   * Returns the number of features.
   *
   * @return at least 1
   */
  public int features() {
    return columns.length;
  }

  /**
   * Returns the values of one feature.
   *
   * @param feature which
   * @return {@code [points]}, not a copy
   */
  public float[] column(int feature) {
    return columns[feature];
  }

  /**
   * Returns the points in ascending order of one feature.
   *
   * @param feature which
   * @return {@code [points]}, not a copy
   */
  public int[] order(int feature) {
    return orders[feature];
  }

  /** Holds {@code 1 / i} at position {@code i}. */
  double[] reciprocals() {
    return reciprocals;
  }

  /**
   * Returns positions in ascending order of values; equal values keep their order.
   *
   * @param values finite
   * @return {@code [values.length]}
   */
  public static int[] order(float[] values) {
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
