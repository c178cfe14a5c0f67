package dev.disentangle.representation;

import dev.disentangle.data.ImageData;

/** The distribution {@code p(x|z)} of images given codes, as far as scores need it. */
public interface ImageLikelihood {

  /**
   * Computes {@code log p(x|z)} of one image under several codes.
   *
   * @param data the data set
   * @param image index of the image
   * @param codes codes, {@code [samples][latents]}, at least one
   * @return nats, one value per code
   * @throws IllegalArgumentException if there is no code, a code has another number of latents, or
   *     the images have another size
   * @throws IndexOutOfBoundsException if there is no such image
   */
  double[] logLikelihoods(ImageData data, int image, float[][] codes);
}
