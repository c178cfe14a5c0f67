package dev.disentangle.data;

import java.util.Arrays;

/**
 * One image as plain numbers, channel by channel and row by row, each in {@code [0, 1]}.
 *
 * @param shape the image's size
 * @param pixels the values, {@code [channels * height * width]}; the array is not copied
 */
public record Image(ImageShape shape, float[] pixels) {

  /**
   * Checks that the values fit the shape.
   *
   * @throws IllegalArgumentException if {@code pixels} has another length than {@code shape} says
   */
  public Image {
    if (pixels.length != shape.pixels()) {
      throw new IllegalArgumentException(
          "pixels must hold " + shape.pixels() + " values for " + shape + ", was " + pixels.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && shape.equals(image.shape)
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Image[" + shape + "]";
  }
}
