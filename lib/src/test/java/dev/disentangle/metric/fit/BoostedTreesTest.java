package dev.disentangle.metric.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Boosted trees against a second implementation that sorts nothing, keeps nothing between nodes and
 * tries every split by the squared errors themselves. How the work is divided among threads and
 * blocks changes no number, so mutants of that alone are equivalent.
 */
class BoostedTreesTest {

  /** The plain implementation: Friedman (2001), algorithm 6, tree by tree. */
  private static final class Plain {

    private final float[][] points;
    private final double[] gains;

    Plain(float[][] points) {
      this.points = points;
      gains = new double[points[0].length];
    }

    /** Returns the scores of all points, {@code [classes or 1][points]}. */
    double[][] fit(int[] labels, int classes) {
      int outputs = classes == 2 ? 1 : classes;
      double[] shares = new double[classes];
      for (int label : labels) {
        shares[label] += 1.0 / labels.length;
      }
      double[][] scores = new double[outputs][points.length];
      for (int k = 0; k < outputs; k++) {
        double start = outputs == 1 ? Math.log(shares[1] / shares[0]) : Math.log(shares[k]);
        Arrays.fill(scores[k], start);
      }
      double factor = outputs == 1 ? 1 : (classes - 1.0) / classes;
      for (int stage = 0; stage < 100; stage++) {
        double[][] residuals = new double[outputs][points.length];
        for (int i = 0; i < points.length; i++) {
          double sum = outputs == 1 ? 1 : 0;
          for (int k = 0; k < outputs; k++) {
            sum += Math.exp(scores[k][i]);
          }
          for (int k = 0; k < outputs; k++) {
            int target = outputs == 1 ? 1 : k;
            residuals[k][i] = (labels[i] == target ? 1 : 0) - Math.exp(scores[k][i]) / sum;
          }
        }
        for (int k = 0; k < outputs; k++) {
          grow(residuals[k], scores[k], IntStream.range(0, points.length).toArray(), 3, factor);
        }
      }
      return scores;
    }

    private void grow(double[] residuals, double[] scores, int[] members, int depth, double f) {
      double error = error(residuals, members);
      int[][] best = null;
      double least = error - 1e-12;
      int feature = -1;
      for (int j = 0; depth > 0 && error > 1e-14 && j < gains.length; j++) {
        int column = j;
        for (int member : members) {
          float bound = points[member][column];
          int[] left = part(members, i -> points[i][column] <= bound);
          int[] right = part(members, i -> points[i][column] > bound);
          double split =
              right.length == 0 ? error : error(residuals, left) + error(residuals, right);
          if (split < least) {
            least = split;
            feature = j;
            best = new int[][] {left, right};
          }
        }
      }
      if (best == null) {
        leaf(residuals, scores, members, f);
        return;
      }
      gains[feature] += error - least;
      grow(residuals, scores, best[0], depth - 1, f);
      grow(residuals, scores, best[1], depth - 1, f);
    }

    private static int[] part(int[] members, java.util.function.IntPredicate goes) {
      return Arrays.stream(members).filter(goes).toArray();
    }

    private static double error(double[] residuals, int[] members) {
      double sum = 0;
      double squares = 0;
      for (int i : members) {
        sum += residuals[i];
        squares += residuals[i] * residuals[i];
      }
      return squares - sum * sum / members.length;
    }

    private static void leaf(double[] residuals, double[] scores, int[] members, double factor) {
      double up = 0;
      double down = 0;
      for (int i : members) {
        up += residuals[i];
        down += Math.abs(residuals[i]) * (1 - Math.abs(residuals[i]));
      }
      for (int i : members) {
        scores[i] += down < 1e-150 ? 0 : 0.1 * factor * up / down;
      }
    }
  }

