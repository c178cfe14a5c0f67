package dev.disentangle.data;

import java.util.Objects;
import java.util.Optional;

/**
 * A fixed, ordered set of images of one size, read in batches of plain numbers.
 *
 * <p>Implementations keep images in whatever form is small (dSprites holds one bit per pixel) and
 * expand them on demand. They are immutable and safe to read from several threads, so that a
 * prefetch thread may read the next batch while a step runs.
 */
public interface ImageData {

  /**
   * Returns the name used in tables and run records.
   *
   * @return a short name such as {@code dsprites}
   */
  String name();

  /**
   * Returns the number of images.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the size of every image.
   *
   * @return {@code [channels, height, width]}
   */
  ImageShape shape();

  /**
   * Returns what the pixel values are.
   *
   * @return the kind of values
   */
  PixelKind pixelKind();

  /**
   * Reads images into a batch {@code [indices.length, channels, height, width]}, values in {@code
   * [0, 1]}.
   *
   * @param indices which images, in the order wanted; repeats are allowed
   * @param pixels receives the values from position 0 on; at least {@code indices.length *
   *     shape().pixels()} long
   * @throws IndexOutOfBoundsException if an index is not in {@code [0, size())}
   * @throws IllegalArgumentException if {@code pixels} is too short
   */
  void read(int[] indices, float[] pixels);

  /**
   * Returns the true generative factors of the images, where they are known.
   *
   * @return the factors, or empty
   */
  Optional<Factors> factors();

  /**
   * Returns a description that changes whenever the images change, for run records: a SHA-256 of
   * the source file or of the packed images, or the generator's name with its version and options.
   *
   * @return the fingerprint
   */
  String fingerprint();

  /**
   * Reads one image.
   *
   * @param index which image
   * @return the image
   * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, size())}
   */
  default Image image(int index) {
    Objects.checkIndex(index, size());
    float[] pixels = new float[shape().pixels()];
    read(new int[] {index}, pixels);
    return new Image(shape(), pixels);
  }
}
