package dev.disentangle.metric.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.count.Statistics;
import java.util.SplittableRandom;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
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

  /** 40 points in 6 dimensions of spread 6 to 1, against the covariance's eigenvectors. */
  @Test
  void axesAreTheEigenvectorsOfTheCovariance() {
    SplittableRandom random = new SplittableRandom(4);
    float[][] rows = new float[40][6];
    for (float[] row : rows) {
      double shared = random.nextGaussian();
      for (int j = 0; j < 6; j++) {
        row[j] = (float) ((6 - j) * random.nextGaussian() + 2 * shared + j);
      }
    }
    RealMatrix covariance = MatrixUtils.createRealMatrix(Statistics.covariance(rows));
    double[] means = Statistics.means(rows);
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(covariance);
    PrincipalAxes axes = PrincipalAxes.fit(rows, 3, 5);
    assertArrayEquals(means, axes.mean(), 1e-9);
    assertEquals(3, axes.components().length);
    for (int j = 0; j < 3; j++) {
      assertEquals(eigen.getEigenvalue(j), axes.variances()[j], 1e-4 * eigen.getEigenvalue(0));
      double cosine = 0;
      double length = 0;
      for (int p = 0; p < 6; p++) {
        cosine += axes.components()[j][p] * eigen.getEigenvector(j).getEntry(p);
        length += axes.components()[j][p] * axes.components()[j][p];
      }
      assertEquals(1, Math.abs(cosine), 1e-4, "axis " + j);
      assertEquals(1, length, 1e-9);
    }
    // The rows are centred in place.
    for (double mean : Statistics.means(rows)) {
      assertEquals(0, mean, 1e-6);
    }
  }

  /** One direction among thousands of features: nothing else varies, and no other is made up. */
  @Test
  void directionsThatDoNotVaryHaveNoVariance() {
    float[][] rows = {{1, 2, 3, 4}, {2, 4, 6, 8}, {3, 6, 9, 12}};
    PrincipalAxes axes = PrincipalAxes.fit(rows, 3, 6);
    assertEquals(30, axes.variances()[0], 1e-4);
    assertEquals(0, axes.variances()[1], 1e-9);
    assertEquals(0, axes.variances()[2], 1e-9);
    assertThrows(IllegalArgumentException.class, () -> PrincipalAxes.fit(rows, 0, 6));
    assertThrows(IllegalArgumentException.class, () -> PrincipalAxes.fit(rows, 4, 6));
    assertThrows(IllegalArgumentException.class, () -> FastIca.unmixing(rows, axes, 1));
  }

  /**
   * Three uniform sources mixed by a matrix that is no rotation: each unmixed component is one of
   * them, of unit variance. 2,000 points leave a correlation with the others near 0.02.
   */
  @Test
  void independentComponentsAreTheSources() {
    SplittableRandom random = new SplittableRandom(7);
    double[][] mixing = {{1, 0.6, -0.3}, {0.2, 1, 0.5}, {-0.7, 0.1, 1}, {0.4, 0.4, 0.4}};
    float[][] rows = new float[2_000][4];
    double[][] sources = new double[3][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int s = 0; s < 3; s++) {
        sources[s][i] = random.nextDouble(-1, 1);
        for (int p = 0; p < 4; p++) {
          rows[i][p] += (float) (mixing[p][s] * sources[s][i]);
        }
      }
    }
    PrincipalAxes axes = PrincipalAxes.fit(rows, 3, 8);
    double[][] weights = FastIca.unmixing(rows, axes, 9);
    boolean[] found = new boolean[3];
    for (double[] row : weights) {
      double[] component = new double[rows.length];
      double squares = 0;
      for (int i = 0; i < rows.length; i++) {
        for (int p = 0; p < 4; p++) {
          component[i] += row[p] * rows[i][p];
        }
        squares += component[i] * component[i];
      }
      assertEquals(1, squares / (rows.length - 1), 1e-3);
      for (int s = 0; s < 3; s++) {
        double correlation = new PearsonsCorrelation().correlation(component, sources[s]);
        found[s] |= Math.abs(correlation) > 0.995;
        assertTrue(Math.abs(correlation) > 0.995 || Math.abs(correlation) < 0.1);
      }
    }
    assertArrayEquals(new boolean[] {true, true, true}, found);
  }
}
