package dev.disentangle.representation;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import java.util.List;

/** Turns images into latent codes: all that scores and plots need to know of a model's encoder. */
public interface ImageEncoder {

  /**
   * Returns the number of latents.
   *
   * @return at least 1
   */
  int latents();

  /**
   * Encodes images.
   *
   * @param images the images
   * @return one posterior per image, in the same order
   * @throws IllegalArgumentException if {@code images} is empty or an image has the wrong size
   */
  Codes encode(List<Image> images);

  /**
   * Encodes some images of a data set, in batches and without keeping their pixels.
   *
   * @param data the data set
   * @param indices which images, in the order wanted
   * @return one posterior per index, in the same order
   * @throws IllegalArgumentException if {@code indices} is empty or the images have the wrong size
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  Codes encode(ImageData data, int[] indices);
}
