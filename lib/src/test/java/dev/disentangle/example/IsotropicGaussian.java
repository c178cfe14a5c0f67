package dev.disentangle.example;

import ai.djl.ndarray.NDArray;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.PosteriorFamily;

/**
 * Gaussian posteriors whose latents share one variance, {@code q(z|x) = N(mean, s^2 I)}: the
 * encoder gives the means and one logarithm of {@code s^2} per image.
 */
public record IsotropicGaussian() implements PosteriorFamily {

  @Override
  public int outputs(int latents) {
    return latents + 1;
  }

  @Override
  public Posterior of(NDArray outputs, int latents) {
    NDArray mean = outputs.get(":, :{}", latents);
    NDArray logVariance = outputs.get(":, {}:", latents);
    return new GaussianPosterior(mean, logVariance.broadcast(mean.getShape()));
  }

  @Override
  public boolean hasClosedForm() {
    return true;
  }
}
