package dev.disentangle.metric.count;

import java.util.Arrays;

/**
 * Renumbers the classes of a factor that occur among training points from 0 without gaps, in
 * ascending order, however large their numbers are.
 */
public final class ClassTable {

  /** What a class outside the training points becomes: no classifier can predict it. */
  public static final int UNKNOWN = -1;

  /** Class numbers below this are looked up in an array; larger ones are searched for. */
  private static final int DENSE = 1 << 16;

  private final int[] present;
  private final int[] labels;

  /**
   * Looks at the classes that occur.
   *
   * @param trainingClasses one class per training point, each at least 0
   */
  public ClassTable(int[] trainingClasses) {
    int largest = 0;
    for (int value : trainingClasses) {
      largest = Math.max(largest, value);
    }
    boolean dense = largest < DENSE;
    present = dense ? marked(trainingClasses, largest) : sorted(trainingClasses);
    labels = new int[dense ? largest + 1 : 0];
    Arrays.fill(labels, UNKNOWN);
    for (int label = 0; dense && label < present.length; label++) {
      labels[present[label]] = label;
    }
  }

  private static int[] marked(int[] classes, int largest) {
    boolean[] occurs = new boolean[largest + 1];
    for (int value : classes) {
      occurs[value] = true;
    }
    int[] distinct = new int[occurs.length];
    int count = 0;
    for (int value = 0; value < occurs.length; value++) {
      if (occurs[value]) {
        distinct[count++] = value;
      }
    }
    return Arrays.copyOf(distinct, count);
  }

  private static int[] sorted(int[] classes) {
    int[] distinct = classes.clone();
    Arrays.sort(distinct);
    int count = 0;
    for (int value : distinct) {
      if (count == 0 || value != distinct[count - 1]) {
        distinct[count++] = value;
      }
    }
    return Arrays.copyOf(distinct, count);
  }

  /**
   * Returns how many classes occur.
   *
   * @return at least 1
   */
  public int count() {
    return present.length;
  }

  /**
   * Renumbers classes.
   *
   * @param classes one class per point
   * @return numbers from 0 on, or {@link #UNKNOWN}
   */
  public int[] labels(int[] classes) {
    int[] renumbered = new int[classes.length];
    for (int i = 0; i < renumbered.length; i++) {
      renumbered[i] = label(classes[i]);
    }
    return renumbered;
  }

  private int label(int value) {
    if (labels.length == 0) {
      return Math.max(UNKNOWN, Arrays.binarySearch(present, value));
    }
    return value < labels.length ? labels[value] : UNKNOWN;
  }
}
