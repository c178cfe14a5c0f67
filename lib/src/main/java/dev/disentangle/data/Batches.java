package dev.disentangle.data;

import java.util.Objects;

/** The checks that every {@link ImageData#read} makes before it writes anything. */
final class Batches {

  private Batches() {}

  static void check(int[] indices, int size, ImageShape shape, float[] pixels) {
    for (int index : indices) {
      Objects.checkIndex(index, size);
    }
    long needed = (long) indices.length * shape.pixels();
    if (pixels.length < needed) {
      throw new IllegalArgumentException(
          "pixels must hold at least "
              + needed
              + " values for "
              + indices.length
              + " images "
              + shape
              + ", was "
              + pixels.length);
    }
  }
}
