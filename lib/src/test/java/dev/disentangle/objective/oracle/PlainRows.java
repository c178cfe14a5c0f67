package dev.disentangle.objective.oracle;

import java.util.Arrays;

/** Rows of numbers beside each other. */
final class PlainRows {

  private PlainRows() {}

  /** The columns of both tables. */
  static double[][] beside(double[][] left, double[][] right) {
    double[][] rows = new double[left.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(left[i], left[i].length + right[i].length);
      System.arraycopy(right[i], 0, rows[i], left[i].length, right[i].length);
    }
    return rows;
  }

  /** Images of one channel, and for every number a channel in which it stands everywhere. */
  static double[][] planes(double[][] images, double[][] numbers) {
    double[][] planes = new double[images.length][images[0].length * numbers[0].length];
    for (int i = 0; i < planes.length; i++) {
      for (int p = 0; p < planes[i].length; p++) {
        planes[i][p] = numbers[i][p / images[i].length];
      }
    }
    return beside(images, planes);
  }

  static double[][] oneHot(int[] labels, int classes) {
    double[][] rows = new double[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return rows;
  }

  /** The mean of {@code -log} of the probability that logits give to the labels. */
  static double surprise(double[][] logits, int... labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double normaliser = Arrays.stream(logits[i]).map(Math::exp).sum();
      sum -= Math.log(Math.exp(logits[i][labels[i]]) / normaliser) / labels.length;
    }
    return sum;
  }
}
