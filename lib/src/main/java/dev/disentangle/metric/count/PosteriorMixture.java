package dev.disentangle.metric.count;

import dev.disentangle.representation.Codes;

/**
 * The aggregate posterior {@code q(z) = 1/N sum_i prod_j N(z_j; mean_ij, sigma_ij)} of a data set,
 * laid out latent by latent for fast evaluation at many points.
 *
 * <p>Every kernel's exponential is taken in single precision as {@code (1 / T(y))^16}, where {@code
 * y} is a sixteenth of the exponent's size and {@code T} the Taylor polynomial of degree 8 of the
 * exponential: only products, sums, a minimum and one quotient per kernel, which the virtual
 * machine turns into vector instructions. Its relative error is below 4e-6 for exponents down to
 * -12 and grows only where the kernel is below 1e-5 of its peak. At most {@link #FLUSH} kernels are
 * added up in single precision before the sum moves to double precision.
 */
public final class PosteriorMixture {

  /** The largest size of a log variance: beyond it a scale or weight leaves single precision. */
  public static final float LOG_VARIANCE_LIMIT = 80;

  /** The exponent is divided by this before the polynomial, and the result squared four times. */
  private static final int ROOT = 16;

  /**
   * Sixteenths beyond this are cut to it: a kernel of exp(-80) vanishes beside a sample's own, and
   * smaller ones would become subnormal numbers, with which processors are slow.
   */
  private static final float FARTHEST = 5;

  private static final int FLUSH = 32;

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int components;
  private final int latents;
  private final float[][] means;
  private final float[][] scales;
  private final float[] logWeights;
  private final double maxLogWeight;

