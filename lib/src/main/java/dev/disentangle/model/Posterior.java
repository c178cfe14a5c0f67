package dev.disentangle.model;

import ai.djl.ndarray.NDArray;

/**
 * What an encoder says about each image of a batch: a distribution {@code q(z|x)} over codes, or
 * one code. A {@link PosteriorFamily} makes it from the encoder's outputs.
 */
public interface Posterior {

  /**
   * Returns the means.
   *
   * @return {@code [batch, latents]}
   */
  NDArray mean();

  /**
   * Returns the logarithms of the latents' variances, each by itself: what scores and pictures see
   * of a posterior beside its mean.
   *
   * @return {@code [batch, latents]}; minus infinity where the code is certain
   */
  NDArray logVariance();

  /**
   * Draws one sample per image by reparameterisation (Kingma &amp; Welling 2014, section 2.4), so
   * that gradients reach the encoder.
   *
   * @param noise standard normal numbers, {@code [batch, latents]}
   * @return {@code [batch, latents]}
   */
  NDArray sample(NDArray noise);

  /**
   * Computes {@code log q(z_j|x)} of every latent by itself.
   *
   * <p>The batch's axis is the last but one, as usual in broadcasting: points {@code [batch,
   * latents]} meet each its own image, points {@code [points, 1, latents]} meet all images.
   *
   * @param z points, {@code [batch, latents]} or {@code [points, 1, latents]}
   * @return nats, {@code [batch, latents]} or {@code [points, batch, latents]}
   * @throws UnsupportedOperationException if the posterior has no density, see {@link
   *     PosteriorFamily#hasDensity}
   */
  NDArray logMarginals(NDArray z);

  /**
   * Computes {@code log q(z|x)}. The batch's axis is as in {@link #logMarginals}.
   *
   * @param z points, {@code [batch, latents]} or {@code [points, 1, latents]}
   * @return nats, {@code [batch]} or {@code [points, batch]}; by default the sum of {@link
   *     #logMarginals}, which is right where latents are independent
   * @throws UnsupportedOperationException if the posterior has no density
   */
  default NDArray logDensity(NDArray z) {
    return logMarginals(z).sum(new int[] {-1});
  }

  /**
   * Computes {@code KL(q(z|x) || N(0, I))} in closed form.
   *
   * @return a scalar: nats per image, averaged over the batch
   * @throws UnsupportedOperationException if there is none, see {@link
   *     PosteriorFamily#hasClosedForm}
   */
  default NDArray kl() {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no divergence from N(0, I) in closed form");
  }

  /**
   * Computes the mean of the images' covariances, {@code E_x[Cov(z|x)]}.
   *
   * @return {@code [latents, latents]}; by default diagonal, which is right where latents are
   *     independent
   */
  default NDArray meanCovariance() {
    NDArray variances = logVariance().exp().mean(new int[] {0});
    return variances.getManager().eye(Math.toIntExact(variances.size())).mul(variances);
  }
}
