package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.Terms;
import dev.disentangle.metric.CorrelatedGaussian;
import org.junit.jupiter.api.Test;

class DensityRatioTrainingTest {

  private final CorrelatedGaussian gaussian = new CorrelatedGaussian(0.8);

  @Test
  void theEstimateReachesAKnownTotalCorrelation() {
    float[][] codes = gaussian.sample(20_000, 1);
    try (DensityRatioTraining training = new DensityRatioTraining(codes, 0)) {
      training.run(300);
      // The truth is 0.51 nats; a network that learned for 300 steps is off by a few hundredths.
      assertEquals(gaussian.totalCorrelation(), training.estimate(), 0.1);
      assertTrue(training.history().last(Terms.DISCRIMINATOR_LOSS) < Math.log(2) - 0.05);
      assertTrue(training.history().last(Terms.DISCRIMINATOR_ACCURACY) > 0.6);
      double[] ratios = training.logRatios(new float[][] {{1, 1}, {1, -1}});
      assertTrue(ratios[0] > 0 && ratios[1] < 0, "correlated codes look like q, others permuted");
    }
  }

  @Test
  void stepsMayBeDividedAndRepeat() {
    float[][] codes = gaussian.sample(1_000, 1);
    try (DensityRatioTraining one = new DensityRatioTraining(codes, 3).run(20);
        DensityRatioTraining two = new DensityRatioTraining(codes, 3).run(7).run(13)) {
      assertArrayEquals(
          one.history().values(Terms.TOTAL_CORRELATION_ESTIMATE),
          two.history().values(Terms.TOTAL_CORRELATION_ESTIMATE));
    }
  }

  @Test
  void nothingIsLearnedFromNothing() {
    assertThrows(IllegalArgumentException.class, () -> new DensityRatioTraining(new float[0][], 0));
    try (DensityRatioTraining training = new DensityRatioTraining(gaussian.sample(9, 1), 0)) {
      assertThrows(IllegalArgumentException.class, () -> training.run(-1));
    }
  }
}
