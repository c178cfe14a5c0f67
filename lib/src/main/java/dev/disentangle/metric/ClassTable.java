package dev.disentangle.metric;

import java.util.Arrays;

/**
 * Renumbers the classes of a factor that occur among training points from 0 without gaps, in
 * ascending order, however large their numbers are.
 */
final class ClassTable {

  /** What a class outside the training points becomes: no classifier can predict it. */
  static final int UNKNOWN = -1;

  private final int[] present;

  ClassTable(int[] trainingClasses) {
    int[] sorted = trainingClasses.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int value : sorted) {
      if (count == 0 || value != sorted[count - 1]) {
        sorted[count++] = value;
      }
    }
    present = Arrays.copyOf(sorted, count);
  }

  int count() {
    return present.length;
  }

  int[] labels(int[] classes) {
    int[] labels = new int[classes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Math.max(UNKNOWN, Arrays.binarySearch(present, classes[i]));
    }
    return labels;
  }
}
