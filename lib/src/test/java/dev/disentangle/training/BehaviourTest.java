package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.special.Erf;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That each method does to the codes what its paper promises, on images as simple as possible. */
@Tag("slow")
class BehaviourTest {

  private final Blobs blobs = new Blobs();

  private static Training training(Objective objective, ImageData data, int latents) {
    return builder(objective, data, latents).build();
  }

  private static Settings.Builder builder(Objective objective, ImageData data, int latents) {
    return Training.of(objective, data)
        .latents(latents)
        .batchSize(32)
        .seed(1)
        .architecture(Blobs.architecture())
        .measureEvery(0);
  }

  private static double[][] latents(Training training) {
    int[] all = IntStream.range(0, training.data().size()).toArray();
    Codes codes = training.model().encode(training.data(), all);
    double[][] columns = new double[codes.latents()][codes.size()];
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < codes.latents(); j++) {
        columns[j][i] = codes.means()[i][j];
      }
    }
    return columns;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5})
  void controlledCapacityIsReached(double capacity) {
    Adam adam = Adam.of(3e-3);
    try (Training training = training(new CapacityVae(100, capacity, 200, adam), blobs, 2)) {
      training.run(700);
      double[] kl = training.history().values(Terms.KL);
      double last = Arrays.stream(kl, kl.length - 5, kl.length).average().orElseThrow();
      // Five rows are the mean of 100 batches.
      assertEquals(capacity, last, 0.05 * capacity);
    }
  }

  /** The Kolmogorov-Smirnov distance between some numbers and the standard normal distribution. */
  private static double distanceFromNormal(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double cumulative = Erf.erfc(-sorted[i] / Math.sqrt(2)) / 2;
      distance = Math.max(distance, Math.abs(cumulative - (double) i / sorted.length));
      distance = Math.max(distance, Math.abs(cumulative - (i + 1.0) / sorted.length));
    }
    return distance;
  }

  private static double worstDistance(Training training) {
    return Arrays.stream(latents(training))
        .mapToDouble(BehaviourTest::distanceFromNormal)
        .max()
        .orElseThrow();
  }

  /** The distance that 49 numbers drawn from a normal distribution exceed once in 100 times. */
  private static final double CRITICAL = 1.63 / 7;

  @Test
  void wassersteinCodesAreNormalAndThoseOfAPlainAutoencoderAreNot() {
    Adam adam = Adam.of(3e-3, 0.5, 0.999);
    WaeMmd.Kernel kernel = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    try (Training matched = training(new WaeMmd(10, kernel, 100, adam), blobs, 2);
        Training plain = training(new WaeMmd(0, kernel, 0, adam), blobs, 2)) {
      matched.run(800);
      plain.run(800);
      double withPenalty = worstDistance(matched);
      double without = worstDistance(plain);
      assertTrue(withPenalty < CRITICAL, "with the penalty: " + withPenalty);
      assertTrue(without > CRITICAL, "without: " + without);
    }
  }

  @Test
  void adversarialCodesMatchThePrior() {
    try (Training training = training(new Aae().withLearningRate(2e-3), blobs, 2)) {
      training.run(1_500);
      double distance = worstDistance(training);
      assertTrue(distance < CRITICAL, "distance " + distance);
    }
  }

  static Stream<Objective> generators() {
    Adam slow = Adam.of(2e-4, 0.5, 0.999);
    Adam fast = Adam.of(2e-3, 0.5, 0.999);
    Adam wasserstein = Adam.of(2e-3, 0, 0.9);
    return Stream.of(
        new InfoGan(1, 3, 2, fast, slow), new InfoWganGp(1, 10, 2, 3, 2, wasserstein, wasserstein));
  }

  /**
   * Adversarial training sometimes lets two kinds share a category, and the last digits of another
   * processor decide when: so two runs of three have to find the clusters.
   */
  @ParameterizedTest
  @MethodSource("generators")
  void theCategoricalCodeFindsThreeClusters(Objective method) {
    List<String> missed = new ArrayList<>();
    int found = 0;
    for (long seed = 3; seed <= 5 && found < 2 && missed.size() < 2; seed++) {
      int[] category = categories(method, seed);
      if (isOneCategoryPerKind(category)) {
        found++;
      } else {
        missed.add("seed " + seed + ": " + Arrays.toString(category));
      }
    }
    assertEquals(2, found, missed.toString());
  }

  /** The most probable category of every image, after a short run. */
  private static int[] categories(Objective method, long seed) {
    Clusters clusters = new Clusters();
    Architecture networks =
        new Architectures.Convolutional("wide-8", List.of(16, 32), 64, 2, 16, Precision.FLOAT32);
    try (Training training =
        builder(method, clusters, 3).seed(seed).architecture(networks).build()) {
      training.run(500);
      double[][] probabilities = latents(training);
      int[] category = new int[clusters.size()];
      for (int i = 0; i < category.length; i++) {
        for (int j = 1; j < 3; j++) {
          category[i] = probabilities[j][i] > probabilities[category[i]][i] ? j : category[i];
        }
      }
      return category;
    }
  }

  private static boolean isOneCategoryPerKind(int... category) {
    boolean distinct = IntStream.of(category[0], category[8], category[16]).distinct().count() == 3;
    return distinct
        && IntStream.range(0, category.length).allMatch(i -> category[i] == category[i / 8 * 8]);
  }

  @Test
  void clampedTrainingLeavesEachFactorInItsLatent() {
    try (Training training = training(new DcIgn(0.01, Adam.of(3e-3)), blobs, 2)) {
      training.run(1_000);
      double[][] latents = latents(training);
      for (int f = 0; f < 2; f++) {
        int factor = f;
        double[] values =
            IntStream.range(0, 49).mapToDouble(i -> factor == 0 ? i / 7 : i % 7).toArray();
        assertTrue(Math.abs(correlation(latents[f], values)) > 0.9, "its own latent");
        assertTrue(Math.abs(correlation(latents[1 - f], values)) < 0.3, "the other latent");
      }
    }
  }

  private static double correlation(double[] x, double[] y) {
    return new PearsonsCorrelation().correlation(x, y);
  }
}
