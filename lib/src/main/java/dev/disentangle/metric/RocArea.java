package dev.disentangle.metric;

/** Area under the ROC curve, as the probability that a positive ranks above a negative. */
final class RocArea {

  private RocArea() {}

  /** Averages over the classes that have positives and negatives; 0.5 when none has. */
  static double oneAgainstRest(
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
   * Computes the area by the sum of the positives' ranks, ties sharing theirs; NaN if undefined.
   */
  static double area(float[] scores, int[] labels, int positive) {
    int[] order = SortedPoints.order(scores);
    double rankSum = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int here = 0;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        here += labels[order[to]] == positive ? 1 : 0;
        to++;
      }
      rankSum += here * 0.5 * (from + 1 + to);
      positives += here;
      from = to;
    }
    long negatives = order.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    return (rankSum - 0.5 * positives * (positives + 1)) / ((double) positives * negatives);
  }
}
