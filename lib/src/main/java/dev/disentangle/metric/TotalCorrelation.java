package dev.disentangle.metric;

/**
 * An estimate of the total correlation of a representation, {@code TC(z) = KL(q(z) || prod_j
 * q(z_j))}, in nats; 0 exactly when the latents are independent.
 *
 * <p>Several estimators give one: {@link TrueTotalCorrelation}, {@link GaussianTotalCorrelation},
 * and {@link #ofLogRatios} from a discriminator's output.
 *
 * @param nats the estimate
 * @param standardError the estimate's standard error from the sampling of {@code z}; NaN where it
 *     is not known: of a single sample, or where no {@code z} is sampled
 * @param estimator which estimator, such as {@code true}
 * @param samples how many points {@code z} were drawn, 0 where none are
 * @param points how many images' codes or posteriors entered
 * @param seed the seed of the sampling, 0 where nothing is sampled
 */
public record TotalCorrelation(
    double nats, double standardError, String estimator, int samples, int points, long seed) {

  /**
   * Averages log density ratios, {@code 1/M sum_m log (D(z_m) / (1 - D(z_m)))}: the estimate that a
   * FactorVAE discriminator makes (Kim and Mnih 2018, section 3).
   *
   * @param logRatios one log ratio per sample of {@code q(z)}, in nats
   * @return the mean, with estimator {@code discriminator} and, of a single ratio, the standard
   *     error NaN
   * @throws IllegalArgumentException if there is no ratio or one is not finite
   */
  public static TotalCorrelation ofLogRatios(double... logRatios) {
    if (logRatios.length == 0) {
      throw new IllegalArgumentException("logRatios must hold at least 1 value, was empty");
    }
    for (double ratio : logRatios) {
      if (!Double.isFinite(ratio)) {
        throw new IllegalArgumentException("logRatios must be finite, one was " + ratio);
      }
    }
    return average(logRatios, "discriminator", logRatios.length, 0);
  }

  static TotalCorrelation average(double[] logRatios, String estimator, int points, long seed) {
    int count = logRatios.length;
    double mean = 0;
    for (double ratio : logRatios) {
      mean += ratio / count;
    }
    double squares = 0;
    for (double ratio : logRatios) {
      squares += (ratio - mean) * (ratio - mean);
    }
    double error = count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    return new TotalCorrelation(mean, error, estimator, count, points, seed);
  }
}
