package dev.disentangle.metric;

import java.util.Arrays;

/** Renumbers the classes of a factor that occur among training points from 0 without gaps. */
final class ClassTable {

  /** What a class outside the training points becomes: no classifier can predict it. */
  static final int UNKNOWN = -1;

  private final int[] present;

  ClassTable(int[] trainingClasses) {
    present = Arrays.stream(trainingClasses).distinct().sorted().toArray();
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
