package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
