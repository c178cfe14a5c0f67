package dev.disentangle.data;

/**
 * The true generative factors of a data set's images: for every image one class per factor, and a
 * number for factors that are continuous.
 *
 * <p>{@link FactorSpace} is the case in which the images form a full grid over the factors; a table
 * read from a file need not.
 */
public interface Factors {

  /**
   * Returns the number of images whose factors are known.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the number of factors.
   *
   * @return at least 1
   */
  int count();

  /**
   * Returns a factor's name.
   *
   * @param factor which factor, from 0
   * @return its name, such as {@code scale}
   */
  String name(int factor);

  /**
   * Returns how many values a factor takes.
   *
   * @param factor which factor, from 0
   * @return the number of classes
   */
  int classes(int factor);

  /**
   * Returns the class of one factor of one image.
   *
   * @param image index of the image
   * @param factor which factor, from 0
   * @return a class in {@code [0, classes(factor))}
   */
  int value(int image, int factor);

  /**
   * Tells whether a factor is a real number, such as a measured angle, whose classes are ranges.
   *
   * @param factor which factor, from 0
   * @return false unless a table says so
   */
  default boolean isContinuous(int factor) {
    return false;
  }

  /**
   * Returns the number of one factor of one image.
   *
   * @param image index of the image
   * @param factor which factor, from 0
   * @return the number of a continuous factor, else its class
   */
  default double number(int image, int factor) {
    return value(image, factor);
  }

  /**
   * Returns all factors of some images as a table {@code [images.length][count()]}.
   *
   * @param images indices of the images
   * @return one row per image
   */
  default int[][] values(int[] images) {
    int[][] table = new int[images.length][count()];
    for (int i = 0; i < images.length; i++) {
      for (int f = 0; f < count(); f++) {
        table[i][f] = value(images[i], f);
      }
    }
    return table;
  }
}
