package dev.disentangle.metric.count;

import java.util.Arrays;

/** Moments of code tables {@code [points][latents]} and checks of their values. */
public final class Statistics {

  private Statistics() {}

  /**
   * Checks that a table has a row, equal rows of at least one column, and finite values.
   *
   * @param name what messages call the table
   * @param codes {@code [points][latents]}
   * @throws IllegalArgumentException if it does not
   */
  public static void requireCodes(String name, float[][] codes) {
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

  /**
   * Checks one log variance; minus infinity is a code that is certain.
   *
   * @param logVariance the value
   * @param image whose it is, for the message
   * @param latent of which latent, for the message
   * @throws IllegalArgumentException if it is NaN or positive infinity
   */
  public static void requireLogVariance(double logVariance, int image, int latent) {
    if (!(logVariance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "logVariances must be below infinity, was "
              + logVariance
              + " at image "
              + image
              + ", latent "
              + latent);
    }
  }

  /**
   * Checks a size.
   *
   * @param name what the message calls it
   * @param value the size
   * @param least the least that is allowed
   * @throws IllegalArgumentException if {@code value} is less
   */
  public static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }

  /**
   * Computes the mean of every column.
   *
   * @param codes {@code [points][latents]}
   * @return {@code [latents]}
   */
  public static double[] means(float[][] codes) {
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

  /**
   * Computes the variance of every column.
   *
   * @param codes {@code [points][latents]}
   * @return {@code [latents]}, with the divisor {@code n - 1}, or zeros for a single row
   */
  public static double[] variances(float[][] codes) {
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

  /**
   * Computes the covariance matrix.
   *
   * @param codes {@code [points][latents]}
   * @return {@code [latents][latents]}, with the divisor {@code n - 1}, or zeros for a single row
   */
  public static double[][] covariance(float[][] codes) {
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

  /**
   * Returns one column of a table of classes.
   *
   * @param classes {@code [points][factors]}
   * @param factor which column
   * @return {@code [points]}
   */
  public static int[] column(int[][] classes, int factor) {
    int[] column = new int[classes.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = classes[i][factor];
    }
    return column;
  }

  /**
   * Returns one column of a table of codes.
   *
   * @param codes {@code [points][latents]}
   * @param latent which column
   * @return {@code [points]}
   */
  public static float[] column(float[][] codes, int latent) {
    float[] column = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      column[i] = codes[i][latent];
    }
    return column;
  }

  /**
   * Returns one column of a table of numbers.
   *
   * @param numbers {@code [points][factors]}
   * @param factor which column
   * @return {@code [points]}
   */
  public static double[] column(double[][] numbers, int factor) {
    return Arrays.stream(numbers).mapToDouble(row -> row[factor]).toArray();
  }

  /**
   * Computes a mean.
   *
   * @param values at least one
   * @return their mean
   */
  public static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /**
   * Returns the largest value minus the second largest.
   *
   * @param values at least one
   * @return at least 0; a single value itself
   */
  public static double topMinusSecond(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return sorted[last] - (last == 0 ? 0 : sorted[last - 1]);
  }
}
