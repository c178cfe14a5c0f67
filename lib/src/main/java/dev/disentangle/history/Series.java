package dev.disentangle.history;

import java.util.Arrays;

/** One term's steps and values, growing at the end; not thread-safe. */
final class Series {

  private long[] steps = new long[16];
  private double[] values = new double[16];
  private int size;

  void add(long step, double value) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    steps[size] = step;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long step(int position) {
    return steps[position];
  }

  double value(int position) {
    return values[position];
  }

  /** Position of a step, or a negative number if this term was not recorded then. */
  int find(long step) {
    return Arrays.binarySearch(steps, 0, size, step);
  }

  long[] steps() {
    return Arrays.copyOf(steps, size);
  }

  double[] values() {
    return Arrays.copyOf(values, size);
  }
}
