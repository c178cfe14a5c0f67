package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Posterior;

/**
 * One pass of a batch through an autoencoder: posteriors, one sample per image, what the decoder
 * makes of it, and how far the posteriors are from the prior. Each is computed once, when it is
 * first asked for.
 */
public final class Pass {

  private final Autoencoder autoencoder;
  private final Player player;
  private final Step step;
  private final NDArray images;
  private final LossTerms terms = new LossTerms();
  private Posterior posterior;
  private NDArray sample;
  private NDArray outputs;
  private NDArray reconstruction;
  private NDArray kl;

  Pass(Autoencoder autoencoder, Player player, Step step, NDArray images) {
    this.autoencoder = autoencoder;
    this.player = player;
    this.step = step;
    this.images = images;
  }

  /**
   * Returns the networks and distributions.
   *
   * @return the autoencoder
   */
  public Autoencoder autoencoder() {
    return autoencoder;
  }

  /**
   * Returns who trains the autoencoder.
   *
   * @return encoder, decoder and prior with their optimiser
   */
  public Player player() {
    return player;
  }

  /**
   * Returns the step.
   *
   * @return source of noise, and the way of gradients
   */
  public Step step() {
    return step;
  }

  /**
   * Returns the images of this pass.
   *
   * @return {@code [batch, channels, height, width]}
   */
  public NDArray images() {
    return images;
  }

  /**
   * Returns {@code q(z|x)} of the batch.
   *
   * @return the posteriors
   */
  public Posterior posterior() {
    if (posterior == null) {
      posterior = autoencoder.encode(images);
    }
    return posterior;
  }

  /**
   * Returns one draw per image.
   *
   * @return {@code [batch, latents]}
   */
  public NDArray sample() {
    if (sample == null) {
      sample = posterior().sample(step.normalLike(posterior().mean()));
    }
    return sample;
  }

  /**
   * Draws from the prior, as many codes as the pass has.
   *
   * @return {@code [batch, latents]}
   */
  public NDArray drawPrior() {
    return autoencoder.prior().sample(Math.toIntExact(sample().getShape().get(0)), step.noise());
  }

  /**
   * Returns what the decoder makes of the sample.
   *
   * @return {@code [batch, outputsPerPixel channels, height, width]}
   */
  public NDArray outputs() {
    return outputs == null ? decode(sample()) : outputs;
  }

  /**
   * Decodes other codes in the sample's place, such as ones whose gradient the method changes.
   *
   * @param codes {@code [batch, latents]}
   * @return {@code [batch, outputsPerPixel channels, height, width]}
   */
  public NDArray decode(NDArray codes) {
    outputs = autoencoder.decoder().forward(codes);
    return outputs;
  }

  /**
   * Returns the mean of {@code p(x|z)}, the reconstructed images.
   *
   * @return {@code [batch, channels, height, width]}
   */
  public NDArray decoded() {
    return autoencoder.likelihood().mean(outputs());
  }

  /**
   * Returns {@code -log p(x|z)}.
   *
   * @return a scalar, nats per image
   */
  public NDArray reconstruction() {
    if (reconstruction == null) {
      reconstruction = autoencoder.likelihood().negativeLogLikelihood(outputs(), images);
    }
    return reconstruction;
  }

  /**
   * Returns {@code KL(q(z|x) || p(z))}, which is then reported: as {@link Terms#KL} in closed form,
   * as {@link Terms#KL_SAMPLED} where the step's samples estimate it.
   *
   * @return a scalar, nats per image
   * @throws UnsupportedOperationException if the posteriors have no density
   */
  public NDArray kl() {
    if (kl == null) {
      kl = autoencoder.divergence(posterior(), sample());
    }
    return kl;
  }

  /**
   * Returns where a method adds terms of its own to report.
   *
   * @return the terms, without reconstruction and divergence
   */
  public LossTerms terms() {
    return terms;
  }

  /** All terms: reconstruction and divergence first. */
  LossTerms report() {
    LossTerms all = new LossTerms().with(Terms.RECONSTRUCTION, reconstruction());
    if (kl != null) {
      all.with(autoencoder.hasClosedForm() ? Terms.KL : Terms.KL_SAMPLED, kl);
    }
    terms.asMap().forEach(all::with);
    return all;
  }
}
