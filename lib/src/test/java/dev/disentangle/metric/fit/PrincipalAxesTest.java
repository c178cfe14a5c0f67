package dev.disentangle.metric.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PrincipalAxesTest {

  /** Rows on two orthogonal axes: variances 2 * 9 / 3 and 2 * 1 / 3, directions exact. */
  @Test
  void principalComponentsInClosedForm() {
    double r = Math.sqrt(0.5);
    float[][] rows = new float[4][];
    double[][] coordinates = {{3, 0}, {-3, 0}, {0, 1}, {0, -1}};
    for (int i = 0; i < 4; i++) {
      double u = coordinates[i][0];
      double v = coordinates[i][1];
      rows[i] = new float[] {(float) (r * (u + v) + 7), (float) (r * (u - v) - 2), 1};
    }
    PrincipalAxes fitted = PrincipalAxes.fit(rows, 2, 3);
    assertArrayEquals(new double[] {7, -2, 1}, fitted.mean(), 1e-6);
    assertArrayEquals(new double[] {6, 2 / 3.0}, fitted.variances(), 1e-5);
    assertEquals(1, Math.abs(r * (fitted.components()[0][0] + fitted.components()[0][1])), 1e-5);
    assertThrows(IllegalArgumentException.class, () -> PrincipalAxes.fit(rows, 4, 3));
  }
}
