package dev.disentangle.metric.fit;

import dev.disentangle.metric.count.SortedValues;
import java.util.Arrays;

/** Area under the ROC curve, as the probability that a positive ranks above a negative. */
public final class RocArea {

  private RocArea() {}

  /**
   * Averages over the classes that have positives and negatives.
   *
   * @param model gives the scores
   * @param points {@code [points][features]}
   * @param labels their classes
   * @param classes number of classes
   * @return between 0 and 1; 0.5 when no class has both
   */
  public static double oneAgainstRest(
      LogisticRegression model, float[][] points, int[] labels, int classes) {
    float[][] scores = new float[classes][points.length];
    for (int i = 0; i < points.length; i++) {
      double[] probabilities = model.probabilities(points[i]);
      for (int k = 0; k < classes; k++) {
        scores[k][i] = (float) probabilities[k];
      }
    }
    double sum = 0;
    int count = 0;
    for (int k = 0; k < classes; k++) {
      double area = area(scores[k], labels, k);
      if (!Double.isNaN(area)) {
        sum += area;
        count++;
      }
    }
    return count == 0 ? 0.5 : sum / count;
  }

  /**
   * Computes the area by counting, for every negative, the positives above it, and half of those at
   * the same score; NaN without positives or negatives.
   */
  static double area(float[] scores, int[] labels, int positive) {
    float[] positives = new float[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] == positive) {
        positives[count++] = scores[i];
      }
    }
    int negatives = scores.length - count;
    if (count == 0 || negatives == 0) {
      return Double.NaN;
    }
    // Far fewer than all scores: sorting them alone saves most of the work.
    Arrays.sort(positives, 0, count);
    double wins = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] != positive) {
        int from = SortedValues.firstAtLeast(positives, count, scores[i]);
        boolean tied = from < count && positives[from] == scores[i];
        int to = tied ? SortedValues.firstAtLeast(positives, count, Math.nextUp(scores[i])) : from;
        wins += count - 0.5 * (from + to);
      }
    }
    return wins / ((double) count * negatives);
  }
}