  /**
   * Lays out posteriors.
   *
   * @param codes the posteriors
   * @throws IllegalArgumentException if they do not satisfy {@link #requireDensities}
   */
  public PosteriorMixture(Codes codes) {
    requireDensities(codes);
    components = codes.size();
    latents = codes.latents();
    means = new float[latents][components];
    scales = new float[latents][components];
    double[] exact = new double[components];
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < components; i++) {
      float[] mean = codes.means()[i];
      float[] logVariance = codes.logVariances()[i];
      for (int j = 0; j < latents; j++) {
        means[j][i] = mean[j];
        scales[j][i] = (float) (Math.exp(-0.5 * logVariance[j]) / Math.sqrt(2.0 * ROOT));
        exact[i] -= 0.5 * logVariance[j];
      }
      max = Math.max(max, exact[i]);
    }
    maxLogWeight = max;
    logWeights = new float[components];
    for (int i = 0; i < components; i++) {
      logWeights[i] = (float) ((exact[i] - max) / ROOT);
    }
  }

  /**
   * Checks that there is a latent, every mean is finite and no variance is out of bounds.
   *
   * @param codes the posteriors
   * @throws IllegalArgumentException if a mean is not finite or a log variance is not in [-80, 80]
   */
  public static void requireDensities(Codes codes) {
    Statistics.requireCodes("means", codes.means());
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < codes.latents(); j++) {
        float logVariance = codes.logVariances()[i][j];
        if (!(Math.abs(logVariance) <= LOG_VARIANCE_LIMIT)) {
          throw new IllegalArgumentException(
              "logVariances must be in [-80, 80] (a deterministic code has no density), was "
                  + logVariance
                  + " at image "
                  + i
                  + ", latent "
                  + j);
        }
      }
    }
  }

  /**
   * Returns the number of latents.
   *
   * @return at least 1
   */
  public int latents() {
    return latents;
  }

  /**
   * Computes {@code log q(z_j)} of one latent.
   *
   * @param latent which latent, {@code j}
   * @param points values of that latent
   * @return natural logarithms of the density, one per point
   */
  public double[] logMarginal(int latent, float[] points) {
    float[] partial = new float[points.length];
    double[] sums = new double[points.length];
    float[] mean = means[latent];
    float[] scale = scales[latent];
    for (int i = 0; i < components; i++) {
      addKernel(points, mean[i], scale[i], partial);
      if ((i + 1) % FLUSH == 0) {
        flush(partial, sums);
      }
    }
    flush(partial, sums);
    // A kernel was weighted by its scale, which is 1 / (sigma sqrt(2 ROOT)).
    double constant = 0.5 * Math.log(2.0 * ROOT) - 0.5 * LOG_TWO_PI - Math.log(components);
    return logarithms(sums, constant);
  }

  /**
   * Computes {@code log q(z)}.
   *
   * @param points the points, {@code [latents][points]}
   * @return natural logarithms of the density, one per point
   */
  public double[] logJoint(float[][] points) {
    int count = points[0].length;
    float[] exponents = new float[count];
    float[] least = new float[count];
    java.util.Arrays.fill(least, Float.POSITIVE_INFINITY);
    for (int i = 0; i < components; i++) {
      exponents(points, i, exponents);
      minimum(exponents, least);
    }
    float[] partial = new float[count];
    double[] sums = new double[count];
    for (int i = 0; i < components; i++) {
      exponents(points, i, exponents);
      addExponential(exponents, least, partial);
      if ((i + 1) % FLUSH == 0) {
        flush(partial, sums);
      }
    }
    flush(partial, sums);
    double constant = maxLogWeight - 0.5 * latents * LOG_TWO_PI - Math.log(components);
    double[] logs = logarithms(sums, constant);
    for (int m = 0; m < count; m++) {
      logs[m] -= (double) ROOT * least[m];
    }
    return logs;
  }

  /**
   * Sets each entry to a sixteenth of the negative log kernel of one component, up to a constant.
   */
  private void exponents(float[][] points, int component, float[] exponents) {
    java.util.Arrays.fill(exponents, -logWeights[component]);
    for (int j = 0; j < latents; j++) {
      addSquares(points[j], means[j][component], scales[j][component], exponents);
    }
  }

  private static void addSquares(float[] points, float mean, float scale, float[] squares) {
    for (int m = 0; m < points.length; m++) {
      float t = (points[m] - mean) * scale;
      squares[m] += t * t;
    }
  }

  private static void minimum(float[] values, float[] least) {
    for (int m = 0; m < values.length; m++) {
      if (values[m] < least[m]) {
        least[m] = values[m];
      }
    }
  }

  private static void addKernel(float[] points, float mean, float scale, float[] sums) {
    for (int m = 0; m < points.length; m++) {
      float t = (points[m] - mean) * scale;
      float y = Math.min(t * t, FARTHEST);
      float taylor = 1f / 5040 + y * (1f / 40320);
      taylor = 1f / 120 + y * (1f / 720 + y * taylor);
      taylor = 1f / 6 + y * (1f / 24 + y * taylor);
      taylor = 1f + y * (1f + y * (0.5f + y * taylor));
      float e = 1f / taylor;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      sums[m] += scale * e;
    }
  }

  private static void addExponential(float[] exponents, float[] least, float[] sums) {
    for (int m = 0; m < exponents.length; m++) {
      float y = Math.min(exponents[m] - least[m], FARTHEST);
      float taylor = 1f / 5040 + y * (1f / 40320);
      taylor = 1f / 120 + y * (1f / 720 + y * taylor);
      taylor = 1f / 6 + y * (1f / 24 + y * taylor);
      taylor = 1f + y * (1f + y * (0.5f + y * taylor));
      float e = 1f / taylor;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      sums[m] += e;
    }
  }

  private static void flush(float[] partial, double[] sums) {
    for (int m = 0; m < sums.length; m++) {
      sums[m] += partial[m];
      partial[m] = 0;
    }
  }

  private static double[] logarithms(double[] sums, double constant) {
    double[] logs = new double[sums.length];
    for (int m = 0; m < sums.length; m++) {
      logs[m] = Math.log(sums[m]) + constant;
    }
    return logs;
  }
}
