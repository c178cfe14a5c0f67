package dev.disentangle.example;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.objective.Objective;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;

/**
 * A VAE whose divergence is faded in (Bowman et al. 2016, section 3.1): at step {@code t} it
 * minimises {@code -E_q(z|x)[log p(x|z)] + min(1, t / warmUp) KL(q(z|x) || p(z))}.
 *
 * @param warmUp steps until the divergence has its full weight, at least 1
 * @param adam the optimiser's settings
 */
public record WarmUpVae(int warmUp, Adam adam) implements Objective {

  /** Checks the number of steps. */
  public WarmUpVae {
    if (warmUp < 1) {
      throw new IllegalArgumentException("warmUp must be at least 1, was " + warmUp);
    }
  }

  @Override
  public String name() {
    return "VAE with warm-up";
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new AutoencoderLearner(
        assembly,
        adam,
        pass -> {
          double weight = Math.min(1.0, (double) pass.step().number() / warmUp);
          return pass.reconstruction().add(Operations.scale(pass.kl(), weight));
        });
  }
}
