package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * Diagonal Gaussian posteriors {@code q(z|x) = N(mean, diag(e^logVariance))} of a batch.
 *
 * @param mean {@code [batch, latents]}
 * @param logVariance {@code [batch, latents]}
 */
public record GaussianPosterior(NDArray mean, NDArray logVariance) implements Posterior {

  /**
   * Splits an encoder's output into its two halves.
   *
   * @param outputs {@code [batch, 2 latents]}: means, then logarithms of variances
   * @return the posteriors
   */
  public static GaussianPosterior of(NDArray outputs) {
    var halves = outputs.split(2, 1);
    return new GaussianPosterior(halves.get(0), halves.get(1));
  }

  @Override
  public NDArray sample(NDArray noise) {
    return Operations.gaussianSample(mean, logVariance, noise);
  }

  /**
   * Computes {@code log q(z_j|x) = -1/2 ((z_j - mean_j)^2 / e^logVariance_j + logVariance_j + log(2
   * pi))}.
   */
  @Override
  public NDArray logMarginals(NDArray z) {
    NDArray squares = z.sub(mean).square().mul(logVariance.neg().exp());
    float constant = (float) Math.log(2 * Math.PI);
    return Operations.scale(squares.add(logVariance).add(constant), -0.5);
  }

  @Override
  public NDArray kl() {
    return klPerLatent().sum();
  }

  /**
   * Computes the divergence from other diagonal Gaussians, {@code KL(q(z|x) || other)}.
   *
   * @param other as many, or one for all
   * @return {@code [batch]}: nats
   */
  public NDArray divergence(GaussianPosterior other) {
    NDArray squares = mean.sub(other.mean).square().add(logVariance.exp());
    NDArray difference = logVariance.sub(other.logVariance);
    NDArray each = squares.mul(other.logVariance.neg().exp()).sub(difference).sub(1f);
    return Operations.scale(each, 0.5).sum(new int[] {1});
  }

  /**
   * Computes the divergence from the standard normal prior, latent by latent.
   *
   * @return {@code [latents]}: nats, averaged over the batch
   */
  public NDArray klPerLatent() {
    return Operations.gaussianKl(mean, logVariance).mean(new int[] {0});
  }
}
