package dev.disentangle.data.store;

import java.util.Objects;

/** The checks that every reading of a batch makes before it writes anything. */
public final class BatchCheck {

  private BatchCheck() {}

  /**
   * Checks what is asked for and where it shall go.
   *
   * @param indices the images asked for
   * @param size how many images there are
   * @param perImage values per image
   * @param pixels the array that shall receive them
   * @throws IndexOutOfBoundsException if an index is not in {@code [0, size)}
   * @throws IllegalArgumentException if {@code pixels} is too short
   */
  public static void require(int[] indices, int size, int perImage, float[] pixels) {
    for (int index : indices) {
      Objects.checkIndex(index, size);
    }
    long needed = (long) indices.length * perImage;
    if (pixels.length < needed) {
      throw new IllegalArgumentException(
          "pixels must hold at least "
              + needed
              + " values for "
              + indices.length
              + " images of "
              + perImage
              + " values, was "
              + pixels.length);
    }
  }
}
