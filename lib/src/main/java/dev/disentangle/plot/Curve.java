package dev.disentangle.plot;

import java.util.Arrays;

/**
 * One term of a history made ready for drawing: the raw values, thinned to what a screen can show,
 * and a moving average of them.
 *
 * @param steps steps of the raw values
 * @param raw raw values; those that are not finite are NaN, which draws as a gap
 * @param smoothSteps steps of the averages
 * @param smooth averages; equal to the raw values when there are too few to smooth
 */
record Curve(double[] steps, double[] raw, double[] smoothSteps, double[] smooth) {

  /** Below this number of values a curve is drawn as it is. */
  private static final int SMOOTHED_FROM = 30;

  /** More values than this share pixels. */
  static final int DRAWN = 1_000;

  /** Prepares a term whose average is drawn with a number of points at most. */
  static Curve of(long[] steps, double[] values, int points) {
    double[] x = Arrays.stream(steps).asDoubleStream().toArray();
    double[] y =
        Arrays.stream(values).map(value -> Double.isFinite(value) ? value : Double.NaN).toArray();
    if (y.length < SMOOTHED_FROM) {
      return new Curve(x, y, x, y);
    }
    int[] shown = every(y.length, points);
    double[] average = movingAverage(y, Math.max(1, y.length / 60), shown);
    int[] outline = y.length <= DRAWN ? every(y.length, y.length) : extremes(y);
    return new Curve(pick(x, outline), pick(y, outline), pick(x, shown), average);
  }

  boolean isSmoothed() {
    return raw != smooth;
  }

  boolean isEmpty() {
    return Arrays.stream(raw).allMatch(Double::isNaN);
  }

  /**
   * Averages the finite values within {@code reach} positions on both sides of the wanted ones.
   * Near an end the window has only one side, and a fitted line takes the place of the average,
   * which would be biased wherever the values rise or fall.
   */
  static double[] movingAverage(double[] values, int reach, int[] wanted) {
    double[] sums = new double[values.length + 1];
    int[] counts = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      boolean finite = !Double.isNaN(values[i]);
      sums[i + 1] = sums[i] + (finite ? values[i] : 0);
      counts[i + 1] = counts[i] + (finite ? 1 : 0);
    }
    double[] averages = new double[wanted.length];
    for (int w = 0; w < wanted.length; w++) {
      int from = wanted[w] - reach;
      int to = wanted[w] + reach + 1;
      if (from < 0 || to > values.length) {
        averages[w] = line(values, Math.max(0, from), Math.min(to, values.length), wanted[w]);
      } else {
        // Dividing zero by zero leaves a gap where no value is finite.
        averages[w] = (sums[to] - sums[from]) / (counts[to] - counts[from]);
      }
    }
    return averages;
  }

  /** Value at one position of the least-squares line through the finite values of a window. */
  private static double line(double[] values, int from, int to, int position) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(values[i])) {
        // Counted from the wanted position, so that the line's constant is its value there.
        double offset = i - position;
        n++;
        x += offset;
        y += values[i];
        xx += offset * offset;
        xy += offset * values[i];
      }
    }
    double spread = n * xx - x * x;
    return spread > 0 ? (y * xx - x * xy) / spread : values[position];
  }

  /** Positions of the smallest and largest value of each stretch, in order: the curve's outline. */
  private static int[] extremes(double[] values) {
    int stretches = DRAWN / 2;
    int[] positions = new int[2 * stretches];
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) s * values.length / stretches);
      int to = (int) ((long) (s + 1) * values.length / stretches);
      int low = from;
      int high = from;
      for (int i = from + 1; i < to; i++) {
        low = values[i] < values[low] || Double.isNaN(values[low]) ? i : low;
        high = values[i] > values[high] || Double.isNaN(values[high]) ? i : high;
      }
      positions[2 * s] = Math.min(low, high);
      positions[2 * s + 1] = Math.max(low, high);
    }
    return positions;
  }

  /** Evenly spaced positions from the first to the last, at most {@code most} of them. */
  private static int[] every(int length, int most) {
    int count = Math.min(length, most);
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = (int) ((long) i * (length - 1) / (count - 1));
    }
    return positions;
  }

  private static double[] pick(double[] values, int[] positions) {
    return Arrays.stream(positions).mapToDouble(position -> values[position]).toArray();
  }
}
