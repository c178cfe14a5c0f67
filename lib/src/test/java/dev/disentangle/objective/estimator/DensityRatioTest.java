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
            NDArray loss =
                DensityRatio.rescalable(DensityRatio.discriminatorLoss(ratio, otherRatio), ratio);
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

  /**
   * The ratio of sample {@code i} is {@code certainties[i] + v . tanh(W z_i)} here, so its gradient
   * is known, and as large for a sample that the classifier is sure of as for the others.
   */
  @Test
  void theGradientOfTheMeanRatioDoesNotVanishWhereTheClassifierIsCertain() {
    float[] certainties = {-110, -30, 0, 30, 59, 61, 110, 1_000};
    int samples = certainties.length;
    float[] weight = {0.5f, -1.2f, 0.8f, 0.3f};
    float[] last = {1.5f, -0.7f};
    float[] values = new float[samples * 2];
    double[] expected = new double[values.length];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < samples; i++) {
      values[2 * i] = (float) random.nextGaussian();
      values[2 * i + 1] = (float) random.nextGaussian();
      for (int unit = 0; unit < 2; unit++) {
        double bent =
            Math.tanh(values[2 * i] * weight[unit] + values[2 * i + 1] * weight[2 + unit]);
        for (int j = 0; j < 2; j++) {
          expected[2 * i + j] += last[unit] * (1 - bent * bent) * weight[2 * j + unit] / samples;
        }
      }
    }
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray leaf = Operations.leaf(manager.create(values, new Shape(samples, 2)));
      NDArray w = manager.create(weight, new Shape(2, 2));
      NDArray v = manager.create(last, new Shape(2, 1));
      NDArray offsets = manager.create(certainties);
      NDArray derived =
          GradientMode.recording(
              () -> {
                NDArray ratio = leaf.matMul(w).tanh().matMul(v).reshape(samples).add(offsets);
                NDArray loss =
                    DensityRatio.rescalable(
                        DensityRatio.discriminatorLoss(ratio, ratio.stopGradient()), ratio);
                return DensityRatio.meanLogRatioGradient(
                    Gradients.of(loss, List.of(leaf)).singletonOrThrow(), ratio);
              });
      for (int i = 0; i < expected.length; i++) {
        // A ratio of 1,000 is rounded to 6e-5, and its sigmoid with it; others to less.
        assertEquals(
            expected[i],
            derived.toFloatArray()[i],
            1e-4 * Math.abs(expected[i]),
            "ratio " + certainties[i / 2]);
      }
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
