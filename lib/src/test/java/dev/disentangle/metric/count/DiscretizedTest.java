package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiscretizedTest {

  /**
   * The rule of NumPy's histogram and digitize, by plain comparison: how many inner edges {@code
   * min + k width} in single precision a value reaches. Values on every edge and one step beside it
   * are where a quotient rounds to the wrong side.
   */
  @Test
  void valuesOnAndBesideEveryEdgeFallWhereNumPyPutsThem() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 300; trial++) {
      float min = (float) random.nextDouble(-5, 5);
      float max = min + (float) random.nextDouble(1e-3, 7);
      int bins = random.nextInt(2, 40);
      double width = ((double) max - min) / bins;
      float[] values = new float[3 * bins + 1];
      int[] expected = new int[values.length];
      for (int k = 0; k < bins; k++) {
        float edge = (float) (min + k * width);
        values[3 * k] = Math.max(min, Math.nextDown(edge));
        values[3 * k + 1] = edge;
        values[3 * k + 2] = Math.nextUp(edge);
      }
      values[3 * bins] = max;
      for (int i = 0; i < values.length; i++) {
        for (int k = 1; k < bins; k++) {
          expected[i] += values[i] >= (float) (min + k * width) ? 1 : 0;
        }
      }
      assertArrayEquals(expected, Discretized.cut(values, bins), "trial " + trial);
    }
  }

  @Test
  void theLargestValueSharesTheLastBinAndConstantsShareTheFirst() {
    assertArrayEquals(new int[] {0, 1, 3, 3}, Discretized.cut(new float[] {0, 1, 3, 4}, 4));
    assertArrayEquals(new int[3], Discretized.cut(new float[] {7, 7, 7}, 4));
    assertArrayEquals(new int[] {3, 1, 0, 3}, Discretized.cut(new int[] {14, 11, 10, 13}, 4));
  }

  /** 8 points, two latents of two bins: joint counts 3, 1, 1, 3, marginals 4 and 4. */
  @Test
  void informationInClosedForm() {
    float[][] codes = new float[8][];
    int[][] factors = new int[8][];
    for (int i = 0; i < 8; i++) {
      int first = i / 4;
      int second = i % 4 == 3 ? 1 - first : first;
      codes[i] = new float[] {first, second};
      factors[i] = new int[] {9, first == 0 ? 4 : 2, second};
    }
    Discretized two = new Discretized(codes, 2);
    double shared = 2 * 3 / 8.0 * Math.log(3 / 8.0 * 4) + 2 * 1 / 8.0 * Math.log(1 / 8.0 * 4);
    assertEquals(shared, two.betweenLatents(0, 1), 1e-12);
    assertEquals(Math.log(2), two.betweenLatents(1, 1), 1e-12);
    double[][] withFactors = two.withFactors(factors, new int[] {0, 1, 2});
    assertArrayEquals(new double[] {0, Math.log(2), shared}, withFactors[0], 1e-12);
    assertArrayEquals(new double[] {0, shared, Math.log(2)}, withFactors[1], 1e-12);
    assertArrayEquals(new double[] {shared}, two.withFactors(factors, new int[] {1})[1], 1e-12);
  }

  /** Counts 1, 2, 5 of 8. Information never falls below 0 by rounding. */
  @Test
  void entropyInClosedForm() {
    int[] classes = {3, 8, 8, 70_000, 70_000, 70_000, 70_000, 70_000};
    double expected = Math.log(8) / 8 + Math.log(4) / 4 + 5 / 8.0 * Math.log(8 / 5.0);
    assertEquals(expected, Discretized.entropy(classes), 1e-12);
    assertEquals(0, Discretized.entropy(new int[4]));
    // Independent in every count: 7 x 9 points, each pair once.
    float[][] grid = new float[63][];
    for (int i = 0; i < 63; i++) {
      grid[i] = new float[] {i % 7, i / 7};
    }
    double none = new Discretized(grid, 9).betweenLatents(0, 1);
    assertTrue(none >= 0 && none < 1e-12, "information " + none);
  }

  @Test
  void fewerPointsThanBinsAndASingleBinAreRefused() {
    assertDoesNotThrow(() -> new Discretized(new float[3][1], 3));
    assertEquals(
        "codes must have at least as many rows as there are bins, 4, had 3",
        assertThrows(IllegalArgumentException.class, () -> new Discretized(new float[3][1], 4))
            .getMessage());
    assertDoesNotThrow(() -> new Discretized(new float[3][1], 2));
    assertEquals(
        "bins must be at least 2, was 1",
        assertThrows(IllegalArgumentException.class, () -> new Discretized(new float[3][1], 1))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Discretized(new float[3][0], 2));
  }
}
