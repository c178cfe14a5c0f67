package dev.disentangle.model;

import ai.djl.ndarray.NDArray;

/**
 * One code {@code z = e(x)} per image instead of a distribution, one output per latent: the choice
 * of the papers on Wasserstein and adversarial autoencoders. There is no density, and so no
 * divergence from a prior.
 */
public record Deterministic() implements PosteriorFamily {

  @Override
  public int outputs(int latents) {
    return latents;
  }

  @Override
  public Posterior of(NDArray outputs, int latents) {
    return new Posteriors(outputs);
  }

  @Override
  public boolean hasDensity() {
    return false;
  }

  /**
   * Posteriors whose every sample is the mean.
   *
   * @param mean the codes, {@code [batch, latents]}
   */
  public record Posteriors(NDArray mean) implements Posterior {

    @Override
    public NDArray logVariance() {
      return mean.zerosLike().sub(Float.POSITIVE_INFINITY);
    }

    @Override
    public NDArray sample(NDArray noise) {
      return mean;
    }

    @Override
    public NDArray logMarginals(NDArray z) {
      throw new UnsupportedOperationException("codes of a deterministic encoder have no density");
    }
  }
}
