package dev.disentangle.data;

/**
 * The size of one image, {@code [channels, height, width]}.
 *
 * @param channels number of colour channels, 1 for grey and 3 for RGB
 * @param height number of rows
 * @param width number of columns
 */
public record ImageShape(int channels, int height, int width) {

  /**
   * Checks the three sizes.
   *
   * @throws IllegalArgumentException if any size is less than 1
   */
  public ImageShape {
    requirePositive("channels", channels);
    requirePositive("height", height);
    requirePositive("width", width);
  }

  /**
   * Returns how many numbers one image holds.
   *
   * @return {@code channels * height * width}
   * @throws ArithmeticException if the product overflows an {@code int}
   */
  public int pixels() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
