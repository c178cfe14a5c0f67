package dev.disentangle.metric.fit;

import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * The directions in which points vary most, found by randomised subspace iteration (Halko et al.
 * 2011, algorithm 4.4), which is cheap where there are many features and few directions are wanted.
 */
public final class PrincipalAxes {

  private static final int EXTRA_DIRECTIONS = 10;
  private static final int ITERATIONS = 8;

  private final double[] mean;
  private final double[][] components;
  private final double[] variances;

  private PrincipalAxes(double[] mean, double[][] components, double[] variances) {
    this.mean = mean;
    this.components = components;
    this.variances = variances;
  }

  /**
   * Fits components.
   *
   * @param rows the points, {@code [points][features]}, centred in place
   * @param latents number of components, in {@code [1, min(points, features)]}
   * @param seed seed of the iteration's start
   * @return the axes of largest variance
   * @throws IllegalArgumentException if {@code latents} is out of range
   */
  public static PrincipalAxes fit(float[][] rows, int latents, long seed) {
    int features = rows[0].length;
    int most = Math.min(rows.length, features);
    if (latents < 1 || latents > most) {
      throw new IllegalArgumentException("latents must be in [1, " + most + "], was " + latents);
    }
    double[] mean = Statistics.means(rows);
    for (float[] row : rows) {
      for (int p = 0; p < features; p++) {
        row[p] -= (float) mean[p];
      }
    }
    int directions = Math.min(most, latents + EXTRA_DIRECTIONS);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] basis = new double[directions][features];
    for (double[] direction : basis) {
      Arrays.setAll(direction, p -> random.nextGaussian());
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      orthonormalise(basis);
      basis = timesScatter(rows, basis);
    }
    orthonormalise(basis);
    return rotate(rows, basis, mean, latents);
  }

  /** Finds the directions of largest variance inside the basis. */
  private static PrincipalAxes rotate(
      float[][] rows, double[][] basis, double[] mean, int latents) {
    double[][] image = timesScatter(rows, basis);
    double[][] small = new double[basis.length][basis.length];
    for (int a = 0; a < basis.length; a++) {
      for (int b = 0; b <= a; b++) {
        small[a][b] = dot(basis[a], image[b]);
        small[b][a] = small[a][b];
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(small));
    double[][] components = new double[latents][mean.length];
    double[] variances = new double[latents];
    for (int j = 0; j < latents; j++) {
      variances[j] = Math.max(0, eigen.getEigenvalue(j)) / Math.max(1, rows.length - 1);
      for (int b = 0; b < basis.length; b++) {
        double weight = eigen.getEigenvector(j).getEntry(b);
        for (int p = 0; p < mean.length; p++) {
          components[j][p] += weight * basis[b][p];
        }
      }
    }
    return new PrincipalAxes(mean, components, variances);
  }

  /** Computes X^T X v for every direction v. */
  private static double[][] timesScatter(float[][] rows, double[][] directions) {
    double[][] products = new double[directions.length][];
    IntStream.range(0, directions.length)
        .parallel()
        .forEach(
            d -> {
              double[] product = new double[rows[0].length];
              for (float[] row : rows) {
                double projection = 0;
                for (int p = 0; p < product.length; p++) {
                  projection += row[p] * directions[d][p];
                }
                for (int p = 0; p < product.length; p++) {
                  product[p] += projection * row[p];
                }
              }
              products[d] = product;
            });
    return products;
  }

  /** Gram-Schmidt, each direction twice against rounding; a dependent direction becomes 0. */
  private static void orthonormalise(double[][] basis) {
    for (int a = 0; a < basis.length; a++) {
      double before = Math.sqrt(dot(basis[a], basis[a]));
      for (int pass = 0; pass < 2; pass++) {
        for (int b = 0; b < a; b++) {
          add(basis[a], basis[b], -dot(basis[a], basis[b]));
        }
      }
      double length = Math.sqrt(dot(basis[a], basis[a]));
      double scale = length > 1e-10 * before ? 1 / length : 0;
      for (int p = 0; p < basis[a].length; p++) {
        basis[a][p] *= scale;
      }
    }
  }

  private static void add(double[] to, double[] other, double factor) {
    for (int p = 0; p < to.length; p++) {
      to[p] += factor * other[p];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += a[p] * b[p];
    }
    return sum;
  }

  /**
   * Returns the mean of the rows.
   *
   * @return {@code [features]}
   */
  public double[] mean() {
    return mean;
  }

  /**
   * Returns the unit directions, that of largest variance first.
   *
   * @return {@code [latents][features]}, not a copy
   */
  public double[][] components() {
    return components;
  }

  /**
   * Returns the variances along the directions, divisor {@code n - 1}.
   *
   * @return {@code [latents]}, in descending order
   */
  public double[] variances() {
    return variances;
  }
}
