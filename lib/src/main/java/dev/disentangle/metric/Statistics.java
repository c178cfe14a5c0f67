package dev.disentangle.metric;

import java.util.Arrays;

/** Moments of code tables {@code [points][latents]} and checks of their values. */
final class Statistics {

  private Statistics() {}

  /** Checks that a table has a row, equal rows of at least one column, and finite values. */
  static void requireCodes(String name, float[][] codes) {
    if (codes.length == 0 || codes[0].length == 0) {
      throw new IllegalArgumentException(name + " must have at least 1 row and 1 latent");
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i].length != codes[0].length) {
        throw new IllegalArgumentException(
            name
                + " must have rows of "
                + codes[0].length
                + " latents, row "
                + i
                + " had "
                + codes[i].length);
      }
      for (int j = 0; j < codes[i].length; j++) {
        if (!Float.isFinite(codes[i][j])) {
          throw new IllegalArgumentException(
              name + " must be finite, was " + codes[i][j] + " at row " + i + ", latent " + j);
        }
      }
    }
  }

  static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }

  static double[] means(float[][] codes) {
    double[] means = new double[codes[0].length];
    for (float[] code : codes) {
      for (int j = 0; j < means.length; j++) {
        means[j] += code[j];
      }
    }
    for (int j = 0; j < means.length; j++) {
      means[j] /= codes.length;
    }
    return means;
  }

  /** Computes variances with the divisor {@code n - 1}, or zeros for a single row. */
  static double[] variances(float[][] codes) {
    double[] means = means(codes);
    double[] variances = new double[means.length];
    for (float[] code : codes) {
      for (int j = 0; j < means.length; j++) {
        double deviation = code[j] - means[j];
        variances[j] += deviation * deviation;
      }
    }
    for (int j = 0; j < means.length; j++) {
      variances[j] /= Math.max(1, codes.length - 1);
    }
    return variances;
  }

  /** Computes the covariance matrix with the divisor {@code n - 1}, or zeros for a single row. */
  static double[][] covariance(float[][] codes) {
    double[] means = means(codes);
    int latents = means.length;
    double[][] covariance = new double[latents][latents];
    double[] deviation = new double[latents];
    for (float[] code : codes) {
      for (int j = 0; j < latents; j++) {
        deviation[j] = code[j] - means[j];
      }
      for (int j = 0; j < latents; j++) {
        for (int k = 0; k <= j; k++) {
          covariance[j][k] += deviation[j] * deviation[k];
        }
      }
    }
    for (int j = 0; j < latents; j++) {
      for (int k = 0; k <= j; k++) {
        covariance[j][k] /= Math.max(1, codes.length - 1);
        covariance[k][j] = covariance[j][k];
      }
    }
    return covariance;
  }

  /** Returns one column of a table. */
  static float[] column(float[][] codes, int latent) {
    float[] column = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      column[i] = codes[i][latent];
    }
    return column;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Returns the largest value minus the second largest; the second of a single value is 0. */
  static double topMinusSecond(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return sorted[last] - (last == 0 ? 0 : sorted[last - 1]);
  }
}
