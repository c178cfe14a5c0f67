package dev.disentangle.metric;

import java.util.Arrays;

/**
 * Multinomial logistic regression with an intercept and a ridge penalty: it minimises
 *
 * <pre>sum_i -log softmax(W^T x_i + b)[y_i] + 1/(2 C) |W|^2,  C = 1,</pre>
 *
 * the intercept unpenalised, as scikit-learn's {@code LogisticRegression} does by default. For two
 * classes the penalty is doubled, which gives the minimum of the usual single sigmoid.
 *
 * <p>Minimised by Newton steps from conjugate gradients, with a diagonal preconditioner, until no
 * component of the gradient exceeds {@value #TOLERANCE} per point.
 */
final class LogisticRegression {

  private static final double TOLERANCE = 1e-5;
  private static final int MAX_NEWTON_STEPS = 50;
  private static final int MAX_CONJUGATE_STEPS = 60;

  private final int features;
  private final int classes;
  private final double penalty;
  private final float[][] points;
  private final int[] labels;
  private double[] weights;
  private double[] probabilities;

  private LogisticRegression(float[][] points, int[] labels, int classes) {
    this.points = points;
    this.labels = labels;
    this.classes = classes;
    this.features = points[0].length;
    this.penalty = classes == 2 ? 2 : 1;
    this.weights = new double[(features + 1) * classes];
    this.probabilities = new double[points.length * classes];
  }

  /**
   * Fits a classifier.
   *
   * @param points training points, {@code [points][features]}
   * @param labels their classes
   * @param classes number of classes
   */
  static LogisticRegression fit(float[][] points, int[] labels, int classes) {
    LogisticRegression model = new LogisticRegression(points, labels, classes);
    double loss = model.loss(model.weights, model.probabilities);
    for (int step = 0; step < MAX_NEWTON_STEPS; step++) {
      double[] gradient = model.gradient();
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
      if (largest <= TOLERANCE * points.length) {
        break;
      }
      double next = model.lineSearch(loss, gradient, model.direction(gradient));
      if (!(next < loss)) {
        break;
      }
      loss = next;
    }
    return model;
  }

  /** Computes the probability of every class for a point. */
  double[] probabilities(float[] point) {
    double[] scores = new double[classes];
    scores(point, weights, scores, 0);
    softmax(scores, 0);
    return scores;
  }

  /** Returns the share of points whose most probable class is theirs. */
  double accuracy(float[][] some, int[] theirs) {
    int right = 0;
    double[] scores = new double[classes];
    for (int i = 0; i < some.length; i++) {
      scores(some[i], weights, scores, 0);
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      right += best == theirs[i] ? 1 : 0;
    }
    return (double) right / some.length;
  }

  private void scores(float[] point, double[] w, double[] out, int offset) {
    System.arraycopy(w, features * classes, out, offset, classes);
    for (int j = 0; j < features; j++) {
      double x = point[j];
      int row = j * classes;
      for (int k = 0; k < classes; k++) {
        out[offset + k] += x * w[row + k];
      }
    }
  }

  /** Turns scores into probabilities in place and returns the log of their normaliser. */
  private double softmax(double[] scores, int offset) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      max = Math.max(max, scores[offset + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      scores[offset + k] = Math.exp(scores[offset + k] - max);
      sum += scores[offset + k];
    }
    for (int k = 0; k < classes; k++) {
      scores[offset + k] /= sum;
    }
    return max + Math.log(sum);
  }

  private double loss(double[] w, double[] out) {
    double loss = 0;
    for (int i = 0; i < points.length; i++) {
      scores(points[i], w, out, i * classes);
      double score = out[i * classes + labels[i]];
      loss += softmax(out, i * classes) - score;
    }
    for (int j = 0; j < features * classes; j++) {
      loss += 0.5 * penalty * w[j] * w[j];
    }
    return loss;
  }

  private double[] gradient() {
    double[] gradient = new double[weights.length];
    double[] residual = new double[classes];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(probabilities, i * classes, residual, 0, classes);
      residual[labels[i]] -= 1;
      addOuter(points[i], residual, gradient);
    }
    addPenalty(weights, gradient);
    return gradient;
  }

  private void addOuter(float[] point, double[] residual, double[] sum) {
    for (int j = 0; j <= features; j++) {
      double x = j == features ? 1 : point[j];
      int row = j * classes;
      for (int k = 0; k < classes; k++) {
        sum[row + k] += x * residual[k];
      }
    }
  }

  private void addPenalty(double[] w, double[] sum) {
    for (int j = 0; j < features * classes; j++) {
      sum[j] += penalty * w[j];
    }
  }

  private double[] timesHessian(double[] v) {
    double[] product = new double[v.length];
    double[] change = new double[classes];
    for (int i = 0; i < points.length; i++) {
      scores(points[i], v, change, 0);
      double mean = 0;
      int offset = i * classes;
      for (int k = 0; k < classes; k++) {
        mean += probabilities[offset + k] * change[k];
      }
      for (int k = 0; k < classes; k++) {
        change[k] = probabilities[offset + k] * (change[k] - mean);
      }
      addOuter(points[i], change, product);
    }
    addPenalty(v, product);
    return product;
  }

  private double[] hessianDiagonal() {
    double[] diagonal = new double[weights.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j <= features; j++) {
        double square = j == features ? 1 : (double) points[i][j] * points[i][j];
        for (int k = 0; k < classes; k++) {
          double p = probabilities[i * classes + k];
          diagonal[j * classes + k] += square * p * (1 - p);
        }
      }
    }
    for (int j = 0; j < diagonal.length; j++) {
      diagonal[j] += j < features * classes ? penalty : 1e-9;
    }
    return diagonal;
  }

  /** Solves Hessian times direction = gradient by conjugate gradients, to a seventh of its size. */
  private double[] direction(double[] gradient) {
    double[] diagonal = hessianDiagonal();
    double[] solution = new double[gradient.length];
    double[] residual = gradient.clone();
    double[] search = divide(residual, diagonal);
    double product = dot(residual, search);
    double target = 0.02 * product;
    for (int step = 0; step < MAX_CONJUGATE_STEPS && product > target; step++) {
      double[] curved = timesHessian(search);
      double length = product / dot(search, curved);
      for (int j = 0; j < solution.length; j++) {
        solution[j] += length * search[j];
        residual[j] -= length * curved[j];
      }
      double[] scaled = divide(residual, diagonal);
      double next = dot(residual, scaled);
      for (int j = 0; j < search.length; j++) {
        search[j] = scaled[j] + next / product * search[j];
      }
      product = next;
    }
    return solution;
  }

  /** Moves against the direction, halving until the loss falls enough; returns the new loss. */
  private double lineSearch(double loss, double[] gradient, double[] direction) {
    double slope = dot(gradient, direction);
    double[] trial = new double[weights.length];
    double[] trialProbabilities = new double[probabilities.length];
    for (double length = 1; length > 1e-10; length /= 2) {
      for (int j = 0; j < trial.length; j++) {
        trial[j] = weights[j] - length * direction[j];
      }
      double next = loss(trial, trialProbabilities);
      if (next <= loss - 1e-4 * length * slope) {
        weights = trial;
        probabilities = trialProbabilities;
        return next;
      }
    }
    return loss;
  }

  private static double[] divide(double[] a, double[] b) {
    double[] quotient = new double[a.length];
    Arrays.setAll(quotient, j -> a[j] / b[j]);
    return quotient;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
