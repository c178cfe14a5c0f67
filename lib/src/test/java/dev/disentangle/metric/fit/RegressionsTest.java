package dev.disentangle.metric.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.count.Standardisation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The regressions at their minimum: the conditions that only the minimum meets. How fast they come
 * there (thinned points, preconditioner, line search, number of steps) changes no number beyond the
 * tolerance, so mutants of that alone are equivalent.
 */
class RegressionsTest {

  private static float[][] points(int size, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] points = new float[size][features];
    for (float[] point : points) {
      double shared = random.nextGaussian();
      for (int j = 0; j < features; j++) {
        point[j] = (float) (0.4 * shared + (0.5 + 0.3 * j) * random.nextGaussian() + 0.2 * j);
      }
    }
    return points;
  }

  private static int[] labels(float[][] points, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = new int[points.length];
    for (int i = 0; i < labels.length; i++) {
      double z = points[i][0] - 0.5 * points[i][1] + 0.7 * random.nextGaussian();
      labels[i] = i < classes ? i : (int) Math.max(0, Math.min(classes - 1, classes * (z + 2) / 4));
    }
    return labels;
  }

  /**
   * Reads the weights off the predictions: logarithms of probabilities less their mean over classes
   * are the centred scores, and the penalty's minimum is centred. {@code [classes][features + 1]}.
   */
  private static double[][] weights(LogisticRegression model, int features, int classes) {
    double[][] weights = new double[classes][features + 1];
    for (int j = 0; j <= features; j++) {
      float[] point = new float[features];
      if (j < features) {
        point[j] = 1;
      }
      double[] logs = Arrays.stream(model.probabilities(point)).map(Math::log).toArray();
      double mean = Arrays.stream(logs).average().orElseThrow();
      for (int k = 0; k < classes; k++) {
        weights[k][j] = logs[k] - mean;
      }
    }
    for (double[] ofClass : weights) {
      for (int j = 0; j < features; j++) {
        ofClass[j] -= ofClass[features];
      }
    }
    return weights;
  }

  /**
   * The gradient of the penalised likelihood, computed here, vanishes: at most 1e-4 per point, for
   * one block of points and several, for points that are thinned first (from 2,000 on) and not.
   */
  @ParameterizedTest
  @CsvSource({
    "60, 2, 3, 1",
    "300, 3, 4, 1",
    "700, 5, 3, 1",
    "2500, 3, 3, 1",
    "400, 4, 2, 1",
    "400, 3, 4, 0"
  })
  void logisticRegressionIsAtItsMinimum(int size, int features, int classes, double penalty) {
    float[][] points = points(size, features, 1);
    int[] labels = labels(points, classes, 2);
    LogisticRegression model = LogisticRegression.fit(points, labels, classes, penalty);
    double[][] weights = weights(model, features, classes);
    double[][] gradient = new double[classes][features + 1];
    double entropy = 0;
    int right = 0;
    for (int i = 0; i < size; i++) {
      double[] p = model.probabilities(points[i]);
      assertEquals(1, Arrays.stream(p).sum(), 1e-12);
      entropy -= Math.log(p[labels[i]]) / size;
      int best = 0;
      for (int k = 0; k < classes; k++) {
        best = p[k] > p[best] ? k : best;
        double residual = p[k] - (labels[i] == k ? 1 : 0);
        for (int j = 0; j < features; j++) {
          gradient[k][j] += residual * points[i][j];
        }
        gradient[k][features] += residual;
      }
      right += best == labels[i] ? 1 : 0;
    }
    // Two classes share one sigmoid, whose weights are the difference of these: twice the penalty.
    double factor = classes == 2 ? 2 * penalty : penalty;
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < features; j++) {
        assertEquals(0, gradient[k][j] + factor * weights[k][j], 1.1e-4 * size, k + ", " + j);
      }
      assertEquals(0, gradient[k][features], 1.1e-4 * size, "intercept " + k);
    }
    assertEquals(entropy, model.crossEntropy(points, labels), 1e-9);
    assertEquals((double) right / size, model.accuracy(points, labels));
    assertTrue(right > size / classes, "better than chance");
  }

  /** Fitted by default with the penalty 1. */
  @Test
  void thePenaltyIsOneUnlessGiven() {
    float[][] points = points(50, 2, 3);
    int[] labels = labels(points, 3, 4);
    float[] point = {2, -1};
    assertArrayEquals(
        LogisticRegression.fit(points, labels, 3, 1).probabilities(point),
        LogisticRegression.fit(points, labels, 3).probabilities(point));
    // Without it the classes are told apart more sharply.
    double sharp = LogisticRegression.fit(points, labels, 3, 0).crossEntropy(points, labels);
    assertTrue(sharp < LogisticRegression.fit(points, labels, 3).crossEntropy(points, labels));
  }

  /** Loss, gradient and curvature of 300 points (two blocks) against plain sums and differences. */
  @ParameterizedTest
  @CsvSource({"3, 1", "3, 4", "5, 1"})
  void softmaxLossAgreesWithPlainSums(int features, int stride) {
    int classes = 4;
    float[][] points = points(300, features, 5);
    int[] labels = labels(points, classes, 6);
    SoftmaxLoss loss = new SoftmaxLoss(points, labels, classes, 3, stride);
    int width = loss.size() / classes;
    assertEquals(0, width % 4);
    assertEquals((300 + stride - 1) / stride, loss.points());
    SplittableRandom random = new SplittableRandom(7);
    double[] weights = new double[loss.size()];
    double[] direction = new double[loss.size()];
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j <= features; j++) {
        weights[k * width + j] = random.nextGaussian();
        direction[k * width + j] = random.nextGaussian();
      }
    }
    double expected = plain(points, labels, weights, features, width, stride);
    assertEquals(expected, loss.value(weights), 1e-9 * expected);
    loss.accept();
    double[] gradient = loss.gradient(weights);
    double[] curved = loss.timesHessian(direction);
    double step = 1e-5;
    double slope = 0;
    double curvature = 0;
    for (int at = 0; at < weights.length; at++) {
      slope += gradient[at] * direction[at];
      curvature += curved[at] * direction[at];
    }
    double[] ahead = moved(weights, direction, step);
    double[] behind = moved(weights, direction, -step);
    double up = plain(points, labels, ahead, features, width, stride);
    double down = plain(points, labels, behind, features, width, stride);
    assertEquals((up - down) / (2 * step), slope, 1e-5 * Math.abs(slope));
    loss.value(ahead);
    loss.accept();
    double[] gradientAhead = loss.gradient(ahead);
    loss.value(behind);
    loss.accept();
    double[] gradientBehind = loss.gradient(behind);
    for (int at = 0; at < weights.length; at++) {
      double difference = (gradientAhead[at] - gradientBehind[at]) / (2 * step);
      assertEquals(difference, curved[at], 1e-4 * curvature / weights.length, "weight " + at);
    }
  }

  private static double[] moved(double[] weights, double[] direction, double length) {
    double[] moved = weights.clone();
    for (int at = 0; at < moved.length; at++) {
      moved[at] += length * direction[at];
    }
    return moved;
  }

  private static double plain(
      float[][] points, int[] labels, double[] weights, int features, int width, int stride) {
    int classes = weights.length / width;
    double loss = 0;
    for (int i = 0; i < points.length; i += stride) {
      double sum = 0;
      double own = 0;
      for (int k = 0; k < classes; k++) {
        double score = weights[k * width + features];
        for (int j = 0; j < features; j++) {
          score += weights[k * width + j] * points[i][j];
        }
        sum += Math.exp(score);
        own = k == labels[i] ? score : own;
      }
      loss += Math.log(sum) - own;
    }
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < features; j++) {
        loss += 0.5 * 3 / stride * weights[k * width + j] * weights[k * width + j];
      }
    }
    return loss;
  }

  /** What the preconditioner undoes: a class's own block of the curvature, by the loss itself. */
  @Test
  void preconditionerInvertsEachClassesCurvature() {
    int classes = 3;
    float[][] points = points(300, 3, 8);
    SoftmaxLoss loss = new SoftmaxLoss(points, labels(points, classes, 9), classes, 1, 1);
    double[] weights = new double[loss.size()];
    Arrays.setAll(weights, at -> 0.1 * at - 0.5);
    loss.value(weights);
    loss.accept();
    ClassPreconditioner preconditioner = loss.preconditioner();
    for (int k = 0; k < classes; k++) {
      double[] direction = new double[loss.size()];
      for (int j = 0; j < 4; j++) {
        direction[4 * k + j] = 1 + j;
      }
      double[] curved = loss.timesHessian(direction);
      double[] block = new double[curved.length];
      System.arraycopy(curved, 4 * k, block, 4 * k, 4);
      assertArrayEquals(direction, preconditioner.apply(block), 1e-3);
    }
  }

  /**
   * With more than 2,000 points every second or later one stands for the others: about the same.
   */
  @Test
  void preconditionerOfSomePointsStandsForAll() {
    float[][] points = points(4_000, 3, 10);
    SoftmaxLoss loss = new SoftmaxLoss(points, labels(points, 3, 11), 3, 1, 1);
    loss.value(new double[loss.size()]);
    loss.accept();
    double[] direction = new double[loss.size()];
    Arrays.fill(direction, 4, 8, 1);
    double[] curved = loss.timesHessian(direction);
    double[] block = new double[curved.length];
    System.arraycopy(curved, 4, block, 4, 4);
    assertArrayEquals(direction, loss.preconditioner().apply(block), 0.15);
  }

  /**
   * The minimum's conditions: the correlation of a column with what is left is the penalty, with
   * the weight's sign, where there is a weight, and at most the penalty where there is none.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.4})
  void lassoIsAtItsMinimum(double penalty) {
    float[][] points = points(80, 5, 12);
    SplittableRandom random = new SplittableRandom(13);
    double[] targets = new double[80];
    for (int i = 0; i < 80; i++) {
      targets[i] = 3 + 2 * points[i][0] - points[i][3] + 0.5 * random.nextGaussian();
      points[i][4] = 0.1f;
    }
    Lasso lasso = new Lasso(points, penalty);
    Lasso.Fit fit = lasso.fit(targets);
    Standardisation standard = Standardisation.of(points);
    double mean = Arrays.stream(targets).average().orElseThrow();
    double scale = Math.sqrt(Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).sum() / 80);
    double[] left = new double[80];
    double error = 0;
    double[][] x = new double[80][5];
    for (int i = 0; i < 80; i++) {
      left[i] = (targets[i] - mean) / scale;
      for (int j = 0; j < 4; j++) {
        x[i][j] = (points[i][j] - standard.means()[j]) / standard.scales()[j];
        left[i] -= fit.weights()[j] * x[i][j];
      }
      error += left[i] * left[i] / 80;
    }
    double[] correlations = lasso.correlations(targets);
    for (int j = 0; j < 4; j++) {
      double product = 0;
      double whole = 0;
      for (int i = 0; i < 80; i++) {
        product += x[i][j] * left[i] / 80;
        whole += x[i][j] * (targets[i] - mean) / scale / 80;
      }
      assertEquals(whole, correlations[j], 1e-6);
      if (fit.weights()[j] == 0) {
        assertTrue(Math.abs(product) <= penalty + 1e-6, "column " + j);
      } else {
        assertEquals(Math.signum(fit.weights()[j]) * penalty, product, 1e-6, "column " + j);
      }
      assertEquals(Math.abs(fit.weights()[j]), fit.importances()[j]);
    }
    assertTrue(fit.weights()[0] > 0 && fit.weights()[3] < 0 && fit.weights()[4] == 0);
    assertEquals(1 - error, fit.determination(points, targets), 1e-5);
    assertEquals(0, fit.determination(points, new double[80]), "nothing of constant targets");
  }

  @Test
  void lassoRefusesPenaltiesThatAreNone() {
    float[][] points = points(5, 2, 14);
    for (double penalty : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Lasso(points, penalty));
    }
  }

  /** Every pair of a positive and a negative counted, ties as one half. */
  @Test
  void areaUnderTheCurveCountsPairs() {
    SplittableRandom random = new SplittableRandom(15);
    for (int trial = 0; trial < 20; trial++) {
      int size = 2 + random.nextInt(30);
      float[] scores = new float[size];
      int[] labels = new int[size];
      for (int i = 0; i < size; i++) {
        scores[i] = random.nextInt(8) / 8f - 0.5f;
        labels[i] = i < 2 ? i : random.nextInt(3);
      }
      double wins = 0;
      int pairs = 0;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          if (labels[i] == 1 && labels[j] != 1) {
            pairs++;
            wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertEquals(wins / pairs, RocArea.area(scores, labels, 1), 1e-12);
    }
  }

  /** Of three classes the last is missing here: the mean is over the two that have both sides. */
  @Test
  void areasOfMissingClassesAreLeftOut() {
    float[][] points = {{-2}, {-1}, {1}, {2}, {7}, {8}};
    LogisticRegression model = LogisticRegression.fit(points, new int[] {0, 0, 1, 1, 2, 2}, 3);
    float[][] some = {{-2}, {1.5f}, {-1.5f}, {2}};
    assertEquals(1, RocArea.oneAgainstRest(model, some, new int[] {0, 1, 0, 1}, 3));
    assertEquals(0, RocArea.oneAgainstRest(model, some, new int[] {1, 0, 1, 0}, 3), 1e-12);
    assertEquals(0.5, RocArea.oneAgainstRest(model, some, new int[] {1, 1, 1, 1}, 3));
  }
}
