package dev.disentangle.data.store;

/** Where images lie: packed bits, bytes in memory, or a file. Immutable and safe for threads. */
public interface ImageStore {

  /**
   * Returns the number of images.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns how many values an image has.
   *
   * @return channels times rows times columns
   */
  int perImage();

  /**
   * Expands images into a batch {@code [indices.length, perImage()]}, values in {@code [0, 1]}.
   *
   * @param indices which images, in the order wanted; repeats are allowed
   * @param pixels receives the values from position 0 on
   * @throws IndexOutOfBoundsException if an index is not in {@code [0, size())}
   * @throws IllegalArgumentException if {@code pixels} is too short
   */
  void read(int[] indices, float[] pixels);
}
