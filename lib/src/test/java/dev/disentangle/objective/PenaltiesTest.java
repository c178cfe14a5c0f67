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
import dev.disentangle.tensor.Operations;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts of the penalties on a batch's codes; their values are in the package of oracles. */
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
  void dipPenaltyOfTheIdentityIsZero() {
    // Four points at the corners of a square have covariance I.
    NDArray corners = manager.create(new double[] {1, 1, 1, -1, -1, 1, -1, -1}, new Shape(4, 2));
    Posterior certain = new Deterministic().of(corners, 2);
    assertEquals(0, new DipVae(DipVae.Version.I).penalty(certain).getDouble());
    assertEquals(0, new DipVae(DipVae.Version.II).penalty(certain).getDouble());
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
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
