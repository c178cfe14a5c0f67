package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.Labels;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.Drawn;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SecondBatch;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.objective.TwoStageVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VaeGan;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method must do: learn in finite steps, repeat itself, and go on from a checkpoint. */
class MethodsTest {

  private static final int LATENTS = 2;
  private static final Adam ADAM = Adam.of(1e-2);

  private final Blobs blobs = new Blobs();

  static Stream<Objective> methods() {
    Adam adam = Adam.of(1e-3);
    return Stream.of(
        new Vae(),
        new BetaVae(4),
        new CapacityVae(100, 5, 10, adam),
        new FactorVae(5),
        new FactorVae(5, SecondBatch.SPLIT, 1, adam, adam),
        new FactorVae(5, SecondBatch.SAME, 3, adam, adam),
        new BetaTcVae(6),
        new BetaTcVae(1, 6, 1, BetaTcVae.Sampling.STRATIFIED, adam),
        new DipVae(DipVae.Version.I),
        new DipVae(DipVae.Version.II),
        new Aae(),
        new Drawn(new Aae(adam, adam, adam)),
        new WaeMmd(10, WaeMmd.Kernel.INVERSE_MULTIQUADRATIC, 4, adam),
        new Drawn(new WaeMmd(10, WaeMmd.Kernel.GAUSSIAN, 0, adam)),
        new WaeGan(10, 4, adam, adam),
        new Drawn(new WaeGan(10, 0, adam, adam)),
        new InfoGan(0, 3),
        new InfoGan(2, 0),
        new InfoWganGp(0, 3),
        new InfoWganGp(2, 1),
        new ConditionalVae(Labels.of("y"), adam),
        new SemiSupervisedVae(Labels.of("x").known(20), 1, adam),
        new TwoStageVae(6, 8, adam, adam),
        new GaussianMixtureVae(3, 2, 8, 0, adam),
        new InfiniteMixtureVae(3, 1, 5, 0.1, adam),
        new VqVae(5, 3, 0.25, adam, adam),
        new VqVae(5, 3, 0.25, 0.9, adam, adam),
        new VqVae2(2, 5, 3, 0.9, 0.25, 8, adam, adam),
        new VaeGan(0.1, adam, adam),
        new CvaeGan(Labels.of("x").known(30)),
        new ZeroVaeGan(Attributes.of("y", "x")),
        new StackedVae(Labels.of("y").known(20), 6),
        new DcIgn());
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

  /**
   * In half precision a weight is off by at most 2^-11 of itself. Untrained networks add up some
   * hundred products of weights near 0.1, so means are off by some thousandths.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodsModelIsSavedAlone(Objective method, @TempDir Path folder) throws IOException {
    try (Training training = builder(method).build()) {
      training.run(2).saveModel(folder.resolve("model"));
      try (TrainedModel model = TrainedModel.open(folder.resolve("model"))) {
        float[][] codes = training.model().encode(blobs, new int[] {0, 24}).means();
        float[][] again = model.encode(blobs, new int[] {0, 24}).means();
        assertArrayEquals(codes[1], again[1], 0.02f);
        float[] image = training.model().decode(codes).get(1).pixels();
        assertArrayEquals(image, model.decode(codes).get(1).pixels(), 0.02f);
        float[] drawn = training.model().sample(2, 5).get(1).pixels();
        assertArrayEquals(drawn, model.sample(2, 5).get(1).pixels(), 0.05f);
      }
    }
  }

  /** In each stage only its own networks move. */
  @Test
  void theSecondStageWaitsForTheFirst() {
    try (Training training = builder(new TwoStageVae(6, 8, ADAM, ADAM)).build()) {
      List<float[]> start = weights(training);
      training.run(6);
      List<float[]> middle = weights(training);
      training.run(6);
      List<float[]> end = weights(training);
      int second =
          training.autoencoder().prior().networks().stream()
              .mapToInt(network -> network.parameters().size())
              .sum();
      for (int i = 0; i < start.size(); i++) {
        boolean first = i < start.size() - second;
        assertEquals(first, !Arrays.equals(start.get(i), middle.get(i)), "first stage, array " + i);
        assertEquals(first, Arrays.equals(middle.get(i), end.get(i)), "second stage, array " + i);
      }
    }
  }

  private static List<float[]> weights(Training training) {
    return training.autoencoder().networks().stream()
        .flatMap(network -> network.parameters().stream())
        .map(array -> Operations.contiguous(array).toFloatArray())
        .toList();
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
        new Likelihood.GaussianPerPixel(),
        new StructuredGaussian());
  }
}
