package dev.disentangle.objective;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Requirements;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;

/**
 * beta-VAE (Higgins et al. 2017, equation 4): minimises {@code -E_q(z|x)[log p(x|z)] + beta
 * KL(q(z|x) || p(z))}.
 *
 * @param beta weight of the divergence, at least 0; 1 is the plain VAE
 * @param adam the optimiser's settings
 */
public record BetaVae(double beta, Adam adam) implements Objective {

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if {@code beta} is negative or not finite
   */
  public BetaVae {
    Requirements.nonNegative("beta", beta);
  }

  /**
   * Learning rate 1e-4, as in Kim &amp; Mnih 2018.
   *
   * @param beta weight of the divergence; 4 is usual for 2D Shapes
   */
  public BetaVae(double beta) {
    this(beta, Adam.of(1e-4));
  }

  @Override
  public String name() {
    return "beta-VAE";
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new AutoencoderLearner(
        assembly, adam, pass -> pass.reconstruction().add(Operations.scale(pass.kl(), beta)));
  }
}
