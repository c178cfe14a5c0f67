package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SubsetTotalCorrelationTest {

  private static final int IMAGES = 100_000;
  private static final int SUBSET = 4_000;

  /** Posteriors of one width around independent standard normal means of six latents. */
  private static Codes posteriors(double sigma) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] means = new float[IMAGES][6];
    float[][] logVariances = new float[IMAGES][6];
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < 6; j++) {
        means[i][j] = (float) random.nextGaussian();
        logVariances[i][j] = (float) (2 * Math.log(sigma));
      }
    }
    return new Codes(means, logVariances);
  }

  private static Codes first(Codes codes, int count) {
    return new Codes(
        Arrays.copyOf(codes.means(), count), Arrays.copyOf(codes.logVariances(), count));
  }

  /**
   * Posteriors that touch no other: equal weights are too large by log 25 = 3.2 nats. The standard
   * error of 2,000 samples is 0.05 on both sides.
   */
  @Test
  void narrowPosteriorsGiveWhatAllOfThemGive() {
    Codes all = posteriors(0.02);
    double truth = TrueTotalCorrelation.of(all, 2_000, 1).nats();
    Codes some = first(all, SUBSET);
    TotalCorrelation estimate = SubsetTotalCorrelation.of(some, IMAGES, 2_000, 2);
    assertEquals(truth, estimate.nats(), 0.3);
    assertTrue(TrueTotalCorrelation.of(some, 2_000, 2).nats() > truth + 2.5, "equal weights");
    assertEquals("subset", estimate.estimator());
    assertEquals(SUBSET, estimate.points());
  }

  /**
   * Where each posterior overlaps with many others of the subset its own weight hardly matters:
   * q(z) is nearly normal and the truth nearly 0. Equal weights give more.
   */
  @Test
  void widePosteriorsGiveWhatAllOfThemGive() {
    Codes all = posteriors(0.8);
    double truth = TrueTotalCorrelation.of(all, 4_000, 1).nats();
    double estimate = SubsetTotalCorrelation.of(first(all, SUBSET), IMAGES, 4_000, 2).nats();
    assertEquals(truth, estimate, 0.05);
  }

  /** In between the estimate is below the truth and that of equal weights above it. */
  @Test
  void theTruthLiesBetweenThisAndEqualWeights() {
    Codes all = posteriors(0.2);
    double truth = TrueTotalCorrelation.of(all, 2_000, 1).nats();
    Codes some = first(all, SUBSET);
    double estimate = SubsetTotalCorrelation.of(some, IMAGES, 2_000, 2).nats();
    double equal = TrueTotalCorrelation.of(some, 2_000, 2).nats();
    assertTrue(estimate < truth && truth < equal, estimate + " < " + truth + " < " + equal);
    assertTrue(truth - estimate < equal - truth, estimate + " < " + truth + " < " + equal);
  }

  @Test
  void weightsAreThoseOfTheFormula() {
    // 3 of 7 images: densities 2 (own), 0.5 and 0.3.
    double equal = Math.log((2 + 0.5 + 0.3) / 3);
    double expected = Math.log(2.0 / 7 + 6.0 / (7 * 2) * (0.5 + 0.3));
    assertEquals(expected, SubsetTotalCorrelation.weighted(equal, Math.log(2), 3, 7), 1e-12);
    // All images: the mixture itself.
    assertEquals(equal, SubsetTotalCorrelation.weighted(equal, Math.log(2), 3, 3), 1e-12);
    // An own density that vanishes beside the others, and others that vanish beside it.
    assertEquals(
        Math.log(3.0 / 7) + Math.log(6.0 / 2),
        SubsetTotalCorrelation.weighted(0, -1_000, 3, 7),
        1e-12);
    assertEquals(
        -Math.log(7), SubsetTotalCorrelation.weighted(-Math.log(3) - 1e-9, 0, 3, 7), 1e-12);
  }

  @Test
  void impossibleSizesAreNamed() {
    Codes codes = new Codes(new float[3][1], new float[3][1]);
    assertThrows(
        IllegalArgumentException.class, () -> SubsetTotalCorrelation.of(codes, 2, 10, 0), "images");
    assertThrows(IllegalArgumentException.class, () -> SubsetTotalCorrelation.of(codes, 3, 0, 0));
    Codes one = new Codes(new float[1][1], new float[1][1]);
    assertThrows(IllegalArgumentException.class, () -> SubsetTotalCorrelation.of(one, 3, 10, 0));
  }
}
