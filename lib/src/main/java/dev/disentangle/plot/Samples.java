package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.representation.ImageDecoder;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Random images: of a data set, or decoded from the prior. */
public final class Samples {

  private Samples() {}

  /**
   * Draws images of a data set, chosen uniformly with replacement.
   *
   * @param data the data set
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   * @param random the source of randomness
   * @return a picture
   * @throws IllegalArgumentException if {@code rows} or {@code columns} is less than 1
   */
  public static BufferedImage of(ImageData data, int rows, int columns, RandomGenerator random) {
    int count = count(rows, columns);
    Stream<Image> images = random.ints(count, 0, data.size()).mapToObj(data::image);
    return ImageGrid.of(images.toList(), columns).draw();
  }

  /**
   * Draws decoded samples of the model's prior, shown as the likelihood's mean.
   *
   * @param decoder the decoder
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   * @param random the source of randomness
   * @return a picture
   * @throws IllegalArgumentException if {@code rows} or {@code columns} is less than 1
   */
  public static BufferedImage of(
      ImageDecoder decoder, int rows, int columns, RandomGenerator random) {
    float[][] codes = decoder.drawCodes(count(rows, columns), random);
    return ImageGrid.of(decoder.decode(codes), columns).draw();
  }

  private static int count(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "rows and columns must be at least 1, were " + rows + " and " + columns);
    }
    return Math.multiplyExact(rows, columns);
  }
}
