package dev.disentangle.model;

import ai.djl.ndarray.NDArray;

/**
 * Diagonal Gaussian posteriors {@code q(z|x) = N(mean, diag(e^logVariance))}, the usual ones
 * (Kingma &amp; Welling 2014, equation 9): two outputs per latent.
 */
public record DiagonalGaussian() implements PosteriorFamily {

  @Override
  public int outputs(int latents) {
    return 2 * latents;
  }

  /** Splits the outputs into means, then logarithms of variances. */
  @Override
  public GaussianPosterior of(NDArray outputs, int latents) {
    return GaussianPosterior.of(outputs);
  }

  @Override
  public boolean hasClosedForm() {
    return true;
  }
}
