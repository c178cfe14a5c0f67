package dev.disentangle.metric;

import dev.disentangle.data.ImageData;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * Principal component analysis of pixels as an encoder: the projections on the directions of
 * largest variance, found by randomised subspace iteration (Halko et al. 2011, algorithm 4.4) on a
 * sample of images.
 */
public final class PrincipalComponents {

  /** The number of images that the components are fitted to when none is given. */
  public static final int DEFAULT_IMAGES = 2_000;

  private static final int EXTRA_DIRECTIONS = 10;
  private static final int ITERATIONS = 8;

  private final double[] mean;
  private final double[][] components;
  private final double[] variances;

  private PrincipalComponents(double[] mean, double[][] components, double[] variances) {
    this.mean = mean;
    this.components = components;
    this.variances = variances;
  }

  /**
   * Fits an encoder to {@value #DEFAULT_IMAGES} images, or all if there are fewer.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param seed seed of the sample and of the iteration's start
   * @return the encoder, components of largest variance first
   * @throws IllegalArgumentException if {@code latents} is out of range
   */
  public static LinearEncoder encoder(ImageData data, int latents, long seed) {
    return encoder(data, latents, DEFAULT_IMAGES, seed);
  }

  /**
   * Fits an encoder.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param images images that the components are fitted to, drawn without replacement; more than
   *     there are takes all
   * @param seed seed of the sample and of the iteration's start
   * @return the encoder, components of largest variance first
   * @throws IllegalArgumentException if {@code latents} is out of range
   */
  public static LinearEncoder encoder(ImageData data, int latents, int images, long seed) {
    float[][] sample = sample(data, images, seed);
    PrincipalComponents fitted = fit(sample, latents, seed);
    return new LinearEncoder(data.shape(), fitted.components, fitted.mean);
  }

  /** Reads a sample of images as rows of pixels. */
  static float[][] sample(ImageData data, int images, long seed) {
    int count = Math.min(images, data.size());
    int[] indices = Shuffle.first(data.size(), count, new SplittableRandom(seed));
    int pixels = data.shape().pixels();
    float[][] sample = new float[count][pixels];
    for (int i = 0; i < count; i++) {
      data.read(new int[] {indices[i]}, sample[i]);
    }
    return sample;
  }

  /** Fits components to rows, which are centred in place. */
  static PrincipalComponents fit(float[][] rows, int latents, long seed) {
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
  private static PrincipalComponents rotate(
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
    return new PrincipalComponents(mean, components, variances);
  }

  /** Computes X^T X v for every direction v. */
  private static double[][] timesScatter(float[][] rows, double[][] directions) {
    double[][] products = new double[directions.length][];
    java.util.stream.IntStream.range(0, directions.length)
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

  /** Mean of the rows. */
  double[] mean() {
    return mean;
  }

  /** Unit directions, {@code [latents][features]}. */
  double[][] components() {
    return components;
  }

  /** Variances along the components, in descending order. */
  double[] variances() {
    return variances;
  }
}
