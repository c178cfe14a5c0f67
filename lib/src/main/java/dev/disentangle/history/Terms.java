package dev.disentangle.history;

/**
 * Names of the terms that training records. Losses are in nats per image: summed over pixels and
 * latents, averaged over the batch.
 */
public final class Terms {

  /** What the model's optimiser minimises, in nats per image. */
  public static final String LOSS = "loss";

  /** Reconstruction term, {@code -E_q(z|x)[log p(x|z)]}, in nats per image. */
  public static final String RECONSTRUCTION = "reconstruction";

  /** Kullback-Leibler term, {@code KL(q(z|x) || p(z))} in closed form, in nats per image. */
  public static final String KL = "kl";

  /**
   * The same, estimated by the step's own samples as the mean of {@code log q(z|x) - log p(z)}, for
   * posteriors and priors without a closed form; in nats per image.
   */
  public static final String KL_SAMPLED = "kl_sampled";

  /**
   * An estimate of the total correlation from the training batch, in nats: the discriminator's,
   * {@code E_q(z)[log D(z) / (1 - D(z))]} (Kim and Mnih 2018, section 3), or that of
   * minibatch-stratified sampling (Chen et al. 2018, Appendix C.2).
   */
  public static final String TOTAL_CORRELATION_ESTIMATE = "total_correlation_estimate";

  /**
   * The true total correlation, {@code KL(q(z) || prod_j q(z_j))} in nats, computed from the
   * posteriors of all images of the data set rather than estimated by a discriminator.
   */
  public static final String TOTAL_CORRELATION = "total_correlation";

  /**
   * An estimate of the true total correlation from the posteriors of some images of a large data
   * set, in nats: on average too small, mostly by less than half a nat (see {@code
   * SubsetTotalCorrelation}).
   */
  public static final String TOTAL_CORRELATION_SUBSET = "total_correlation_subset";

  /** The discriminator's cross-entropy, in nats per code; {@code log 2} is chance. */
  public static final String DISCRIMINATOR_LOSS = "discriminator_loss";

  /** Share of codes that the discriminator classifies correctly, in {@code [0, 1]}. */
  public static final String DISCRIMINATOR_ACCURACY = "discriminator_accuracy";

  private Terms() {}
}
