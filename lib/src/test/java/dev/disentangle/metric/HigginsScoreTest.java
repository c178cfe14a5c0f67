package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HigginsScoreTest {

  private static HigginsScore score(float[][] codes) {
    return HigginsScore.of(codes, SyntheticCodes.SPACE, HigginsProtocol.reference(), 1);
  }

  @Test
  void trueFactorsScoreOne() {
    assertEquals(1, score(SyntheticCodes.identity()).value(), 0.001);
  }

  /** Chance is 1/4 with a standard error of 0.006 over 5,000 vectors. */
  @Test
  void constantAndNoiseScoreNearChance() {
    assertEquals(0.25, score(SyntheticCodes.constant()).value(), 0.02);
    assertEquals(0.25, score(SyntheticCodes.noise(5)).value(), 0.03);
  }

  @Test
  void rotatedCodesScoreLower() {
    assertTrue(score(SyntheticCodes.rotated()).value() < 0.95);
  }

  @Test
  void pointsOutsideAGridGiveTheSameScoreAsTheGrid() {
    float[][] rotated = SyntheticCodes.rotated();
    HigginsScore table =
        HigginsScore.of(SyntheticCodes.labelled(rotated), HigginsProtocol.reference(), 2);
    // Two independent runs of 5,000 vectors: 0.02 is more than two standard errors of the
    // difference.
    assertEquals(score(rotated).value(), table.value(), 0.02);
  }

  @Test
  void badInputIsNamed() {
    float[][] codes = SyntheticCodes.identity();
    codes[0][0] = Float.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> score(codes));
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.of(new float[3][2], SyntheticCodes.SPACE, HigginsProtocol.paper(), 1));
    assertThrows(IllegalArgumentException.class, () -> new HigginsProtocol("x", 1, 0, 1));
  }

  /**
   * The first latent is a coin that factor a tosses: fixed it does not differ, free it differs one
   * time in two, by 4. The mean of 4,000 pairs has a deviation of 0.03.
   */
  @Test
  void featuresAreMeanDistancesOfPairsThatShareAFactor() {
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 2, 5);
    float[][] codes = new float[10][];
    for (int i = 0; i < 10; i++) {
      codes[i] = new float[] {-4 * space.value(i, 0), 7, space.value(i, 1)};
    }
    float[] shared = HigginsScore.feature(codes, space, 0, 4_000, new SplittableRandom(1));
    assertEquals(0, shared[0]);
    assertEquals(0, shared[1]);
    // Two numbers below 5 differ by 1.6 on average.
    assertEquals(1.6, shared[2], 0.1);
    float[] free = HigginsScore.feature(codes, space, 1, 4_000, new SplittableRandom(1));
    assertEquals(2, free[0], 0.15);
    assertEquals(0, free[2]);
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(codes, space, 2, 1, new SplittableRandom(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(codes, space, -1, 1, new SplittableRandom(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(codes, space, 0, 0, new SplittableRandom(1)));
  }

  @Test
  void sameSeedGivesTheSameScore() {
    HigginsScore once = score(SyntheticCodes.noise(5));
    assertEquals(once, score(SyntheticCodes.noise(5)));
    assertEquals(1, once.seed());
    assertEquals(HigginsProtocol.reference(), once.protocol());
    assertEquals(once.value(), once.evaluationAccuracy());
  }

  /** A single pair is a distance of 0 or 4, each half of the time, in the first latent, too. */
  @Test
  void onePairIsOneDistance() {
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 2, 5);
    float[][] codes = new float[10][];
    for (int i = 0; i < 10; i++) {
      codes[i] = new float[] {4 * space.value(i, 0)};
    }
    SplittableRandom random = new SplittableRandom(3);
    int apart = 0;
    for (int i = 0; i < 400; i++) {
      float distance = HigginsScore.feature(codes, space, 1, 1, random)[0];
      assertTrue(distance == 0 || distance == 4);
      apart += distance == 4 ? 1 : 0;
    }
    // 200 with a deviation of 10.
    assertEquals(200, apart, 45);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> HigginsScore.feature(codes, space, 2, 1, random))
            .getMessage();
    assertEquals("factor must be from 0 to 1, was 2", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(new float[9][1], space, 0, 1, random));
  }
}
