package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Likelihood;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SecondBatch;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method must do: learn in finite steps, repeat itself, and go on from a checkpoint. */
class MethodsTest {

  private static final int LATENTS = 2;

  private final Blobs blobs = new Blobs();

  static Stream<Objective> methods() {
    Adam adam = Adam.of(1e-3);
    return Stream.of(
        new Vae(),
        new BetaVae(4),
        new CapacityVae(100, 5, 10, adam),
        new FactorVae(5),
        new FactorVae(5, SecondBatch.SPLIT, adam, adam),
        new FactorVae(5, SecondBatch.SAME, adam, adam),
        new BetaTcVae(6),
        new BetaTcVae(1, 6, 1, BetaTcVae.Sampling.STRATIFIED, adam),
        new DipVae(DipVae.Version.I),
        new DipVae(DipVae.Version.II));
  }

  private Settings.Builder builder(Objective objective) {
    return Training.of(objective, blobs)
        .latents(LATENTS)
        .batchSize(8)
        .seed(3)
        .architecture(Blobs.architecture())
        .recordEvery(4);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodTrainsRepeatablyAndGoesOnFromACheckpoint(Objective method, @TempDir Path folder)
      throws IOException {
    try (Training straight = builder(method).build();
        Training stopped = builder(method).build();
        Training later = builder(method).build()) {
      straight.run(12);
      stopped.run(5).save(folder.resolve("checkpoint"));
      later.load(folder.resolve("checkpoint")).run(7);
      assertSame(straight.history(), later.history());
      Codes codes = straight.model().encode(blobs, new int[] {0, 24, 48});
      Codes again = later.model().encode(blobs, new int[] {0, 24, 48});
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(codes.means()[i], again.means()[i]);
      }
      for (float pixel : straight.model().decode(codes.means()).get(1).pixels()) {
        assertTrue(pixel >= 0 && pixel <= 1, "a pixel was " + pixel);
      }
    }
  }

  private static void assertSame(History one, History two) {
    assertTrue(one.contains(Terms.LOSS));
    assertEquals(one.names(), two.names());
    for (String term : one.names()) {
      assertArrayEquals(one.values(term), two.values(term), term);
      for (double value : one.values(term)) {
        assertTrue(Double.isFinite(value), term);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void everyLikelihoodTrains(Likelihood likelihood) {
    try (Training training = builder(new Vae(Adam.of(3e-3))).likelihood(likelihood).build()) {
      training.run(60);
      double[] loss = training.history().values(Terms.LOSS);
      assertTrue(loss[loss.length - 1] < loss[0], likelihood + " from " + loss[0]);
    }
  }

  static Stream<Likelihood> likelihoods() {
    return Stream.of(
        new Likelihood.Bernoulli(),
        new Likelihood.Gaussian(0.3),
        new Likelihood.GaussianLearned(),
        new Likelihood.GaussianPerPixel());
  }

  @Test
  void impossibleHyperparametersAreNamed() {
    Adam adam = Adam.of(1e-3);
    assertMessage("gamma", () -> new CapacityVae(-1, 5, 10, adam));
    assertMessage("capacity", () -> new CapacityVae(1, Double.NaN, 10, adam));
    assertMessage("steps", () -> new CapacityVae(1, 5, 0, adam));
    assertMessage("beta", () -> new BetaTcVae(-6));
    assertMessage("offDiagonal", () -> new DipVae(DipVae.Version.I, -1, 1, adam));
    assertMessage("standardDeviation", () -> new Likelihood.Gaussian(0));
    assertMessage("smallestDeviation", () -> new Likelihood.GaussianPerPixel(-0.1));
  }

  @Test
  void whatAMethodNeedsOfTheDataIsAskedWhenTheTrainingIsBuilt() {
    assertMessage("batchSize", () -> builder(new BetaTcVae(6)).batchSize(50).build());
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    Throwable error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
