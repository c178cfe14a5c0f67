package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Network;
import dev.disentangle.objective.estimator.DensityRatio;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * A discriminator {@code D} that tells samples of the prior from codes (Makhzani et al. 2016,
 * section 2; Goodfellow et al. 2014, equation 1): {@code D(z)} is the probability of the prior.
 */
public final class LatentAdversary {

  /** Name of the recorded penalty {@code -E[log D(z)]}; log 2 at the optimum. */
  public static final String PENALTY = "adversarial_penalty";

  private final Network discriminator;
  private final Player player;

  /**
   * Builds the discriminator.
   *
   * @param assembly what it must fit
   * @param adam its optimiser's settings
   */
  public LatentAdversary(Assembly assembly, Adam adam) {
    discriminator = assembly.discriminator(2);
    player = new Player("discriminator", adam, List.of(discriminator));
  }

  /**
   * Returns who learns to tell them apart.
   *
   * @return the discriminator with its optimiser
   */
  public Player player() {
    return player;
  }

  /**
   * Computes the discriminator's loss {@code -1/2 (E[log D(prior)] + E[log(1 - D(z))])}; no
   * gradient reaches whoever made the codes.
   *
   * @param prior samples of the prior, {@code [batch, latents]}
   * @param z codes, {@code [batch, latents]}
   * @return a scalar, nats per sample
   */
  public NDArray loss(NDArray prior, NDArray z) {
    return DensityRatio.discriminatorLoss(logRatio(prior), logRatio(z.stopGradient()));
  }

  /**
   * Computes the non-saturating penalty {@code -E[log D(z)]}; its gradient reaches whoever made the
   * codes.
   *
   * @param z codes, {@code [batch, latents]}
   * @return a scalar, nats per sample
   */
  public NDArray penalty(NDArray z) {
    return Operations.softplus(logRatio(z).neg()).mean();
  }

  private NDArray logRatio(NDArray z) {
    return Operations.logDensityRatio(discriminator.forward(z));
  }
}
