package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.disentangle.data.Image;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.model.GaussianMixture;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.model.VampPrior;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VaeGan;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method with every posterior and every prior: trained, or refused when it is built. */
class PartsTest {

  private static final List<PosteriorFamily> POSTERIORS =
      List.of(new DiagonalGaussian(), new FullCovariance(), new Deterministic());
  private static final List<PriorFamily> PRIORS =
      List.of(new StandardNormal(), new GaussianMixture(3), new VampPrior(5));

  private final Blobs blobs = new Blobs();

  private Settings.Builder builder(Objective objective) {
    return Training.of(objective, blobs)
        .latents(2)
        .batchSize(8)
        .seed(3)
        .architecture(Blobs.architecture())
        .recordEvery(1)
        .measureEvery(0);
  }

  static Stream<Arguments> combinations() {
    Set<String> names = new HashSet<>();
    return MethodsTest.methods()
        .filter(method -> names.add(method.name()))
        .flatMap(
            method ->
                POSTERIORS.stream()
                    .flatMap(
                        posterior ->
                            PRIORS.stream().map(prior -> Arguments.of(method, posterior, prior))));
  }

  /** The part that a method cannot do with, or null. */
  private static Object refused(Objective method, PosteriorFamily posterior, PriorFamily prior) {
    boolean standard = prior instanceof StandardNormal;
    if (method instanceof InfoGan || method instanceof InfoWganGp) {
      return posterior instanceof Deterministic ? prior : posterior;
    }
    if (method instanceof Aae || method instanceof WaeMmd || method instanceof WaeGan) {
      return standard ? null : prior;
    }
    if (method instanceof VqVae) {
      return posterior instanceof Deterministic ? prior : posterior;
    }
    boolean diagonal =
        method instanceof DcIgn
            || method instanceof ConditionalVae
            || method instanceof SemiSupervisedVae
            || method instanceof GaussianMixtureVae;
    if (posterior instanceof Deterministic
        || diagonal && !(posterior instanceof DiagonalGaussian)) {
      return posterior;
    }
    if (method.defaultPrior().equals(new StandardNormal())) {
      boolean only =
          method instanceof BetaTcVae
              || method instanceof DipVae
              || method instanceof DcIgn
              || method instanceof VaeGan;
      return only && !standard ? prior : null;
    }
    return prior;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyMethodTrainsWithEveryPartOrNamesBoth(
      Objective method, PosteriorFamily posterior, PriorFamily prior) {
    Settings.Builder builder = builder(method).posterior(posterior).prior(prior);
    Object refused = refused(method, posterior, prior);
    if (refused != null) {
      String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
      assertTrue(message.startsWith(method.name() + " needs "), message);
      boolean named =
          message.endsWith("was given " + posterior) || message.endsWith("was given " + prior);
      assertTrue(named, message);
      return;
    }
    try (Training training = builder.build()) {
      training.run(3);
      for (String term : training.history().names()) {
        for (double value : training.history().values(term)) {
          assertTrue(Double.isFinite(value), term);
        }
      }
      Map<String, String> record = training.record().settings();
      assertEquals(posterior.toString(), record.get("posterior"));
      assertEquals(prior.toString(), record.get("prior"));
      assertEquals(5, training.model().sample(5, 1).size());
    }
  }

  @Test
  void recordAndHistorySayHowTheDivergenceIsFound() {
    try (Training exact = builder(new Vae()).posterior(new FullCovariance()).build();
        Training sampled = builder(new Vae()).prior(new VampPrior(5)).build()) {
      exact.run(1);
      sampled.run(1);
      assertEquals("closed form", exact.record().settings().get("divergence"));
      assertTrue(exact.history().contains(Terms.KL));
      assertFalse(exact.history().contains(Terms.KL_SAMPLED));
      assertEquals("one sample per image", sampled.record().settings().get("divergence"));
      assertTrue(sampled.history().contains(Terms.KL_SAMPLED));
      assertFalse(sampled.history().contains(Terms.KL));
    }
  }

  static Stream<PriorFamily> learned() {
    return Stream.of(new GaussianMixture(3), new VampPrior(5));
  }

  @ParameterizedTest
  @MethodSource("learned")
  void learnedPriorsMoveAndComeBackFromCheckpoints(PriorFamily prior, @TempDir Path folder)
      throws IOException {
    Objective method = new Vae(Adam.of(1e-2));
    try (Training straight = builder(method).prior(prior).build();
        Training stopped = builder(method).prior(prior).build();
        Training later = builder(method).prior(prior).build();
        Training other = builder(method).build()) {
      float[] first = weights(straight);
      straight.run(12);
      assertFalse(Arrays.equals(first, weights(straight)), "the prior has not learned");
      stopped.run(5).save(folder.resolve("checkpoint"));
      later.load(folder.resolve("checkpoint")).run(7);
      assertArrayEquals(weights(straight), weights(later));
      List<Image> samples = straight.model().sample(4, 7);
      List<Image> again = later.model().sample(4, 7);
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(samples.get(i).pixels(), again.get(i).pixels());
      }
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> other.load(folder.resolve("checkpoint")))
              .getMessage();
      assertTrue(message.contains("prior " + prior), message);
    }
  }

  /** The values of the prior's table. */
  private static float[] weights(Training training) {
    NDArray table = training.autoencoder().prior().networks().get(0).parameters().get(0);
    return table.toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("learned")
  void scoresKnowThePriorThatWasTrained(PriorFamily prior) {
    try (Training training =
            builder(new Vae()).posterior(new FullCovariance()).prior(prior).build();
        Training standard = builder(new Vae()).build()) {
      training.run(20);
      int arrays = training.manager().getManagedArrays().size();
      training.run(20);
      float[][] codes = training.model().drawCodes(70, new SplittableRandom(2));
      double[] found = training.model().likelihood().get().logPriors(codes).get();
      assertEquals(arrays, training.manager().getManagedArrays().size(), "arrays leak");
      assertEquals(70, found.length);
      try (NDManager scope = training.manager().newSubManager()) {
        NDArray one = scope.create(codes[69]).expandDims(0);
        NDArray expected = training.autoencoder().prior().logDensity(one);
        assertEquals(expected.getFloat(0), found[69], 1e-4);
      }
      assertTrue(standard.model().likelihood().get().logPriors(codes).isEmpty());
    }
  }

  /**
   * Plain arrays hold no correlations of a posterior, so that the measured value would be wrong.
   */
  @Test
  void theTotalCorrelationIsMeasuredWhereMeansAndVariancesSayAll() {
    Settings.Builder builder = builder(new Vae()).measureEvery(1);
    try (Training diagonal = builder.build();
        Training full = builder.posterior(new FullCovariance()).build()) {
      assertTrue(diagonal.run(1).history().contains(Terms.TOTAL_CORRELATION));
      assertFalse(full.run(1).history().contains(Terms.TOTAL_CORRELATION));
    }
  }

  @Test
  void samplesComeFromThePriorThatWasTrained() {
    try (Training training = builder(new Vae()).prior(new GaussianMixture(1)).build()) {
      NDArray table = training.autoencoder().prior().networks().get(0).parameters().get(0);
      try (NDArray far = training.manager().create(new float[] {40, -40, -20, -20, 0})) {
        Operations.assign(table, far.reshape(1, 5));
      }
      for (float[] code : training.model().drawCodes(300, new SplittableRandom(1))) {
        // A deviation of e^-10.
        assertEquals(40, code[0], 1e-2);
        assertEquals(-40, code[1], 1e-2);
      }
      Image expected = training.model().decode(new float[][] {{40, -40}}).get(0);
      assertArrayEquals(expected.pixels(), training.model().sample(1, 5).get(0).pixels(), 1e-2f);
      assertThrows(IllegalArgumentException.class, () -> training.model().sample(0, 1));
    }
  }
}
