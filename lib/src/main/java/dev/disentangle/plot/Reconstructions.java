package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.representation.ImageAutoencoder;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** Images above their reconstructions. */
public final class Reconstructions {

  private Reconstructions() {}

  /**
   * Draws images in the upper row and below each its reconstruction, decoded from the posterior
   * mean and shown as the likelihood's mean.
   *
   * @param model the model
   * @param data the data set
   * @param indices which images, at least one
   * @return a picture
   * @throws IllegalArgumentException if {@code indices} is empty or the images have the wrong size
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  public static BufferedImage of(ImageAutoencoder model, ImageData data, int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must hold at least one index, was empty");
    }
    List<Image> images = Arrays.stream(indices).mapToObj(data::image).toList();
    List<Image> decoded = model.decode(model.encode(images).means());
    return ImageGrid.of(List.of(images, decoded))
        .rowLabels(List.of("data", model.name()))
        .described(words(model, images, decoded))
        .draw();
  }

  private static String words(ImageAutoencoder model, List<Image> images, List<Image> decoded) {
    double error = 0;
    for (int i = 0; i < images.size(); i++) {
      error += Strips.change(List.of(images.get(i), decoded.get(i))) / images.size();
    }
    return images.size()
        + " images of the data above their reconstructions by "
        + model.name()
        + ": the mean pixel is off by "
        + Words.number(error)
        + ".";
  }
}
