package dev.disentangle.data;

import java.util.Arrays;
import java.util.List;

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

  /**
   * Lays images out as one batch.
   *
   * @param images images of one size
   * @return their values, {@code [images, channels, height, width]}
   * @throws IllegalArgumentException if the sizes differ
   */
  public static float[] batch(List<Image> images) {
    ImageShape shape = images.get(0).shape();
    float[] pixels = new float[images.size() * shape.pixels()];
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      if (!image.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "images of a batch must have one size, had " + shape + " and " + image.shape());
      }
      System.arraycopy(image.pixels(), 0, pixels, i * shape.pixels(), shape.pixels());
    }
    return pixels;
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
