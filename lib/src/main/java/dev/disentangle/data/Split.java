package dev.disentangle.data;

import java.util.Arrays;

/**
 * A data set cut at random into two parts that share no image.
 *
 * @param train the images to learn from
 * @param test the images held back
 */
public record Split(Subset train, Subset test) {

  /**
   * Cuts a data set.
   *
   * @param data the data set
   * @param testFraction which part to hold back, in (0, 1); rounded to whole images
   * @param seed the seed of the choice
   * @return both parts, each in random order
   * @throws IllegalArgumentException if {@code testFraction} leaves one of the parts empty
   */
  public static Split of(ImageData data, double testFraction, long seed) {
    long test = Math.round(testFraction * data.size());
    if (!(testFraction > 0 && testFraction < 1) || test < 1 || test >= data.size()) {
      throw new IllegalArgumentException(
          "testFraction must be in (0, 1) and leave images in both parts of "
              + data.size()
              + ", was "
              + testFraction);
    }
    int[] order = Subset.shuffled(data.size(), seed);
    String cut = " part of a split, test fraction " + testFraction + ", seed " + seed;
    return new Split(
        Subset.of(data, "train" + cut, Arrays.copyOfRange(order, (int) test, order.length)),
        Subset.of(data, "test" + cut, Arrays.copyOf(order, (int) test)));
  }
}
