package dev.disentangle.objective;

import static dev.disentangle.objective.LossGradients.BATCH;
import static dev.disentangle.objective.LossGradients.LATENTS;
import static dev.disentangle.objective.LossGradients.STILL;

import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.model.GaussianMixture;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.model.VampPrior;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods with posteriors and priors other than their own: encoder, decoder and prior. */
class PartsGradientsTest {

  static Stream<Arguments> parts() {
    PosteriorFamily diagonal = new DiagonalGaussian();
    PosteriorFamily full = new FullCovariance();
    PriorFamily normal = new StandardNormal();
    return Stream.of(
        Arguments.of(new Vae(STILL), full, normal),
        Arguments.of(new Vae(STILL), diagonal, new GaussianMixture(3)),
        Arguments.of(new BetaVae(4, STILL), full, new VampPrior(4)),
        Arguments.of(new CapacityVae(3, 0.5, 1, STILL), diagonal, new VampPrior(2)),
        Arguments.of(
            new FactorVae(7, SecondBatch.SPLIT, 1, STILL, STILL), full, new GaussianMixture(2)),
        Arguments.of(new BetaTcVae(0.5, 4, 2, BetaTcVae.Sampling.STRATIFIED, STILL), full, normal),
        Arguments.of(new DipVae(DipVae.Version.II, 10, 5, STILL), full, normal),
        Arguments.of(new WaeMmd(3, WaeMmd.Kernel.GAUSSIAN, 0, STILL), full, normal));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void gradientsAgreeWithFiniteDifferences(
      Objective objective, PosteriorFamily posterior, PriorFamily prior) {
    LossGradients.check(
        objective,
        manager ->
            TinyNetworks.assembly(
                objective, posterior, prior, TinyNetworks.data(), manager, LATENTS, BATCH));
  }
}
