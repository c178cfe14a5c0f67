package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * Diagonal Gaussian posteriors {@code q(z|x) = N(mean, diag(e^logVariance))} of a batch.
 *
 * @param mean {@code [batch, latents]}
 * @param logVariance {@code [batch, latents]}
 */
public record GaussianPosterior(NDArray mean, NDArray logVariance) {

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

  /**
   * Makes posteriors of a deterministic encoder: every sample is the mean.
   *
   * @param codes {@code [batch, latents]}
   * @return Gaussians with variance 0; their divergence from the prior is infinite
   */
  public static GaussianPosterior certain(NDArray codes) {
    return new GaussianPosterior(codes, codes.zerosLike().sub(Float.POSITIVE_INFINITY));
  }

  /**
   * Draws one sample per image by reparameterisation (Kingma &amp; Welling 2014, section 2.4).
   *
   * @param noise standard normal numbers, {@code [batch, latents]}
   * @return {@code mean + e^(logVariance / 2) noise}, {@code [batch, latents]}
   */
  public NDArray sample(NDArray noise) {
    return Operations.gaussianSample(mean, logVariance, noise);
  }

  /**
   * Computes {@code log q(z|x) = -1/2 sum_j ((z_j - mean_j)^2 / e^logVariance_j + logVariance_j +
   * log(2 pi))}.
   *
   * @param z one point per image, {@code [batch, latents]}
   * @return {@code [batch]}, nats
   */
  public NDArray logDensity(NDArray z) {
    NDArray squares = z.sub(mean).square().mul(logVariance.neg().exp());
    float constant = (float) Math.log(2 * Math.PI);
    return Operations.scale(squares.add(logVariance).add(constant), -0.5).sum(new int[] {1});
  }

  /**
   * Computes the divergence from the standard normal prior, {@code KL(q(z|x) || N(0, I))}.
   *
   * @return a scalar: nats per image, summed over latents and averaged over the batch
   */
  public NDArray kl() {
    return klPerLatent().sum();
  }

  /**
   * Computes the divergence from the prior, latent by latent.
   *
   * @return {@code [latents]}: nats, averaged over the batch
   */
  public NDArray klPerLatent() {
    return Operations.gaussianKl(mean, logVariance).mean(new int[] {0});
  }
}
