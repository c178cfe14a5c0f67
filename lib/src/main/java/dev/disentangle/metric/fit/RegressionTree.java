package dev.disentangle.metric.fit;

import java.util.Arrays;

/**
 * A binary tree of threshold tests in heap order: the children of node {@code i} are {@code 2 i +
 * 1} and {@code 2 i + 2}.
 */
final class RegressionTree {

  private static final int LEAF = -1;

  private final int[] features;
  private final float[] thresholds;
  private final double[] values;

  /** Makes a tree of leaves that has room for the given depth. */
  RegressionTree(int depth) {
    int nodes = (2 << depth) - 1;
    features = new int[nodes];
    Arrays.fill(features, LEAF);
    thresholds = new float[nodes];
    values = new double[nodes];
  }

  /** Makes a node a test: points whose feature is at most the threshold go to the first child. */
  void setTest(int node, int feature, float threshold) {
    features[node] = feature;
    thresholds[node] = threshold;
  }

  /** Sets a leaf's value. */
  void setValue(int node, double value) {
    values[node] = value;
  }

  /** Returns the value of the leaf that a point falls into. */
  double value(float[] point) {
    int node = 0;
    while (features[node] != LEAF) {
      node = 2 * node + (point[features[node]] <= thresholds[node] ? 1 : 2);
    }
    return values[node];
  }
}
