package dev.disentangle.representation;

import dev.disentangle.data.ImageData;
import dev.disentangle.data.PixelKind;
import java.util.Optional;

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

  /**
   * Computes {@code log p(z)} of the model's own prior.
   *
   * @param codes codes, {@code [codes][latents]}
   * @return nats, one value per code; empty where the prior is {@code N(0, I)}, the default
   */
  default Optional<double[]> logPriors(float[][] codes) {
    return Optional.empty();
  }

  /**
   * Tells whether the values are logarithms of a probability or density of such pixels. A Bernoulli
   * of continuous pixels has a cross-entropy, which trains well but is no likelihood: it does not
   * integrate to 1 over the images.
   *
   * @param pixels what the data set's pixels are
   * @return true, unless a likelihood says otherwise
   */
  default boolean isDistributionOf(PixelKind pixels) {
    return true;
  }
}
