package dev.disentangle.representation;

import dev.disentangle.data.Image;
import java.util.List;

/** Turns latent codes into images: all that plots need to know of a model's decoder. */
public interface ImageDecoder {

  /**
   * Returns the number of latents.
   *
   * @return at least 1
   */
  int latents();

  /**
   * Decodes latent codes into the likelihood's mean, values in {@code [0, 1]}.
   *
   * @param codes latent codes, {@code [images][latents]}
   * @return one image per code, in the same order
   * @throws IllegalArgumentException if {@code codes} is empty or a row has the wrong length
   */
  List<Image> decode(float[][] codes);
}
