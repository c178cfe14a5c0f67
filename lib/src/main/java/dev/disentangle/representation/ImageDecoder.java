package dev.disentangle.representation;

import dev.disentangle.data.Image;
import java.util.List;
import java.util.random.RandomGenerator;

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

  /**
   * Draws codes from the model's prior, to be decoded into samples.
   *
   * @param count how many, at least 1
   * @param random the source of randomness
   * @return {@code [count][latents]}; by default standard normal numbers
   */
  default float[][] drawCodes(int count, RandomGenerator random) {
    float[][] codes = new float[count][latents()];
    for (float[] code : codes) {
      for (int latent = 0; latent < code.length; latent++) {
        code[latent] = (float) random.nextGaussian();
      }
    }
    return codes;
  }
}
