package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.disentangle.data.Attributes;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Labels;
import dev.disentangle.data.Subset;
import dev.disentangle.tensor.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that a method refuses, and how it describes those that it took. */
class HyperparametersTest {

  private static final Adam ADAM = Adam.of(1e-4);

  /** A constructor of one weight, the others being right. */
  private interface Weighed {
    Objective of(double weight);
  }

  /** A constructor of one count. */
  private interface Counted {
    Objective of(int count);
  }

  static Stream<Arguments> weights() {
    WaeMmd.Kernel kernel = WaeMmd.Kernel.GAUSSIAN;
    BetaTcVae.Sampling sampling = BetaTcVae.Sampling.WEIGHTED;
    DipVae.Version version = DipVae.Version.I;
    SecondBatch second = SecondBatch.SAME;
    return Stream.of(
        weight("beta", w -> new BetaVae(w, ADAM)),
        weight("gamma", w -> new CapacityVae(w, 1, 1, ADAM)),
        weight("capacity", w -> new CapacityVae(1, w, 1, ADAM)),
        weight("gamma", w -> new FactorVae(w, second, 1, ADAM, ADAM)),
        weight("alpha", w -> new BetaTcVae(w, 1, 1, sampling, ADAM)),
        weight("beta", w -> new BetaTcVae(1, w, 1, sampling, ADAM)),
        weight("gamma", w -> new BetaTcVae(1, 1, w, sampling, ADAM)),
        weight("offDiagonal", w -> new DipVae(version, w, 1, ADAM)),
        weight("diagonal", w -> new DipVae(version, 1, w, ADAM)),
        weight("lambda", w -> new WaeMmd(w, kernel, 1, ADAM)),
        weight("lambda", w -> new WaeGan(w, 1, ADAM, ADAM)),
        weight("lambda", w -> new InfoGan(w, 0, 0, ADAM, ADAM)),
        weight("lambda", w -> new InfoWganGp(w, 1, 1, 0, 0, ADAM, ADAM)),
        weight("penalty", w -> new InfoWganGp(1, w, 1, 0, 0, ADAM, ADAM)),
        weight("gamma", w -> new VaeGan(w, ADAM, ADAM)),
        weight("divergence", w -> cvaeGan(w, 1, 1, 1)),
        weight("pairwise", w -> cvaeGan(1, w, 1, 1)),
        weight("mean", w -> cvaeGan(1, 1, w, 1)),
        weight("classMean", w -> cvaeGan(1, 1, 1, w)),
        weight("adversary", w -> new ZeroVaeGan(Attributes.of("x"), w, 1, ADAM, ADAM)),
        weight("category", w -> new ZeroVaeGan(Attributes.of("x"), 1, w, ADAM, ADAM)),
        weight("alpha", w -> new StackedVae(Labels.of("x"), 1, w, ADAM)),
        weight("clamping", w -> new DcIgn(w, ADAM)));
  }

  private static CvaeGan cvaeGan(double divergence, double pairwise, double mean, double each) {
    CvaeGanWeights weights = new CvaeGanWeights(divergence, pairwise, mean, each);
    return new CvaeGan(Labels.of("x"), weights, ADAM, ADAM);
  }

  private static Arguments weight(String name, Weighed method) {
    return Arguments.of(name, method);
  }

  @ParameterizedTest
  @MethodSource("weights")
  void weightsAreFiniteAndAtLeastZero(String name, Weighed method) {
    assertDoesNotThrow(() -> method.of(0));
    for (double bad : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      requireNamed(name + " must be finite and at least 0, was " + bad, () -> method.of(bad));
    }
  }

  static Stream<Arguments> counts() {
    WaeMmd.Kernel kernel = WaeMmd.Kernel.GAUSSIAN;
    SecondBatch second = SecondBatch.SAME;
    return Stream.of(
        count("firstSteps", 1, n -> new StackedVae(Labels.of("x"), n)),
        count("steps", 1, n -> new CapacityVae(1, 1, n, ADAM)),
        count("discriminatorSteps", 1, n -> new FactorVae(1, second, n, ADAM, ADAM)),
        count("pretraining", 0, n -> new WaeMmd(1, kernel, n, ADAM)),
        count("pretraining", 0, n -> new WaeGan(1, n, ADAM, ADAM)),
        count("noise", 0, n -> new InfoGan(1, 0, n, ADAM, ADAM)),
        count("noise", 0, n -> new InfoWganGp(1, 1, 1, 0, n, ADAM, ADAM)),
        count("criticSteps", 1, n -> new InfoWganGp(1, 1, n, 0, 0, ADAM, ADAM)));
  }

  private static Arguments count(String name, int least, Counted method) {
    return Arguments.of(name, least, method);
  }

  @ParameterizedTest
  @MethodSource("counts")
  void countsHaveALeast(String name, int least, Counted method) {
    assertDoesNotThrow(() -> method.of(least));
    String message = name + " must be at least " + least + ", was " + (least - 1);
    requireNamed(message, () -> method.of(least - 1));
  }

  @Test
  void oneCategoryIsNone() {
    List<Counted> methods = new ArrayList<>();
    methods.add(n -> new InfoGan(1, n, 0, ADAM, ADAM));
    methods.add(n -> new InfoWganGp(1, 1, 1, n, 0, ADAM, ADAM));
    for (Counted method : methods) {
      assertDoesNotThrow(() -> method.of(0));
      assertDoesNotThrow(() -> method.of(2));
      requireNamed("categories must be 0 or at least 2, was 1", () -> method.of(1));
      requireNamed("categories must be 0 or at least 2, was -1", () -> method.of(-1));
    }
  }

  @Test
  void whatDoesNotFitTheDataIsNamed() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      ImageData spots = new Spots();
      requireNamed(
          "latents must be at least the number of categories, 3,",
          () -> TinyNetworks.learner(new InfoGan(3, 1), manager, 2, 5));
      assertDoesNotThrow(() -> TinyNetworks.learner(new InfoGan(3, 1), manager, 3, 5));
      requireNamed(
          "batchSize must be at most the data set's size 50, was 51",
          () -> TinyNetworks.learner(new BetaTcVae(1), manager, 2, 51));
      assertDoesNotThrow(() -> TinyNetworks.learner(new BetaTcVae(1), manager, 2, 50));
      requireNamed(
          "latents must be 2, one per factor of " + spots.factors().orElseThrow() + ", was 3",
          () -> TinyNetworks.learner(new DcIgn(), spots, manager, 3, 5));
      ImageData some = Subset.of(spots, "three of them", 1, 5, 9);
      requireNamed(
          "needs images on a full grid of known factors; " + some.name() + " has none",
          () -> TinyNetworks.learner(new DcIgn(), some, manager, 2, 3));
    }
  }

  private static void requireNamed(String message, Runnable call) {
    String given = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(given.contains(message), given);
  }

  @Test
  void runRecordsGetEveryComponentInOrder() {
    Objective method = new FactorVae(35, SecondBatch.SPLIT, 2, ADAM, Adam.of(1e-3, 0.5, 0.9));
    assertEquals(
        List.of("gamma", "secondBatch", "discriminatorSteps", "adam", "discriminatorAdam"),
        List.copyOf(method.hyperparameters().keySet()));
    assertEquals("35.0", method.hyperparameters().get("gamma"));
    assertEquals("SPLIT", method.hyperparameters().get("secondBatch"));
    assertEquals(ADAM.toString(), method.hyperparameters().get("adam"));
  }
}
