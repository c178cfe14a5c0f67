package dev.disentangle.metric.fit;

import dev.disentangle.metric.count.LogSum;
import java.util.Arrays;

/**
 * Multinomial logistic regression with an intercept and a ridge penalty: it minimises
 *
 * <pre>sum_i -log softmax(W^T x_i + b)[y_i] + penalty / 2 |W|^2,</pre>
 *
 * the intercept unpenalised, as scikit-learn's {@code LogisticRegression} does by default with the
 * penalty 1. For two classes the penalty is doubled, which gives the minimum of the usual single
 * sigmoid.
 *
 * <p>Minimised by Newton steps from conjugate gradients, with a {@link ClassPreconditioner}, until
 * no component of the gradient exceeds {@value #TOLERANCE} per point. Many points are first thinned
 * out, which brings the weights near the minimum at a fraction of the cost.
 */
public final class LogisticRegression {

  private static final double TOLERANCE = 1e-4;
  private static final int MAX_NEWTON_STEPS = 50;
  private static final int MAX_CONJUGATE_STEPS = 60;
  private static final int THINNED_POINTS = 1_000;

  private final int features;
  private final int classes;
  private double[] weights;

  private LogisticRegression(int features, int classes) {
    this.features = features;
    this.classes = classes;
    this.weights = new double[classes * PointBlock.width(features)];
  }

  /**
   * Fits a classifier with the penalty 1.
   *
   * @param points training points, {@code [points][features]}
   * @param labels their classes
   * @param classes number of classes
   * @return the classifier
   */
  public static LogisticRegression fit(float[][] points, int[] labels, int classes) {
    return fit(points, labels, classes, 1);
  }

  /**
   * Fits a classifier.
   *
   * @param points training points, {@code [points][features]}
   * @param labels their classes
   * @param classes number of classes
   * @param penalty factor of half the squared weights; with 0 the weights of classes that can be
   *     told apart without error grow until the gradient is small
   * @return the classifier
   */
  public static LogisticRegression fit(
      float[][] points, int[] labels, int classes, double penalty) {
    LogisticRegression model = new LogisticRegression(points[0].length, classes);
    int stride = points.length / THINNED_POINTS;
    if (stride > 1) {
      model.minimise(new SoftmaxLoss(points, labels, classes, penalty, stride), 10 * TOLERANCE);
    }
    model.minimise(new SoftmaxLoss(points, labels, classes, penalty, 1), TOLERANCE);
    return model;
  }

  /**
   * Computes the probability of every class for a point.
   *
   * @param point its features
   * @return {@code [classes]}
   */
  public double[] probabilities(float[] point) {
    double[] scores = scores(point);
    double most = Arrays.stream(scores).max().orElse(0);
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      scores[k] = Math.exp(scores[k] - most);
      sum += scores[k];
    }
    for (int k = 0; k < classes; k++) {
      scores[k] /= sum;
    }
    return scores;
  }

  /**
   * Returns the share of points whose most probable class is theirs.
   *
   * @param some {@code [points][features]}
   * @param theirs their classes
   * @return between 0 and 1
   */
  public double accuracy(float[][] some, int[] theirs) {
    int right = 0;
    for (int i = 0; i < some.length; i++) {
      double[] scores = scores(some[i]);
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      right += best == theirs[i] ? 1 : 0;
    }
    return (double) right / some.length;
  }

  /**
   * Computes the mean negative log probability of the points' own classes.
   *
   * @param some {@code [points][features]}
   * @param theirs their classes
   * @return nats per point
   */
  public double crossEntropy(float[][] some, int[] theirs) {
    double sum = 0;
    for (int i = 0; i < some.length; i++) {
      double[] scores = scores(some[i]);
      sum += LogSum.logSumExp(scores) - scores[theirs[i]];
    }
    return sum / some.length;
  }

  private double[] scores(float[] point) {
    double[] scores = new double[classes];
    int width = PointBlock.width(features);
    for (int k = 0; k < classes; k++) {
      double score = weights[k * width + features];
      for (int j = 0; j < features; j++) {
        score += point[j] * weights[k * width + j];
      }
      scores[k] = score;
    }
    return scores;
  }

  private void minimise(SoftmaxLoss objective, double tolerance) {
    double loss = objective.value(weights);
    for (int step = 0; step < MAX_NEWTON_STEPS; step++) {
      objective.accept();
      double[] gradient = objective.gradient(weights);
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
      if (largest <= tolerance * objective.points()) {
        break;
      }
      double next = lineSearch(objective, loss, gradient, direction(objective, gradient));
      if (!(next < loss)) {
        break;
      }
      loss = next;
    }
  }

  /** Solves Hessian times direction = gradient by conjugate gradients, to a seventh of its size. */
  private static double[] direction(SoftmaxLoss objective, double[] gradient) {
    ClassPreconditioner preconditioner = objective.preconditioner();
    double[] solution = new double[gradient.length];
    double[] residual = gradient.clone();
    double[] search = preconditioner.apply(residual);
    double product = dot(residual, search);
    double target = 0.02 * product;
    for (int step = 0; step < MAX_CONJUGATE_STEPS && product > target; step++) {
      double[] curved = objective.timesHessian(search);
      double length = product / dot(search, curved);
      for (int j = 0; j < solution.length; j++) {
        solution[j] += length * search[j];
        residual[j] -= length * curved[j];
      }
      double[] scaled = preconditioner.apply(residual);
      double next = dot(residual, scaled);
      for (int j = 0; j < search.length; j++) {
        search[j] = scaled[j] + next / product * search[j];
      }
      product = next;
    }
    return solution;
  }

  /** Moves against the direction, halving until the loss falls enough; returns the new loss. */
  private double lineSearch(
      SoftmaxLoss objective, double loss, double[] gradient, double[] direction) {
    double slope = dot(gradient, direction);
    for (double length = 1; length > 1e-10; length /= 2) {
      double[] trial = new double[weights.length];
      for (int j = 0; j < trial.length; j++) {
        trial[j] = weights[j] - length * direction[j];
      }
      double next = objective.value(trial);
      if (next <= loss - 1e-4 * length * slope) {
        weights = trial;
        return next;
      }
    }
    return loss;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
