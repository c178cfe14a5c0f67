package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * What both Wasserstein autoencoders compute: the cost of a reconstruction, and the distance of
 * codes from the prior that {@link Pretraining} minimises.
 */
public final class WassersteinCost {

  /** The factor of the published code, without which its weights of the penalty do not compare. */
  private static final double SCALE = 0.05;

  private WassersteinCost() {}

  /**
   * Computes {@code 0.05 |x - G(z)|^2}, summed over pixels and averaged over the batch.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param decoded what the decoder made of their codes, of the same shape
   * @return a scalar
   */
  public static NDArray of(NDArray images, NDArray decoded) {
    return Operations.scale(images.sub(decoded).square().sum(), SCALE / images.getShape().get(0));
  }

  /**
   * Computes how far the first two moments of codes are from those of prior samples: mean squared
   * difference of the means plus that of the covariances. Minimising it for the first steps brings
   * codes to where the prior is.
   *
   * @param z codes, {@code [batch, latents]}
   * @param prior samples of the prior, of the same shape
   * @return a scalar
   */
  public static NDArray moments(NDArray z, NDArray prior) {
    NDArray zMean = z.mean(new int[] {0});
    NDArray priorMean = prior.mean(new int[] {0});
    NDArray difference = covariance(z, zMean).sub(covariance(prior, priorMean));
    return zMean.sub(priorMean).square().mean().add(difference.square().mean());
  }

  private static NDArray covariance(NDArray x, NDArray mean) {
    NDArray centred = x.sub(mean);
    return Operations.scale(centred.transpose().matMul(centred), 1.0 / (x.getShape().get(0) - 1));
  }
}
