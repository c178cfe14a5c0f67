package dev.disentangle.metric.fit;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gradient-boosted classification trees (Friedman 2001, algorithm 6): {@value #STAGES} stages of
 * one tree of depth {@value #DEPTH} per class (a single one for two classes), learning rate {@value
 * #RATE}, exact splits. These are the defaults of scikit-learn's {@code
 * GradientBoostingClassifier}, which the DCI score's reference implementation uses; the two agree
 * up to the choice between equally good splits.
 *
 * <p>It is our own because the boosters that exist for the JVM split by a gain with second
 * derivatives and regularisation, and so give other importances.
 */
public final class BoostedTrees {

  /** How many times every class gets a tree. */
  public static final int STAGES = 100;

  /** The most tests on a path. */
  public static final int DEPTH = 3;

  /** Factor of every leaf. */
  public static final double RATE = 0.1;

  private static final int BLOCK = 512;

  private final int classes;
  private final RegressionTree[][] trees;
  private final double[] start;
  private final double[] importances;

  private BoostedTrees(int classes, double[] start, int features) {
    this.classes = classes;
    this.start = start;
    trees = new RegressionTree[STAGES][start.length];
    importances = new double[features];
  }

  /**
   * Fits a classifier.
   *
   * @param points training points
   * @param labels their classes, each of which must occur
   * @param classes number of classes, at least 2
   * @return the classifier
   */
  public static BoostedTrees fit(SortedPoints points, int[] labels, int classes) {
    BoostedTrees model = new BoostedTrees(classes, start(labels, classes), points.features());
    int outputs = model.start.length;
    double[][] scores = new double[outputs][points.size()];
    double[][] residuals = new double[outputs][points.size()];
    for (int k = 0; k < outputs; k++) {
      Arrays.fill(scores[k], model.start[k]);
    }
    double leafFactor = outputs == 1 ? 1 : (classes - 1.0) / classes;
    int workers = Math.min(outputs, Runtime.getRuntime().availableProcessors());
    TreeGrower[] growers = new TreeGrower[workers];
    Arrays.setAll(growers, w -> new TreeGrower(points, DEPTH, leafFactor, RATE));
    double[][] gains = new double[outputs][points.features()];
    for (int stage = 0; stage < STAGES; stage++) {
      model.residuals(scores, labels, residuals);
      RegressionTree[] grown = model.trees[stage];
      IntStream.range(0, workers)
          .parallel()
          .forEach(
              w -> {
                for (int k = w; k < outputs; k += workers) {
                  grown[k] = growers[w].grow(residuals[k], scores[k], gains[k]);
                }
              });
    }
    model.sumImportances(gains);
    return model;
  }

  private static double[] start(int[] labels, int classes) {
    double[] shares = new double[classes];
    for (int label : labels) {
      shares[label] += 1.0 / labels.length;
    }
    if (classes == 2) {
      return new double[] {Math.log(shares[1] / shares[0])};
    }
    return Arrays.stream(shares).map(Math::log).toArray();
  }

  /** Computes {@code y - p} for every class and point. */
  private void residuals(double[][] scores, int[] labels, double[][] residuals) {
    int blocks = (labels.length + BLOCK - 1) / BLOCK;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            b -> {
              int to = Math.min(labels.length, (b + 1) * BLOCK);
              double[] one = new double[scores.length];
              for (int i = b * BLOCK; i < to; i++) {
                for (int k = 0; k < one.length; k++) {
                  one[k] = scores[k][i];
                }
                probabilities(one);
                for (int k = 0; k < one.length; k++) {
                  int target = one.length == 1 ? 1 : k;
                  residuals[k][i] = (labels[i] == target ? 1 : 0) - one[k];
                }
              }
            });
  }

  /** Turns scores into probabilities in place: of the second of two classes, or of every class. */
  private static void probabilities(double[] scores) {
    if (scores.length == 1) {
      scores[0] = 1 / (1 + Math.exp(-scores[0]));
      return;
    }
    double max = Arrays.stream(scores).max().orElseThrow();
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      scores[k] = Math.exp(scores[k] - max);
      sum += scores[k];
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] /= sum;
    }
  }

  private void sumImportances(double[][] gains) {
    double total = 0;
    for (double[] gain : gains) {
      for (int f = 0; f < importances.length; f++) {
        importances[f] += gain[f];
        total += gain[f];
      }
    }
    for (int f = 0; f < importances.length && total > 0; f++) {
      importances[f] /= total;
    }
  }

  /**
   * Returns each feature's share of the squared error that all splits together remove.
   *
   * @return non-negative numbers that sum to 1, or zeros when no tree has a split
   */
  public double[] importances() {
    return importances.clone();
  }

  /**
   * Returns the most probable class of a point.
   *
   * @param point its features
   * @return the class, ties to the lowest
   */
  public int predict(float[] point) {
    double[] scores = start.clone();
    for (RegressionTree[] stage : trees) {
      for (int k = 0; k < scores.length; k++) {
        scores[k] += stage[k].value(point);
      }
    }
    if (classes == 2) {
      return scores[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = scores[k] > scores[best] ? k : best;
    }
    return best;
  }

  /**
   * Returns the share of points whose predicted class is theirs.
   *
   * @param points {@code [points][features]}
   * @param labels their classes
   * @return between 0 and 1
   */
  public double accuracy(float[][] points, int[] labels) {
    long right =
        IntStream.range(0, points.length)
            .parallel()
            .filter(i -> predict(points[i]) == labels[i])
            .count();
    return (double) right / points.length;
  }
}
