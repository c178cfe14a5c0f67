package dev.disentangle.metric.count;

/** Searches in values that ascend. */
public final class SortedValues {

  private SortedValues() {}

  /**
   * Counts the values below a bound, which is the position of the first that is not.
   *
   * @param ascending values of which the first {@code count} ascend
   * @param count how many of them to look at
   * @param bound the bound
   * @return in {@code [0, count]}
   */
  public static int firstAtLeast(float[] ascending, int count, double bound) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Counts the values up to a bound, which is the position of the first above it.
   *
   * @param ascending values that ascend
   * @param bound the bound
   * @return in {@code [0, ascending.length]}
   */
  public static int firstAbove(float[] ascending, double bound) {
    return firstAtLeast(ascending, ascending.length, Math.nextUp(bound));
  }
}
