package dev.disentangle.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The labels of a data set's images, most of them perhaps hidden; made by {@link Labels#on}.
 *
 * <p>A hidden label is not kept: nothing that holds this object can find it out. Immutable and safe
 * for threads.
 */
public final class KnownLabels {

  /** What {@link #of(int)} gives for an image whose label is hidden. */
  public static final int HIDDEN = -1;

  private final String factor;
  private final int classes;
  private final int[] labels;
  private final int count;

  private KnownLabels(String factor, int classes, int[] labels, int count) {
    this.factor = factor;
    this.classes = classes;
    this.labels = labels;
    this.count = count;
  }

  /** Keeps {@code count} labels, as many of each class as can be, and hides the others. */
  static KnownLabels balanced(String factor, int classes, int[] all, int count, long seed) {
    int[] left = shares(all, classes, count, seed);
    int[] labels = new int[all.length];
    Arrays.fill(labels, HIDDEN);
    for (int image : Subset.shuffled(all.length, seed)) {
      if (left[all[image]] > 0) {
        left[all[image]]--;
        labels[image] = all[image];
      }
    }
    return new KnownLabels(factor, classes, labels, count);
  }

  /** How many labels of each class to keep: one of each class in turn, as long as it has any. */
  private static int[] shares(int[] all, int classes, int count, long seed) {
    int[] available = new int[classes];
    for (int label : all) {
      available[label]++;
    }
    int[] turns = Subset.shuffled(classes, seed);
    int[] shares = new int[classes];
    int given = 0;
    while (given < count) {
      for (int label : turns) {
        if (given < count && shares[label] < available[label]) {
          shares[label]++;
          given++;
        }
      }
    }
    return shares;
  }

  /**
   * Returns the name of the factor that is the label.
   *
   * @return the name
   */
  public String factor() {
    return factor;
  }

  /**
   * Returns the number of classes, whether or not a label of each is known.
   *
   * @return at least 1
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns the number of images, those with a hidden label included.
   *
   * @return the data set's size
   */
  public int size() {
    return labels.length;
  }

  /**
   * Returns of how many images the label is known.
   *
   * @return a number in {@code [0, size()]}
   */
  public int count() {
    return count;
  }

  /**
   * Returns the label of an image.
   *
   * @param image index of the image
   * @return its class in {@code [0, classes())}, or {@link #HIDDEN}
   * @throws IndexOutOfBoundsException if {@code image} is not in {@code [0, size())}
   */
  public int of(int image) {
    return labels[image];
  }

  /**
   * Returns the labels of a batch.
   *
   * @param images indices of the images
   * @return for each its class in {@code [0, classes())}, or {@link #HIDDEN}
   * @throws IndexOutOfBoundsException if an index is not in {@code [0, size())}
   */
  public int[] of(int[] images) {
    return IntStream.of(images).map(image -> labels[image]).toArray();
  }

  /**
   * Lists the images whose label is known, for methods that draw batches of them alone.
   *
   * @return {@link #count()} indices, ascending
   */
  public int[] images() {
    return IntStream.range(0, labels.length).filter(image -> labels[image] != HIDDEN).toArray();
  }

  /**
   * Lists the images whose label is hidden.
   *
   * @return {@code size() - count()} indices, ascending
   */
  public int[] hidden() {
    return IntStream.range(0, labels.length).filter(image -> labels[image] == HIDDEN).toArray();
  }

  @Override
  public String toString() {
    return String.format(
        "%s, %d classes, known of %,d of %,d images", factor, classes, count, labels.length);
  }
}
