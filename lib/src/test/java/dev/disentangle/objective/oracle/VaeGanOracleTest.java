package dev.disentangle.objective.oracle;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.VaeGan;
import org.junit.jupiter.api.Test;

/**
 * Larsen et al. 2016, Algorithm 1: three players, each with its own loss and nothing else. That the
 * encoder's gradient is that of {@code KL + S} alone says that nothing of the discriminator's
 * verdict reaches it, and that the discriminator's is that of its verdict alone that the similarity
 * does not.
 */
class VaeGanOracleTest {

  private static final double GAMMA = 0.3;

  private final TinyStep step = TinyStep.of(new VaeGan(GAMMA, TinyStep.STILL, TinyStep.STILL));
  private final PlainFeatures judge = new PlainFeatures(step, "discriminator");

  private double[][] own() {
    return judge.ofLogits(PlainPass.of(step).logits());
  }

  private double[][] other() {
    PlainNoise noise = step.noise();
    noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    double[][] prior = noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    return judge.ofLogits(step.network("decoder").of(prior));
  }

  private double[][] real() {
    return judge.ofImages(step.images(0));
  }

  private double similarity() {
    return PlainFeatures.distance(real(), own());
  }

  private double fooled() {
    return judge.surprise(own(), false) + judge.surprise(other(), false);
  }

  private double told() {
    return judge.surprise(real(), false)
        + judge.surprise(own(), true)
        + judge.surprise(other(), true);
  }

  @Test
  void everyPlayerMinimisesItsOwnLoss() {
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(VaeGan.FEATURE_DISTANCE, similarity());
    step.requireTerm(VaeGan.GENERATOR_LOSS, fooled());
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, told() / 3);
    step.requireTerm(Terms.LOSS, pass.kl() + similarity());
    step.requireGradient("encoder", () -> PlainPass.of(step).kl() + similarity());
    step.requireGradient("decoder", () -> GAMMA * similarity() + fooled());
    step.requireGradient("discriminator", this::told);
  }
}
