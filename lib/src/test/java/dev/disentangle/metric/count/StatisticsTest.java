package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  /** Deviations from the means (2, 5): (-2, -3), (0, 0), (2, 3). */
  private static final float[][] LINE = {{0, 2}, {2, 5}, {4, 8}};

  @Test
  void momentsInClosedForm() {
    assertArrayEquals(new double[] {2, 5}, Statistics.means(LINE));
    assertArrayEquals(new double[] {4, 9}, Statistics.variances(LINE));
    double[][] covariance = Statistics.covariance(LINE);
    assertArrayEquals(new double[] {4, 6}, covariance[0]);
    assertArrayEquals(new double[] {6, 9}, covariance[1]);
    assertEquals(2, Statistics.mean(new double[] {1, 5, 0}));
  }

  /** One point has a mean and no spread: zeros, not 0 / 0. */
  @Test
  void momentsOfASinglePoint() {
    float[][] point = {{3, -1}};
    assertArrayEquals(new double[] {3, -1}, Statistics.means(point));
    assertArrayEquals(new double[2], Statistics.variances(point));
    assertArrayEquals(new double[2], Statistics.covariance(point)[0]);
    assertArrayEquals(new double[2], Statistics.covariance(point)[1]);
  }

  @Test
  void columns() {
    assertArrayEquals(new float[] {2, 5, 8}, Statistics.column(LINE, 1));
    assertArrayEquals(new int[] {7, 9}, Statistics.column(new int[][] {{6, 7}, {8, 9}}, 1));
  }

  @Test
  void gapBetweenTheTwoLargest() {
    assertEquals(0.5, Statistics.topMinusSecond(new double[] {0.25, 0.75, 0, 0.25}));
    assertEquals(0, Statistics.topMinusSecond(new double[] {0.5, 0.5}));
    assertEquals(0.75, Statistics.topMinusSecond(new double[] {0.75}), "nothing is second");
  }

  @Test
  void tablesThatAreNoneAreNamed() {
    assertDoesNotThrow(() -> Statistics.requireCodes("codes", new float[1][1]));
    assertMessage("codes must have at least 1 row and 1 latent", new float[0][]);
    assertMessage("codes must have at least 1 row and 1 latent", new float[1][0]);
    assertMessage("codes must have rows of 2 latents, row 2 had 3", new float[2][2], new float[3]);
    float[][] broken = {{1, 2, 3}, {4, 5, Float.NaN}};
    assertMessage("codes must be finite, was NaN at row 1, latent 2", broken);
  }

  private static void assertMessage(String message, float[][] codes, float[]... more) {
    float[][] all = new float[codes.length + more.length][];
    System.arraycopy(codes, 0, all, 0, codes.length);
    System.arraycopy(more, 0, all, codes.length, more.length);
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Statistics.requireCodes("codes", all))
            .getMessage());
  }

  @Test
  void sizesBelowTheLeastAreNamed() {
    assertDoesNotThrow(() -> Statistics.requireAtLeast("bins", 2, 2));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Statistics.requireAtLeast("bins", 1, 2))
            .getMessage();
    assertTrue(message.equals("bins must be at least 2, was 1"), message);
  }

  /** (x - 2) / sqrt(8 / 3) and (x - 5) / sqrt(6): divisor n; the third column does not vary. */
  @Test
  void standardisationInClosedForm() {
    float[][] points = {{0, 2, 0.1f}, {2, 5, 0.1f}, {4, 8, 0.1f}};
    Standardisation standard = Standardisation.of(points);
    assertArrayEquals(new double[] {Math.sqrt(8 / 3.0), Math.sqrt(6), 0}, standard.scales(), 1e-12);
    float[][] applied = standard.apply(new float[][] {{4, 5, 7}, {2, 2, 0.1f}});
    assertArrayEquals(new float[] {(float) (2 / Math.sqrt(8 / 3.0)), 0, 0}, applied[0], 1e-6f);
    assertArrayEquals(new float[] {0, (float) (-3 / Math.sqrt(6)), 0}, applied[1], 1e-6f);
    // A mean of a third of a million tenths is off by rounding, which is no spread.
    float[][] tenths = new float[333_333][];
    java.util.Arrays.fill(tenths, new float[] {0.1f});
    assertEquals(0, Standardisation.of(tenths).scales()[0]);
  }
}
