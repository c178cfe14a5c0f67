package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * A discriminator {@code D} that tells samples of the prior from codes (Makhzani et al. 2016,
 * section 2; Goodfellow et al. 2014, equation 1): {@code D(z)} is the probability of the prior.
 */
final class LatentAdversary {

  static final String PENALTY = "adversarial_penalty";

  private final Network discriminator;
  private final Player player;

  LatentAdversary(Assembly assembly, Adam adam) {
    discriminator = assembly.discriminator(2);
    player = new Player("discriminator", adam, List.of(discriminator));
  }

  Player player() {
    return player;
  }

  /**
   * The discriminator's loss {@code -1/2 (E[log D(prior)] + E[log(1 - D(z))])}; no gradient reaches
   * whoever made the codes.
   */
  NDArray loss(NDArray prior, NDArray z) {
    return DensityRatio.discriminatorLoss(logRatio(prior), logRatio(z.stopGradient()));
  }

  /**
   * The non-saturating penalty {@code -E[log D(z)]}; its gradient reaches whoever made the codes.
   */
  NDArray penalty(NDArray z) {
    return Operations.softplus(logRatio(z).neg()).mean();
  }

  private NDArray logRatio(NDArray z) {
    return Operations.logDensityRatio(discriminator.forward(z));
  }
}
