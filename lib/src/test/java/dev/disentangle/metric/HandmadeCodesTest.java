package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.disentangle.data.FactorSpace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandmadeCodesTest {

  private final FactorSpace space = FactorSpace.of(List.of("size", "x", "y"), 3, 5, 2);
  private final HandmadeCodes codes = HandmadeCodes.of(space);

  @Test
  void factorsRunFromMinusOneToOne() {
    assertArrayEquals(new float[] {0, -0.5f, 1}, codes.values()[space.index(1, 1, 1)], 1e-6f);
    assertEquals(List.of("size", "x", "y"), codes.names());
    assertEquals(space.size(), codes.codes().size());
  }

  @Test
  void latentsComeAndGoWithTheirNames() {
    HandmadeCodes changed = codes.without("x").duplicated("size");
    assertEquals(List.of("size", "y", "size again"), changed.names());
    assertArrayEquals(new float[] {-1, 1, -1}, changed.values()[space.index(0, 4, 1)], 1e-6f);
  }

  @Test
  void aTurnMixesTwoLatentsAndKeepsLengths() {
    HandmadeCodes turned = codes.turned("x", "y", 90);
    float[] row = turned.values()[space.index(2, 1, 1)];
    assertArrayEquals(new float[] {1, 1, 0.5f}, row, 1e-6f);
    assertEquals(List.of("size", "x+y", "y-x"), turned.names());
  }

  @Test
  void noiseHasItsDeviation() {
    FactorSpace larger = FactorSpace.of(List.of("x", "y"), 100, 100);
    HandmadeCodes still = HandmadeCodes.of(larger);
    float[][] noisy = still.noisy(0.2, 3).values();
    double squares = 0;
    for (int i = 0; i < noisy.length; i++) {
      squares += Math.pow(noisy[i][1] - still.values()[i][1], 2);
    }
    // The standard error of a variance from 10,000 values is 1.4 %.
    assertEquals(0.04, squares / noisy.length, 0.04 * 0.07);
    assertArrayEquals(still.values()[7], still.noisy(0, 3).values()[7]);
  }

  @Test
  void aFixedFactorsLatentDoesNotVaryAmongPairs() {
    SplittableRandom random = new SplittableRandom(2);
    float[] feature = HigginsScore.feature(codes.values(), space, 1, 4_000, random);
    assertEquals(0, feature[1]);
    // Two of three sizes drawn at random from -1, 0, 1 are 8/9 apart, two of -1, 1 are 1 apart.
    assertEquals(8 / 9., feature[0], 0.05);
    assertEquals(1, feature[2], 0.06);
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(codes.values(), space, 3, 1, random));
    assertThrows(
        IllegalArgumentException.class,
        () -> HigginsScore.feature(codes.values(), space, 0, 0, random));
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThrows(IllegalArgumentException.class, () -> codes.without("angle"));
    assertThrows(IllegalArgumentException.class, () -> codes.turned("x", "x", 45));
    assertThrows(IllegalArgumentException.class, () -> codes.noisy(-1, 0));
  }
}
