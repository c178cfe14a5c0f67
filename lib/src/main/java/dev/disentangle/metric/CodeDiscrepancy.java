package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.function.DoubleUnaryOperator;

/**
 * The maximum mean discrepancy of two samples of codes (Gretton et al. 2012, equation 3), in the
 * form that the Wasserstein autoencoder penalises (Tolstikhin et al. 2018, Algorithm 2): unbiased
 * within the samples, and with all pairs across,
 *
 * <pre>
 * 1/(n(n-1)) sum_{i!=j} k(x_i, x_j) + 1/(m(m-1)) sum_{i!=j} k(y_i, y_j) - 2/(nm) sum_ij k(x_i, y_j)
 * </pre>
 *
 * <p>Near 0, and possibly below, for samples of the same distribution. Kernels are functions of the
 * squared distance.
 */
public final class CodeDiscrepancy {

  private static final double[] SCALES = {.1, .2, .5, 1, 2, 5, 10};

  private CodeDiscrepancy() {}

  /**
   * Makes the inverse multiquadratic kernel of the published code: {@code sum_s C_s / (C_s +
   * |x-y|^2)} with {@code C_s = 2 d s} over the scales .1, .2, .5, 1, 2, 5, 10.
   *
   * @param latents {@code d}, at least 1
   * @return the kernel of the squared distance, 7 at 0
   * @throws IllegalArgumentException if {@code latents} is less than 1
   */
  public static DoubleUnaryOperator inverseMultiquadratic(int latents) {
    Statistics.requireAtLeast("latents", latents, 1);
    return square -> {
      double sum = 0;
      for (double scale : SCALES) {
        double constant = 2 * latents * scale;
        sum += constant / (constant + square);
      }
      return sum;
    };
  }

  /**
   * Makes the Gaussian kernel {@code e^(-|x-y|^2 / (2 width))}.
   *
   * @param width above 0
   * @return the kernel of the squared distance, 1 at 0
   * @throws IllegalArgumentException if {@code width} is not above 0
   */
  public static DoubleUnaryOperator gaussian(double width) {
    if (!(width > 0)) {
      throw new IllegalArgumentException("width must be above 0, was " + width);
    }
    return square -> Math.exp(-square / (2 * width));
  }

  /**
   * Computes the discrepancy.
   *
   * @param first codes, {@code [n][latents]}, at least 2
   * @param second codes, {@code [m][latents]}, at least 2
   * @param kernel of the squared distance
   * @return the discrepancy, in units of the kernel
   * @throws IllegalArgumentException if there are fewer than 2 codes, they differ in their number
   *     of latents or a number is not finite
   */
  public static double of(float[][] first, float[][] second, DoubleUnaryOperator kernel) {
    Statistics.requireCodes("first", first);
    Statistics.requireCodes("second", second);
    Statistics.requireAtLeast("codes in first", first.length, 2);
    Statistics.requireAtLeast("codes in second", second.length, 2);
    if (first[0].length != second[0].length) {
      throw new IllegalArgumentException(
          "both must have as many latents, had " + first[0].length + " and " + second[0].length);
    }
    double across = sum(first, second, kernel) / ((double) first.length * second.length);
    return within(first, kernel) + within(second, kernel) - 2 * across;
  }

  private static double within(float[][] codes, DoubleUnaryOperator kernel) {
    double pairs = (double) codes.length * (codes.length - 1);
    return (sum(codes, codes, kernel) - codes.length * kernel.applyAsDouble(0)) / pairs;
  }

  private static double sum(float[][] first, float[][] second, DoubleUnaryOperator kernel) {
    double sum = 0;
    for (float[] x : first) {
      for (float[] y : second) {
        double square = 0;
        for (int j = 0; j < x.length; j++) {
          square += (double) (x[j] - y[j]) * (x[j] - y[j]);
        }
        sum += kernel.applyAsDouble(square);
      }
    }
    return sum;
  }
}
