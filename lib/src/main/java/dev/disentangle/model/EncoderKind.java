package dev.disentangle.model;

import ai.djl.ndarray.NDArray;

/** What an encoder says about an image: a distribution over codes, or one code. */
public enum EncoderKind {

  /** A diagonal Gaussian {@code q(z|x)}: a mean and a log variance per latent. */
  GAUSSIAN {
    @Override
    public int outputsPerLatent() {
      return 2;
    }

    @Override
    GaussianPosterior posterior(NDArray outputs) {
      return GaussianPosterior.of(outputs);
    }
  },

  /** One code {@code z = e(x)} per image: a Gaussian without variance. */
  DETERMINISTIC {
    @Override
    public int outputsPerLatent() {
      return 1;
    }

    @Override
    GaussianPosterior posterior(NDArray outputs) {
      return GaussianPosterior.certain(outputs);
    }
  };

  /**
   * Returns how many numbers the encoder gives per latent.
   *
   * @return 2 for Gaussian, 1 for deterministic encoders
   */
  public abstract int outputsPerLatent();

  abstract GaussianPosterior posterior(NDArray outputs);
}