  /** One tree on residuals without ties: the same leaves and gains to rounding. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oneTreeAgreesWithAPlainImplementation(int depth) {
    SplittableRandom random = new SplittableRandom(depth);
    float[][] points = new float[150][3];
    double[] residuals = new double[150];
    for (int i = 0; i < 150; i++) {
      for (int j = 0; j < 3; j++) {
        points[i][j] = (float) random.nextGaussian();
      }
      residuals[i] = 0.4 * Math.sin(2 * points[i][0] + points[i][1]) + random.nextDouble(-0.3, 0.3);
    }
    Plain plain = new Plain(points);
    double[] expected = new double[150];
    plain.grow(residuals, expected, IntStream.range(0, 150).toArray(), depth, 0.5);
    double[] scores = new double[150];
    double[] gains = new double[3];
    TreeGrower grower = new TreeGrower(new SortedPoints(points), depth, 0.5, 0.1);
    RegressionTree tree = grower.grow(residuals, scores, gains);
    assertArrayEquals(expected, scores, 1e-12);
    assertArrayEquals(plain.gains, gains, 1e-9);
    for (int i = 0; i < 150; i++) {
      assertEquals(expected[i], tree.value(points[i]), 1e-12, "point " + i);
    }
    // A second tree of the same grower starts afresh, and adds.
    grower.grow(residuals, scores, gains);
    assertEquals(2 * expected[7], scores[7], 1e-12);
    assertEquals(2 * plain.gains[0], gains[0], 1e-9);
  }

  /**
   * Small nodes have splits that are equally good; which is taken moves importances by some 0.005.
   */
  @ParameterizedTest
  @CsvSource({"2, 40", "3, 60"})
  void agreeWithAPlainImplementation(int classes, int size) {
    SplittableRandom random = new SplittableRandom(classes);
    float[][] points = new float[size][3];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i < classes ? i : (int) (classes * Math.pow(random.nextDouble(), 1.5));
      points[i][0] = (float) (labels[i] + random.nextGaussian());
      points[i][1] = (float) random.nextGaussian();
      points[i][2] = (float) (labels[i] % 2 + 0.8 * random.nextGaussian());
    }
    Plain plain = new Plain(points);
    double[][] scores = plain.fit(labels, classes);
    BoostedTrees trees = BoostedTrees.fit(new SortedPoints(points), labels, classes);
    double total = Arrays.stream(plain.gains).sum();
    double[] expected = Arrays.stream(plain.gains).map(gain -> gain / total).toArray();
    assertArrayEquals(expected, trees.importances(), 0.015);
    int right = 0;
    for (int i = 0; i < size; i++) {
      int best = classes == 2 ? (scores[0][i] > 0 ? 1 : 0) : 0;
      for (int k = 1; k < scores.length; k++) {
        best = scores[k][i] > scores[best][i] ? k : best;
      }
      assertEquals(best, trees.predict(points[i]), "point " + i);
      right += best == labels[i] ? 1 : 0;
    }
    assertEquals((double) right / size, trees.accuracy(points, labels));
  }

  /** More points than one block of 512, so that every block's residuals are needed. */
  @Test
  void everyPointCounts() {
    float[][] points = new float[1_300][1];
    int[] labels = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = i;
      labels[i] = i / 100 % 3;
    }
    BoostedTrees trees = BoostedTrees.fit(new SortedPoints(points), labels, 3);
    // Thirteen runs of one class need more cuts than a few trees have; 100 trees suffice.
    assertEquals(1, trees.accuracy(points, labels), 0.01);
    assertArrayEquals(new double[] {1}, trees.importances(), 1e-12);
  }

  /** Without a split there is no importance, and the most frequent class is predicted. */
  @Test
  void constantPointsHaveNoImportance() {
    float[][] points = new float[10][2];
    int[] labels = {0, 1, 1, 2, 1, 0, 1, 2, 1, 0};
    BoostedTrees trees = BoostedTrees.fit(new SortedPoints(points), labels, 3);
    assertArrayEquals(new double[2], trees.importances());
    assertEquals(1, trees.predict(new float[] {5, -5}));
    assertEquals(0.5, trees.accuracy(points, labels));
    BoostedTrees two =
        BoostedTrees.fit(new SortedPoints(new float[4][1]), new int[] {0, 1, 0, 1}, 2);
    assertEquals(0, two.predict(new float[1]), "a tie goes to the lower class");
  }

  /** Values closer than 1e-7 are not told apart, as in scikit-learn. */
  @Test
  void valuesThatHardlyDifferAreNotSeparated() {
    float[][] close = {{0}, {5e-8f}, {0}, {5e-8f}};
    int[] labels = {0, 1, 0, 1};
    assertArrayEquals(
        new double[1], BoostedTrees.fit(new SortedPoints(close), labels, 2).importances());
    float[][] apart = {{0}, {2e-7f}, {0}, {2e-7f}};
    assertEquals(1, BoostedTrees.fit(new SortedPoints(apart), labels, 2).accuracy(apart, labels));
  }

  /** A test sends equal values to the first child; without a test the root is the leaf. */
  @Test
  void aTreeIsReadFromItsRoot() {
    RegressionTree tree = new RegressionTree(2);
    tree.setValue(0, 7);
    assertEquals(7, tree.value(new float[] {1, 2}));
    tree.setTest(0, 1, 2);
    tree.setTest(2, 0, -1);
    tree.setValue(1, 10);
    tree.setValue(5, 20);
    tree.setValue(6, 30);
    assertEquals(10, tree.value(new float[] {5, 2}));
    assertEquals(20, tree.value(new float[] {-1, 2.1f}));
    assertEquals(30, tree.value(new float[] {0, 3}));
  }

  @Test
  void pointsAreSortedByEveryFeature() {
    float[][] points = {{3, -0f}, {-1, 0}, {2, -5}, {-1, Float.MIN_VALUE}};
    SortedPoints sorted = new SortedPoints(points);
    assertEquals(4, sorted.size());
    assertEquals(2, sorted.features());
    assertArrayEquals(new int[] {1, 3, 2, 0}, sorted.order(0));
    assertArrayEquals(new int[] {2, 0, 1, 3}, sorted.order(1), "-0 equals 0");
    assertArrayEquals(new float[] {3, -1, 2, -1}, sorted.column(0));
    assertArrayEquals(new double[] {0, 1, 0.5, 1 / 3.0, 0.25}, sorted.reciprocals());
    assertArrayEquals(
        new int[] {2, 0, 1},
        SortedPoints.order(new float[] {-Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE}));
  }
}
