package dev.disentangle.metric.count;

/**
 * Brings every column of a table to zero mean and unit variance (divisor {@code n}), by the
 * statistics of the points that a classifier is fitted to.
 *
 * @param means mean of every column
 * @param scales standard deviation of every column; 0 for a constant one
 */
public record Standardisation(double[] means, double[] scales) {

  /**
   * Measures columns.
   *
   * @param codes {@code [points][latents]}
   * @return their standardisation
   */
  public static Standardisation of(float[][] codes) {
    double[] means = Statistics.means(codes);
    double[] scales = Statistics.variances(codes);
    double toPopulation = (codes.length - 1.0) / codes.length;
    for (int j = 0; j < scales.length; j++) {
      double scale = Math.sqrt(scales[j] * toPopulation);
      // A constant column may miss its own mean by rounding.
      scales[j] = scale <= 1e-12 * Math.abs(means[j]) ? 0 : scale;
    }
    return new Standardisation(means, scales);
  }

  /**
   * Standardises points.
   *
   * @param codes {@code [points][latents]}
   * @return new points; 0 in constant columns
   */
  public float[][] apply(float[][] codes) {
    float[][] standard = new float[codes.length][means.length];
    for (int i = 0; i < codes.length; i++) {
      for (int j = 0; j < means.length; j++) {
        standard[i][j] = scales[j] > 0 ? (float) ((codes[i][j] - means[j]) / scales[j]) : 0;
      }
    }
    return standard;
  }
}
