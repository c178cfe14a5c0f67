package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.objective.estimator.MinibatchDensity;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The densities that beta-TCVAE estimates from the batches that it is given. */
class MinibatchSamplingTest {

  private static final int SIZE = 50;
  private static final int BATCH = 6;
  private static final int LATENTS = 3;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private Learner learner(BetaTcVae.Sampling sampling) {
    BetaTcVae method = new BetaTcVae(0.5, 4, 2, sampling, new BetaTcVae(4).adam());
    return TinyNetworks.learner(method, manager, LATENTS, BATCH);
  }

  /**
   * The posteriors of 50 images stand in a row, a deviation apart. Each sample's density is then a
   * sum in which its own posterior, which a batch drawn with replacement holds too often, is a
   * third.
   */
  @Test
  void stratifiedSamplingOfTheLearnersOwnBatchesIsUnbiased() {
    double[] z = new double[SIZE];
    double[] density = new double[SIZE];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SIZE; i++) {
      z[i] = i + random.nextGaussian();
      for (int k = 0; k < SIZE; k++) {
        density[i] += normal(z[i] - k) / SIZE;
      }
    }
    Learner learner = learner(BetaTcVae.Sampling.STRATIFIED);
    NDArray table = MinibatchDensity.Weights.STRATIFIED.table(manager, BATCH, SIZE);
    int rounds = 4_000;
    double mean = 0;
    double squares = 0;
    for (int round = 0; round < rounds; round++) {
      int[] images =
          learner.indices(0, TinyNetworks.data(), BATCH, round, new SplittableRandom(round));
      double[] means = Arrays.stream(images).mapToDouble(i -> i).toArray();
      double[] samples = Arrays.stream(images).mapToDouble(i -> z[i]).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray centres = scope.create(means, new Shape(BATCH, 1));
        GaussianPosterior posteriors = new GaussianPosterior(centres, centres.zerosLike());
        NDArray points = scope.create(samples, new Shape(BATCH, 1));
        double[] estimates = MinibatchDensity.of(points, posteriors, table).joint().toDoubleArray();
        double ratio = 0;
        for (int i = 0; i < BATCH; i++) {
          ratio += Math.exp(estimates[i]) / density[images[i]] / BATCH;
        }
        mean += ratio / rounds;
        squares += ratio * ratio / rounds;
      }
    }
    double standardError = Math.sqrt((squares - mean * mean) / rounds);
    assertEquals(1, mean, 4 * standardError);
    assertEquals(0, standardError, 0.05, "or the test would tell nothing");
    learner.players().forEach(Player::close);
  }

  private static double normal(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** With an encoder that gives every image the prior all three terms are 0. */
  @ParameterizedTest
  @EnumSource(BetaTcVae.Sampling.class)
  void termsOfACollapsedModelAreZeroOrHaveANameOfTheirOwn(BetaTcVae.Sampling sampling) {
    Learner learner = learner(sampling);
    for (NDArray weight : learner.players().get(0).parameters().subList(0, 4)) {
      TinyNetworks.set(weight, new double[Math.toIntExact(weight.size())]);
    }
    NDArray images = manager.create(new double[BATCH * 16], new Shape(BATCH, 1, 4, 4));
    Step step = new Step(0, manager, List.of(images), 2);
    LossTerms terms = GradientMode.recording(() -> learner.step(step));
    double n = Math.log(SIZE);
    Map<String, Double> expected =
        sampling == BetaTcVae.Sampling.STRATIFIED
            ? Map.of(
                BetaTcVae.MUTUAL_INFORMATION,
                0.0,
                Terms.TOTAL_CORRELATION_ESTIMATE,
                0.0,
                BetaTcVae.DIMENSION_KL,
                0.0)
            : Map.of(
                BetaTcVae.WEIGHTED_MUTUAL_INFORMATION,
                n,
                BetaTcVae.WEIGHTED_TOTAL_CORRELATION,
                (LATENTS - 1) * n,
                BetaTcVae.WEIGHTED_DIMENSION_KL,
                -LATENTS * n);
    expected.forEach(
        // The table of weights is in single precision, log(2 pi) too.
        (name, value) -> assertEquals(value, terms.asMap().get(name).getDouble(), 2e-6, name));
    assertEquals(6, terms.asMap().size(), "no other names beside reconstruction, KL and loss");
    learner.players().forEach(Player::close);
  }
}
