package dev.disentangle.metric.fit;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What multinomial logistic regression minimises, {@code sum_i -log softmax(W x_i + b)[y_i] +
 * penalty / 2 |W|^2}, with its first and second derivatives. The weights of a class lie together:
 * its features, its intercept, and zeros up to {@link PointBlock#width}.
 */
final class SoftmaxLoss {

  /** About as many points suffice for a preconditioner, which need not be exact. */
  private static final int PRECONDITIONER_POINTS = 1_000;

  private final PointBlock[] blocks;
  private final int features;
  private final int width;
  private final int size;
  private final int points;
  private final double penalty;

  /**
   * Takes every so-manieth point.
   *
   * @param points training points, {@code [points][features]}
   * @param labels their classes
   * @param classes number of classes
   * @param penalty factor of half the squared weights
   * @param stride 1 for all points, n for every n-th, the penalty divided by as much
   */
  SoftmaxLoss(float[][] points, int[] labels, int classes, double penalty, int stride) {
    features = points[0].length;
    width = PointBlock.width(features);
    size = classes * width;
    // Two classes share one sigmoid, whose penalty this parametrisation would halve.
    this.penalty = (classes == 2 ? 2 * penalty : penalty) / stride;
    int[] taken = IntStream.range(0, points.length).filter(i -> i % stride == 0).toArray();
    this.points = taken.length;
    blocks = new PointBlock[(taken.length + PointBlock.SIZE - 1) / PointBlock.SIZE];
    for (int b = 0; b < blocks.length; b++) {
      int from = b * PointBlock.SIZE;
      int to = Math.min(taken.length, from + PointBlock.SIZE);
      blocks[b] = new PointBlock(points, labels, Arrays.copyOfRange(taken, from, to), classes);
    }
  }

  int size() {
    return size;
  }

  int points() {
    return points;
  }

  /** Computes the loss; {@link #accept} makes these weights the point of the derivatives. */
  double value(double[] weights) {
    double loss = 0;
    for (PointBlock block : blocks) {
      loss += block.loss(weights);
    }
    for (int at = 0; at < size; at++) {
      loss += 0.5 * penaltyAt(at) * weights[at] * weights[at];
    }
    return loss;
  }

  /** Moves the derivatives to the weights of the last {@link #value}. */
  void accept() {
    for (PointBlock block : blocks) {
      block.accept();
    }
  }

  double[] gradient(double[] weights) {
    double[] gradient = new double[size];
    for (PointBlock block : blocks) {
      block.addGradient(gradient);
    }
    addPenalty(weights, gradient);
    return gradient;
  }

  double[] timesHessian(double[] direction) {
    double[] product = new double[size];
    for (PointBlock block : blocks) {
      block.addHessianProduct(direction, product);
    }
    addPenalty(direction, product);
    return product;
  }

  /** Returns an approximate inverse of the second derivatives, from some of the points. */
  ClassPreconditioner preconditioner() {
    double[][][] hessians = new double[size / width][width][width];
    int stride = Math.max(1, points / PRECONDITIONER_POINTS);
    for (PointBlock block : blocks) {
      block.addClassHessians(stride, hessians);
    }
    for (double[][] hessian : hessians) {
      for (int a = 0; a < width; a++) {
        hessian[a][a] += Math.max(penaltyAt(a), 1e-9);
        for (int b = 0; b < a; b++) {
          hessian[b][a] = hessian[a][b];
        }
      }
    }
    return new ClassPreconditioner(hessians);
  }

  private void addPenalty(double[] weights, double[] sum) {
    for (int at = 0; at < size; at++) {
      sum[at] += penaltyAt(at) * weights[at];
    }
  }

  private double penaltyAt(int at) {
    return at % width < features ? penalty : 0;
  }
}
