package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorrelatedGaussianTest {

  private static final int POINTS = 40_000;

  private final CorrelatedGaussian gaussian = new CorrelatedGaussian(0.8);
  private final float[][] samples = gaussian.sample(POINTS, 5);

  private double meanLogRatio(float[][] points) {
    return Arrays.stream(points)
        .mapToDouble(z -> gaussian.logRatio(z[0], z[1]))
        .average()
        .orElse(0);
  }

  @Test
  void meanLogRatioUnderTheSamplesIsTheTotalCorrelation() {
    assertEquals(-0.5 * Math.log(0.36), gaussian.totalCorrelation(), 1e-12);
    // The ratio's standard deviation is r = 0.8: five standard errors of 40,000 samples.
    assertEquals(gaussian.totalCorrelation(), meanLogRatio(samples), 5 * 0.8 / 200);
  }

  @Test
  void samplesHaveTheCovarianceThatTheClosedFormNeeds() {
    assertEquals(gaussian.totalCorrelation(), GaussianTotalCorrelation.of(samples).nats(), 0.02);
  }

  @Test
  void densitiesAreTheRatio() {
    double ratio = Math.log(gaussian.density(0.4, -1) / gaussian.product(0.4, -1));
    assertEquals(gaussian.logRatio(0.4, -1), ratio, 1e-12);
    assertTrue(gaussian.logRatio(1, 1) > 0 && gaussian.logRatio(1, -1) < 0);
    assertEquals(0, new CorrelatedGaussian(0).logRatio(2, 1), 1e-12);
  }

  @Test
  void permutedColumnsKeepTheirValuesAndLoseTheirRelation() {
    float[][] permuted = PermutedDimensions.of(samples, 1);
    for (int j = 0; j < 2; j++) {
      assertArrayEquals(sorted(samples, j), sorted(permuted, j));
    }
    // Correlation of independent samples has a standard error of 1/200.
    assertEquals(0, GaussianTotalCorrelation.of(permuted).nats(), 5e-4);
    assertNotEquals(permuted[0][0], PermutedDimensions.of(samples, 2)[0][0]);
    // Under independence the mean log ratio is negative, TC - r^2 / (1 - r^2).
    double expected = gaussian.totalCorrelation() - 0.64 / 0.36;
    assertEquals(expected, meanLogRatio(permuted), 0.1);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CorrelatedGaussian(1));
    assertThrows(IllegalArgumentException.class, () -> new CorrelatedGaussian(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> gaussian.sample(0, 1));
    assertThrows(IllegalArgumentException.class, () -> PermutedDimensions.of(new float[0][], 1));
  }

  private static float[] sorted(float[][] points, int column) {
    float[] values = new float[points.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = points[i][column];
    }
    Arrays.sort(values);
    return values;
  }
}
