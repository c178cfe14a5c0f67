package dev.disentangle.model;

import ai.djl.ndarray.NDArray;

/**
 * A kind of posteriors, such as {@link DiagonalGaussian}: how many numbers the encoder gives for
 * its latents, and how they are read. Implementations are records, whose text run records hold.
 */
public interface PosteriorFamily {

  /**
   * Returns how many numbers the encoder gives per image.
   *
   * @param latents number of latents
   * @return at least {@code latents}
   */
  int outputs(int latents);

  /**
   * Reads an encoder's outputs.
   *
   * @param outputs {@code [batch, outputs(latents)]}
   * @param latents number of latents
   * @return the posteriors of the batch
   */
  Posterior of(NDArray outputs, int latents);

  /**
   * Tells whether posteriors have a density, which a divergence from the prior needs.
   *
   * @return false for codes that are certain
   */
  default boolean hasDensity() {
    return true;
  }

  /**
   * Tells whether {@link Posterior#kl} exists.
   *
   * @return by default false: the divergence is estimated by the step's own samples
   */
  default boolean hasClosedForm() {
    return false;
  }

  /**
   * Tells whether the latents of an image are independent, so that {@link Posterior#mean} and
   * {@link Posterior#logVariance} say all.
   *
   * @return by default true
   */
  default boolean hasIndependentLatents() {
    return true;
  }
}
