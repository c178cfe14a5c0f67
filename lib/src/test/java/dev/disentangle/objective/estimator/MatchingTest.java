package dev.disentangle.objective.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.objective.DoubleGradients;
import dev.disentangle.objective.adversary.GradientPenalty;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Discrepancies from the prior, and the gradient penalty, where their values are known. */
class MatchingTest {

  private static final int N = 10;
  private static final int LATENTS = 3;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(8);

  @AfterEach
  void close() {
    manager.close();
  }

  private double[] normal(int count, double shift) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian() + shift;
    }
    return values;
  }

  private NDArray table(double... values) {
    return manager.create(values, new Shape(values.length / LATENTS, LATENTS));
  }

  private static double distance(double[] x, int i, double[] y, int j) {
    double sum = 0;
    for (int k = 0; k < LATENTS; k++) {
      double difference = x[i * LATENTS + k] - y[j * LATENTS + k];
      sum += difference * difference;
    }
    return sum;
  }

  private static double[] distances(double[] x, double[] y) {
    double[] all = new double[N * N];
    for (int i = 0; i < all.length; i++) {
      all[i] = distance(x, i / N, y, i % N);
    }
    return all;
  }

  /** The estimator written out: unbiased within the samples, all pairs across. */
  private static double plain(double[] z, double[] prior, DoubleUnaryOperator kernel) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        if (i != j) {
          sum += kernel.applyAsDouble(distance(z, i, z, j)) / (N * (N - 1));
          sum += kernel.applyAsDouble(distance(prior, i, prior, j)) / (N * (N - 1));
        }
        sum -= 2 * kernel.applyAsDouble(distance(z, i, prior, j)) / (N * N);
      }
    }
    return sum;
  }

  /**
   * Two kinds of changes go unnoticed because they change nothing: dividing by the published
   * scales, which are their own reciprocals, and asking a square table for its columns in place of
   * its rows.
   */
  @Test
  void discrepanciesAgreeWithPlainSums() {
    double[] z = normal(N * LATENTS, 0.7);
    double[] prior = normal(N * LATENTS, 0);
    double expected =
        plain(
            z,
            prior,
            d -> {
              double sum = 0;
              for (double scale : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10}) {
                double c = 2 * LATENTS * scale;
                sum += c / (c + d);
              }
              return sum;
            });
    // The kernel's constants are rounded to single precision.
    assertEquals(
        expected,
        MaximumMeanDiscrepancy.inverseMultiquadratic(table(z), table(prior)).getDouble(),
        1e-6);
    double width = rank(distances(z, prior)) + rank(distances(z, z));
    assertEquals(
        plain(z, prior, d -> Math.exp(-d / 2 / width)),
        MaximumMeanDiscrepancy.gaussian(table(z), table(prior)).getDouble(),
        1e-12);
  }

  /** The n(n-1)/2-th largest of n^2 distances. */
  private static double rank(double... distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - N * (N - 1) / 2];
  }

  @Test
  void discrepancyVanishesForSamplesOfThePriorAndGrowsWithDistance() {
    int rounds = 100;
    double[] mean = new double[3];
    double squares = 0;
    for (int round = 0; round < rounds; round++) {
      for (int shift = 0; shift < 3; shift++) {
        NDArray z = table(normal(N * LATENTS, shift));
        NDArray prior = table(normal(N * LATENTS, 0));
        double value = MaximumMeanDiscrepancy.inverseMultiquadratic(z, prior).getDouble();
        mean[shift] += value / rounds;
        squares += shift == 0 ? value * value / rounds : 0;
      }
    }
    assertEquals(0, mean[0], 4 * Math.sqrt(squares / rounds), "four standard errors");
    assertTrue(mean[2] > mean[1] && mean[1] > 0.2, Arrays.toString(mean));
  }

  @Test
  void theReconstructionHasThePublishedScale() {
    NDArray black = manager.zeros(new Shape(3, 2, 2, 2), DataType.FLOAT64);
    // Eight pixels per image, each wrong by 0.5: 0.05 * 8 * 0.25.
    assertEquals(0.1, WassersteinCost.of(black, black.add(0.5)).getDouble(), 1e-8);
  }

  @Test
  void pretrainingComparesMeansAndCovariances() {
    double[] z = normal(N * LATENTS, 0.5);
    double[] prior = normal(N * LATENTS, 0);
    double expected = 0;
    for (int a = 0; a < LATENTS; a++) {
      expected += Math.pow(mean(z, a) - mean(prior, a), 2) / LATENTS;
      for (int b = 0; b < LATENTS; b++) {
        double difference = covariance(z, a, b) - covariance(prior, a, b);
        expected += difference * difference / (LATENTS * LATENTS);
      }
    }
    // Both are sums of some hundred products in float64.
    assertEquals(expected, WassersteinCost.moments(table(z), table(prior)).getDouble(), 1e-12);
  }

  private static double mean(double[] x, int column) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += x[i * LATENTS + column] / N;
    }
    return sum;
  }

  private static double covariance(double[] x, int a, int b) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += (x[i * LATENTS + a] - mean(x, a)) * (x[i * LATENTS + b] - mean(x, b)) / (N - 1);
    }
    return sum;
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    NDArray prior = table(normal(N * LATENTS, 0));
    double[] z = normal(N * LATENTS, 0.5);
    DoubleGradients.check(
        manager, x -> MaximumMeanDiscrepancy.inverseMultiquadratic(x, prior), z, N, LATENTS);
    DoubleGradients.check(manager, x -> MaximumMeanDiscrepancy.gaussian(x, prior), z, N, LATENTS);
    DoubleGradients.check(manager, x -> WassersteinCost.moments(x, prior), z, N, LATENTS);
    DoubleGradients.check(manager, x -> WassersteinCost.of(x, prior), z, N, LATENTS);
  }

  @Test
  void aLinearCriticHasAKnownGradientPenalty() {
    // C(x) = w . x has slope |w| = 3 everywhere: (3 - 1)^2 = 4.
    NDArray w = manager.create(new double[] {2, -1, 2}, new Shape(LATENTS, 1));
    NDArray real = table(normal(N * LATENTS, 0));
    NDArray generated = table(normal(N * LATENTS, 1));
    NDArray mix = manager.create(random.doubles(N).toArray(), new Shape(N, 1));
    double penalty =
        GradientMode.recording(
            () -> GradientPenalty.of(x -> x.matMul(w), real, generated, mix).getDouble());
    assertEquals(4, penalty, 1e-9);
  }

  /** The root's derivative at 0 is infinite, and would make every weight of the critic NaN. */
  @Test
  void aFlatCriticHasAFinitePenaltyAndGradient() {
    NDArray w = Operations.leaf(manager.zeros(new Shape(LATENTS, 1), DataType.FLOAT64));
    NDArray real = table(normal(N * LATENTS, 0));
    NDArray generated = table(normal(N * LATENTS, 1));
    NDArray mix = manager.create(random.doubles(N).toArray(), new Shape(N, 1));
    GradientMode.recording(
        () -> {
          NDArray penalty = GradientPenalty.of(x -> x.matMul(w), real, generated, mix);
          assertEquals(1, penalty.getDouble(), 1e-5);
          double[] gradient = Gradients.of(penalty, List.of(w)).singletonOrThrow().toDoubleArray();
          assertArrayEquals(new double[LATENTS], gradient);
          return null;
        });
  }

  @Test
  void theGradientPenaltysOwnGradientAgreesWithFiniteDifferences() {
    NDArray real = table(normal(N * LATENTS, 0));
    NDArray generated = table(normal(N * LATENTS, 1));
    NDArray mix = manager.create(random.doubles(N).toArray(), new Shape(N, 1));
    NDArray last = manager.create(normal(4, 0), new Shape(4, 1));
    // The critic's first layer is what is differentiated: a second derivative of the critic.
    DoubleGradients.check(
        manager,
        w -> GradientPenalty.of(x -> x.matMul(w).tanh().matMul(last), real, generated, mix),
        normal(LATENTS * 4, 0),
        LATENTS,
        4);
  }
}
