package dev.disentangle.metric.fit;

import java.util.Arrays;

/**
 * Some training points, column by column, with the probability of each of their classes: few enough
 * that they stay in the processor's first cache while every class looks at them.
 */
final class PointBlock {

  /** Points per block. */
  static final int SIZE = 256;

  /** Columns come in groups of four, which one loop reads together; the last are zeros. */
  private static final int GROUP = 4;

  private final double[][] columns;
  private final int[] labels;
  private final double[] most;
  private final double[] total;
  private double[][] probabilities;
  private double[][] trial;

  /**
   * Copies some points.
   *
   * @param points all points, {@code [points][features]}
   * @param classes their classes
   * @param indices which points to take
   * @param classCount number of classes
   */
  PointBlock(float[][] points, int[] classes, int[] indices, int classCount) {
    int features = points[0].length;
    columns = new double[width(features)][indices.length];
    labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < features; j++) {
        columns[j][i] = points[indices[i]][j];
      }
      columns[features][i] = 1;
      labels[i] = classes[indices[i]];
    }
    most = new double[indices.length];
    total = new double[indices.length];
    probabilities = new double[classCount][indices.length];
    trial = new double[classCount][indices.length];
  }

  /** Returns the number of columns: the features, a column of ones, and zeros. */
  static int width(int features) {
    return (features + GROUP) / GROUP * GROUP;
  }

  /** Computes the loss {@code sum_i -log softmax(w x_i)[y_i]} and keeps the probabilities aside. */
  double loss(double[] weights) {
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < trial.length; k++) {
      double[] scores = trial[k];
      project(weights, k, scores);
      for (int i = 0; i < most.length; i++) {
        most[i] = Math.max(most[i], scores[i]);
      }
    }
    double loss = 0;
    for (int i = 0; i < most.length; i++) {
      loss += most[i] - trial[labels[i]][i];
    }
    Arrays.fill(total, 0);
    for (double[] scores : trial) {
      for (int i = 0; i < most.length; i++) {
        scores[i] = Math.exp(scores[i] - most[i]);
        total[i] += scores[i];
      }
    }
    for (double[] scores : trial) {
      for (int i = 0; i < most.length; i++) {
        scores[i] /= total[i];
      }
    }
    for (double sum : total) {
      loss += Math.log(sum);
    }
    return loss;
  }

  /** Makes the probabilities of the last {@link #loss} the current ones. */
  void accept() {
    double[][] former = probabilities;
    probabilities = trial;
    trial = former;
  }

  /** Adds the gradient of the loss at the current probabilities. */
  void addGradient(double[] sum) {
    double[] residual = most;
    for (int k = 0; k < probabilities.length; k++) {
      for (int i = 0; i < residual.length; i++) {
        residual[i] = probabilities[k][i] - (labels[i] == k ? 1 : 0);
      }
      addProduct(residual, k, sum);
    }
  }

  /** Adds the product of the loss's second derivatives with a direction. */
  void addHessianProduct(double[] direction, double[] sum) {
    double[] mean = total;
    Arrays.fill(mean, 0);
    for (int k = 0; k < trial.length; k++) {
      double[] change = trial[k];
      double[] probability = probabilities[k];
      project(direction, k, change);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability[i] * change[i];
      }
    }
    for (int k = 0; k < trial.length; k++) {
      double[] change = trial[k];
      double[] probability = probabilities[k];
      for (int i = 0; i < mean.length; i++) {
        change[i] = probability[i] * (change[i] - mean[i]);
      }
      addProduct(change, k, sum);
    }
  }

  /**
   * Adds the loss's second derivatives by the weights of each class alone, estimated from every
   * so-manieth point.
   *
   * @param stride which points: 1 for all, n for every n-th
   * @param sum lower triangles, {@code [classes][width][width]}
   */
  void addClassHessians(int stride, double[][][] sum) {
    double[] point = new double[columns.length];
    for (int i = 0; i < labels.length; i += stride) {
      for (int j = 0; j < point.length; j++) {
        point[j] = columns[j][i];
      }
      for (int k = 0; k < probabilities.length; k++) {
        double p = probabilities[k][i];
        addSquare(point, stride * p * (1 - p), sum[k]);
      }
    }
  }

  private static void addSquare(double[] point, double factor, double[][] sum) {
    for (int a = 0; a < point.length; a++) {
      double scaled = factor * point[a];
      double[] row = sum[a];
      for (int b = 0; b <= a; b++) {
        row[b] += scaled * point[b];
      }
    }
  }

  /** Computes {@code out_i = sum_j x_ij w_kj}. */
  private void project(double[] weights, int k, double[] out) {
    Arrays.fill(out, 0);
    for (int j = 0; j < columns.length; j += GROUP) {
      int at = k * columns.length + j;
      addCombination(j, weights[at], weights[at + 1], weights[at + 2], weights[at + 3], out);
    }
  }

  private void addCombination(int j, double a, double b, double c, double d, double[] out) {
    double[] first = columns[j];
    double[] second = columns[j + 1];
    double[] third = columns[j + 2];
    double[] fourth = columns[j + 3];
    for (int i = 0; i < out.length; i++) {
      out[i] += a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
    }
  }

  /** Adds {@code sum_i c_i x_ij} to the entries of class k. */
  private void addProduct(double[] c, int k, double[] sum) {
    for (int j = 0; j < columns.length; j += GROUP) {
      double[] first = columns[j];
      double[] second = columns[j + 1];
      double[] third = columns[j + 2];
      double[] fourth = columns[j + 3];
      double a = 0;
      double b = 0;
      double e = 0;
      double f = 0;
      for (int i = 0; i < c.length; i++) {
        double factor = c[i];
        a += factor * first[i];
        b += factor * second[i];
        e += factor * third[i];
        f += factor * fourth[i];
      }
      int at = k * columns.length + j;
      sum[at] += a;
      sum[at + 1] += b;
      sum[at + 2] += e;
      sum[at + 3] += f;
    }
  }
}
