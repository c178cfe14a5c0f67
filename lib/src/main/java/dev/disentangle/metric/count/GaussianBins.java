package dev.disentangle.metric.count;

import dev.disentangle.representation.Codes;
import org.hipparchus.special.Erf;

/** How the posteriors of one latent are spread over bins of equal width. */
public final class GaussianBins {

  private GaussianBins() {}

  /**
   * Computes the mass that each posterior gives to each bin; what lies outside the range belongs to
   * the outermost bins.
   *
   * @param codes the posteriors
   * @param latent which latent
   * @param bins number of bins, at least 2
   * @param range the bins cover {@code [-range, range]}
   * @return {@code [points][bins]}, each row with the sum 1
   * @throws IllegalArgumentException if a log variance is NaN or positive infinity
   */
  public static double[][] masses(Codes codes, int latent, int bins, double range) {
    double[][] masses = new double[codes.size()][bins];
    for (int i = 0; i < masses.length; i++) {
      double logVariance = codes.logVariances()[i][latent];
      Statistics.requireLogVariance(logVariance, i, latent);
      double scale = Math.sqrt(2) * Math.exp(0.5 * logVariance);
      double below = 0;
      for (int b = 0; b < bins; b++) {
        double edge = -range + 2 * range * (b + 1) / bins;
        double upTo = b + 1 == bins ? 1 : share(edge - codes.means()[i][latent], scale);
        masses[i][b] = upTo - below;
        below = upTo;
      }
    }
    return masses;
  }

  /** The share of a Gaussian below a point at a distance from its mean; of a point 0 or 1. */
  private static double share(double distance, double scale) {
    if (scale == 0) {
      return distance > 0 ? 1 : 0;
    }
    return 0.5 * Erf.erfc(-distance / scale);
  }
}
