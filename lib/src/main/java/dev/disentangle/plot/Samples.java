package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.representation.ImageDecoder;
import java.awt.image.BufferedImage;
import java.util.List;
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
    String words =
        count + " images of " + data.name() + ", " + data.shape() + ", chosen at random.";
    return ImageGrid.of(images.toList(), columns).described(words).draw();
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
    List<Image> images = decoder.decode(codes);
    String words =
        images.size()
            + " images decoded from codes of the prior, on average "
            + Words.number(brightness(images))
            + " bright, where 1 is white.";
    return ImageGrid.of(images, columns).described(words).draw();
  }

  private static double brightness(List<Image> images) {
    double sum = 0;
    for (Image image : images) {
      for (float pixel : image.pixels()) {
        sum += pixel / (double) image.pixels().length / images.size();
      }
    }
    return sum;
  }

  private static int count(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "rows and columns must be at least 1, were " + rows + " and " + columns);
    }
    return Math.multiplyExact(rows, columns);
  }
}
