package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class AggregateNormalityTest {

  private static final int POINTS = 1_000;
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  /** The middle of the i-th of equally probable ranges. */
  private static float quantile(int i) {
    return (float) NORMAL.inverseCumulativeProbability((i + 0.5) / POINTS);
  }

  /**
   * Quantiles are half a step from the distribution everywhere, 0.0005. Shifted by c they are
   * Phi(c/2) - Phi(-c/2) from it at c/2, for 0.5 0.19741, give or take a step.
   */
  @Test
  void aShiftedAxisIsAsFarAsTheShift() {
    float[][] codes = new float[POINTS][2];
    for (int i = 0; i < POINTS; i++) {
      // 389 and 1,000 have no common divisor: the second axis takes every quantile once.
      codes[i] = new float[] {quantile(i), quantile(i * 389 % POINTS)};
    }
    AggregateNormality prior = AggregateNormality.of(codes, 0, 1);
    assertEquals(0.0005, prior.onAxes(), 1e-6);
    assertEquals(prior.onAxes(), prior.value());
    assertEquals(1, prior.probability());
    assertEquals(2, prior.directions());
    assertEquals(POINTS, prior.points());
    for (float[] code : codes) {
      code[1] += 0.5f;
    }
    AggregateNormality shifted = AggregateNormality.of(codes, 0, 1);
    assertEquals(0.19741, shifted.onAxes(), 0.001);
    assertTrue(shifted.probability() < 1e-9, shifted::toString);
  }

  /**
   * The same number twice has no flaw along an axis; along the diagonal its deviation is sqrt(2).
   */
  @Test
  void dependenceShowsBesideTheAxes() {
    float[][] codes = new float[POINTS][];
    for (int i = 0; i < POINTS; i++) {
      codes[i] = new float[] {quantile(i), quantile(i)};
    }
    AggregateNormality copied = AggregateNormality.of(codes, 50, 1);
    assertEquals(0.0005, copied.onAxes(), 1e-6);
    // Across the diagonal all codes are 0: half of the distribution lies on either side.
    assertTrue(copied.value() > 0.3 && copied.value() <= 0.5, copied::toString);
    assertEquals(52, copied.directions());
    assertTrue(copied.probability() < 1e-9, copied::toString);
    assertEquals(copied, AggregateNormality.of(codes, 50, 1));
  }

  @Test
  void thePriorsOwnCodesPass() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] codes = new float[POINTS][4];
    for (float[] code : codes) {
      for (int latent = 0; latent < code.length; latent++) {
        code[latent] = (float) random.nextGaussian();
      }
    }
    AggregateNormality own = AggregateNormality.of(codes, 20, 1);
    assertTrue(own.probability() > 0.05, own::toString);
    assertTrue(own.value() < 0.07, own::toString);
  }

  @Test
  void badInputIsNamed() {
    assertThrows(
        IllegalArgumentException.class, () -> AggregateNormality.of(new float[1][2], 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> AggregateNormality.of(new float[3][2], -1, 1));
    assertThrows(IllegalArgumentException.class, () -> AggregateNormality.of(new float[0][], 1, 1));
  }
}
