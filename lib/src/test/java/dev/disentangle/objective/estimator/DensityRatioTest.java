package dev.disentangle.objective.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The density-ratio trick on a distribution whose total correlation is known. */
class DensityRatioTest {

  private static final int BATCH = 512;
  private static final double CORRELATION = 0.8;

  @Test
  void aTrainedDiscriminatorEstimatesTheTotalCorrelationOfAGaussian() {
    // TC of a bivariate Gaussian: -log(1 - correlation^2) / 2 = 0.5108 nats.
    double exact = -0.5 * Math.log(1 - CORRELATION * CORRELATION);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Network discriminator =
          Network.of(
              "discriminator",
              Architectures.small().discriminator(2, 2),
              new long[] {2},
              new long[] {2},
              manager,
              new SplittableRandom(1));
      double estimate = 0;
      try (Player player =
          new Player("discriminator", Adam.of(1e-3, 0.5, 0.9), List.of(discriminator))) {
        for (int step = 0; step < 600; step++) {
          double value = trainingStep(manager, discriminator, player, step);
          estimate += step >= 500 ? value / 100 : 0;
        }
      }
      // The mean log ratio of 100 batches of 512 has a standard error of about 0.004; the rest of
      // the 15 % is for what the network has not learnt.
      assertEquals(exact, estimate, 0.15 * exact);
    }
  }

  @Test
  void oneBackwardPassGivesTheTotalCorrelationsGradientToo() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Network discriminator =
          Network.of(
              "discriminator",
              Architectures.small().discriminator(3, 2),
              new long[] {3},
              new long[] {2},
              manager,
              new SplittableRandom(1));
      Step step = new Step(0, manager, List.of(), 1);
      NDArray leaf = Operations.leaf(step.normal(8, 3).mul(5f));
      NDArray other = step.normal(8, 3);
      GradientMode.recording(
          () -> {
            NDArray ratio =
                Operations.scale(Operations.logDensityRatio(discriminator.forward(leaf)), 20);
            NDArray otherRatio = Operations.logDensityRatio(discriminator.forward(other));
            NDArray plain =
                Gradients.of(ratio.mean(), List.of(leaf), Gradients.Graph.RETAIN)
                    .singletonOrThrow();
            NDArray loss = DensityRatio.discriminatorLoss(ratio, otherRatio);
            NDArray derived =
                DensityRatio.meanLogRatioGradient(
                    Gradients.of(loss, List.of(leaf)).singletonOrThrow(), ratio);
            float largest = plain.abs().max().getFloat();
            // Both are sums of a few thousand single-precision products.
            assertArrayEquals(plain.toFloatArray(), derived.toFloatArray(), 1e-4f * largest);
            return null;
          });
    }
  }

  private static double trainingStep(
      NDManager manager, Network discriminator, Player player, int number) {
    try (NDManager scope = manager.newSubManager()) {
      Step step = new Step(number, scope, List.of(), 1_000 + number);
      NDArray z = correlated(step);
      NDArray permuted =
          Operations.permuteDimensions(correlated(step), step.permutations(BATCH, 2));
      return GradientMode.recording(
          () -> {
            NDArray ratio = Operations.logDensityRatio(discriminator.forward(z));
            step.minimise(
                player,
                DensityRatio.discriminatorLoss(
                    ratio, Operations.logDensityRatio(discriminator.forward(permuted))));
            step.update();
            return (double) ratio.mean().getFloat();
          });
    }
  }

  private static NDArray correlated(Step step) {
    float[] values = new float[BATCH * 2];
    for (int i = 0; i < BATCH; i++) {
      double x = step.random().nextGaussian();
      double noise = step.random().nextGaussian();
      values[2 * i] = (float) x;
      values[2 * i + 1] =
          (float) (CORRELATION * x + Math.sqrt(1 - CORRELATION * CORRELATION) * noise);
    }
    return step.manager().create(values, new Shape(BATCH, 2));
  }
}
