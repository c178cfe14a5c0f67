package dev.disentangle.metric.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Support vector machines on one feature against plain descent on the same objective. */
class OneFeatureSvmTest {

  /**
   * Where a machine changes its mind, found by bisection of its predictions, must be where scores
   * of the minimised objectives meet; these are minimised here by Newton steps with plain sums.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void predictionsAreThoseOfTheMinimisedObjective(int classes) {
    SplittableRandom random = new SplittableRandom(classes);
    float[] values = new float[60];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % (classes + 1) % classes;
      values[i] = (float) (3.0 * labels[i] - 2 + random.nextGaussian());
    }
    OneFeatureSvm svm = OneFeatureSvm.fit(values, SortedPoints.order(values), labels, classes);
    double[][] lines = new double[classes][];
    for (int k = 0; k < classes; k++) {
      lines[k] = minimise(values, labels, k, classes);
    }
    int right = 0;
    for (int step = -60; step <= 140; step++) {
      float value = step / 10f;
      int best = 0;
      double margin = Double.POSITIVE_INFINITY;
      for (int k = 1; k < classes; k++) {
        double gap = score(lines[k], value) - score(lines[best], value);
        margin = Math.min(margin, Math.abs(gap));
        best = gap > 0 ? k : best;
      }
      if (margin > 1e-6) {
        assertEquals(best, svm.predict(value), "at " + value);
      }
    }
    for (int i = 0; i < 60; i++) {
      right += svm.predict(values[i]) == labels[i] ? 1 : 0;
    }
    assertEquals(right / 60.0, svm.accuracy(values, labels));
  }

  private static double score(double[] line, double value) {
    return line[0] * value + line[1];
  }

  private static double[] minimise(float[] values, int[] labels, int own, int classes) {
    int count = 0;
    for (int label : labels) {
      count += label == own ? 1 : 0;
    }
    int n = values.length;
    double ownWeight = 0.01 * n / ((double) classes * count);
    double otherWeight = classes == 2 ? 0.01 * n / (2.0 * (n - count)) : 0.01;
    double w = 0;
    double b = 0;
    for (int step = 0; step < 500; step++) {
      double gw = w;
      double gb = b;
      double ww = 1;
      double wb = 0;
      double bb = 1;
      for (int i = 0; i < n; i++) {
        double y = labels[i] == own ? 1 : -1;
        double weight = labels[i] == own ? ownWeight : otherWeight;
        double slack = 1 - y * (w * values[i] + b);
        if (slack > 0) {
          gw -= 2 * weight * y * slack * values[i];
          gb -= 2 * weight * y * slack;
          ww += 2 * weight * values[i] * values[i];
          wb += 2 * weight * values[i];
          bb += 2 * weight;
        }
      }
      double determinant = ww * bb - wb * wb;
      w -= 0.5 * (bb * gw - wb * gb) / determinant;
      b -= 0.5 * (ww * gb - wb * gw) / determinant;
    }
    return new double[] {w, b};
  }

  /** Values 1, 2, 2, 5: those with {@code slope x + offset > 0}, for every kind of slope. */
  @Test
  void runningSumsOfAHalfLine() {
    RunningSums sums = new RunningSums(new float[] {1, 2, 2, 5});
    assertEquals(4, sums.count());
    assertArrayEquals(new double[] {4, 10, 34}, sums.sums(1, 0));
    assertArrayEquals(new double[] {1, 5, 25}, sums.sums(2, -4), "2 itself is not above 2");
    assertArrayEquals(new double[] {3, 9, 33}, sums.sums(2, -3.9));
    assertArrayEquals(new double[] {0, 0, 0}, sums.sums(1, -5));
    assertArrayEquals(new double[] {3, 5, 9}, sums.sums(-1, 4));
    assertArrayEquals(new double[] {0, 0, 0}, sums.sums(-1, 0.5));
    assertArrayEquals(new double[] {4, 10, 34}, sums.sums(0, 1e-300));
    assertArrayEquals(new double[] {0, 0, 0}, sums.sums(0, 0));
    assertArrayEquals(new double[] {0, 0, 0}, sums.sums(0, -1));
  }
}
