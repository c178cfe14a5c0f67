package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.objective.estimator.MinibatchDensity;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Penalties on a batch's codes against plain sums in double precision. */
class PenaltiesTest {

  private static final int BATCH = 12;
  private static final int LATENTS = 3;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(11);

  @AfterEach
  void close() {
    manager.close();
  }

  private double[] normal(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private NDArray table(double... values) {
    return manager.create(values, new Shape(values.length / LATENTS, LATENTS));
  }

  @Test
  void dipPenaltiesAgreeWithPlainSums() {
    double[] mean = normal(BATCH * LATENTS);
    double[] logVariance = normal(BATCH * LATENTS);
    GaussianPosterior posterior = new GaussianPosterior(table(mean), table(logVariance));
    for (DipVae.Version version : DipVae.Version.values()) {
      double expected = plainDip(version, mean, logVariance, 3, 7);
      DipVae method = new DipVae(version, 3, 7, Adam.of(1e-4));
      // Both are sums of a few hundred products in float64.
      assertEquals(expected, method.penalty(posterior).getDouble(), 1e-10 * expected);
    }
  }

  private static double plainDip(
      DipVae.Version version, double[] mean, double[] logVariance, double off, double on) {
    double penalty = 0;
    for (int a = 0; a < LATENTS; a++) {
      for (int b = 0; b < LATENTS; b++) {
        double product = 0;
        double sumA = 0;
        double sumB = 0;
        double variance = 0;
        for (int i = 0; i < BATCH; i++) {
          product += mean[i * LATENTS + a] * mean[i * LATENTS + b] / BATCH;
          sumA += mean[i * LATENTS + a] / BATCH;
          sumB += mean[i * LATENTS + b] / BATCH;
          variance += Math.exp(logVariance[i * LATENTS + a]) / BATCH;
        }
        double covariance = product - sumA * sumB;
        covariance += version == DipVae.Version.II && a == b ? variance : 0;
        penalty += a == b ? on * Math.pow(covariance - 1, 2) : off * covariance * covariance;
      }
    }
    return penalty;
  }

  @Test
  void dipPenaltyOfTheIdentityIsZero() {
    // Four points at the corners of a square have covariance I.
    NDArray corners = manager.create(new double[] {1, 1, 1, -1, -1, 1, -1, -1}, new Shape(4, 2));
    Posterior certain = new Deterministic().of(corners, 2);
    assertEquals(0, new DipVae(DipVae.Version.I).penalty(certain).getDouble());
    assertEquals(0, new DipVae(DipVae.Version.II).penalty(certain).getDouble());
  }

  @Test
  void capacityGrowsLinearlyAndStays() {
    CapacityVae paper = new CapacityVae();
    assertEquals(0, paper.capacityAt(0));
    assertEquals(12.5, paper.capacityAt(50_000), 1e-12);
    assertEquals(25, paper.capacityAt(100_000));
    assertEquals(25, paper.capacityAt(1_000_000));
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    double[] logVariance = normal(BATCH * LATENTS);
    for (DipVae.Version version : DipVae.Version.values()) {
      DipVae method = new DipVae(version);
      check(x -> method.penalty(new GaussianPosterior(x, table(logVariance).add(x))));
    }
    NDArray noise = table(normal(BATCH * LATENTS));
    for (MinibatchDensity.Weights weights : MinibatchDensity.Weights.values()) {
      NDArray table = weights.table(manager, BATCH, 100);
      check(
          x -> {
            GaussianPosterior posterior = new GaussianPosterior(x, Operations.scale(x, 0.3));
            NDArray z = posterior.sample(noise);
            MinibatchDensity density = MinibatchDensity.of(z, posterior, table);
            return density
                .joint()
                .sub(Operations.scale(density.marginals(), 0.5))
                .add(posterior.logDensity(z))
                .sub(StandardNormal.logDensity(z))
                .mean();
          });
    }
  }

  private void check(UnaryOperator<NDArray> function) {
    DoubleGradients.check(manager, function, normal(BATCH * LATENTS), BATCH, LATENTS);
  }
}
