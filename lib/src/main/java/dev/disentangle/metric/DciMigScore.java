package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;

/**
 * DCIMIG (Sepliarskaia et al. 2019, section 3): every latent stands for the factor it tells most
 * about, by the gap to the factor it tells second most about; every factor counts its best latent.
 *
 * <pre>DCIMIG = sum_k max_(j: a(j) = k) ( I(z_j; v_k) - I(z_j; v_b(j)) ) / sum_k H(v_k),</pre>
 *
 * with {@code a(j)} and {@code b(j)} the factors of largest and second largest mutual information
 * with latent {@code j}; a factor that is no latent's first adds nothing. Codes are cut into bins
 * of equal width over each latent's range, as in the code of the review by Zaidi et al. (2020),
 * whose values it meets. With one factor the second is 0. Constant codes score 0. Factors of one
 * class are left out. Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param gaps the gap that each factor counts, in nats; NaN for a factor of one class
 * @param estimator how mutual information was estimated
 * @param points number of points
 */
public record DciMigScore(double value, double[] gaps, InformationEstimator estimator, int points) {

  /**
   * Computes the score with 20 bins.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if there are fewer than 20 points or no factor varies
   */
  public static DciMigScore of(LabelledCodes table) {
    return of(table, InformationEstimator.bins());
  }

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @param bins bins per latent, at least 2
   * @return the score
   * @throws IllegalArgumentException if {@code bins} is less than 2, there are fewer points than
   *     bins, or no factor varies
   */
  public static DciMigScore of(LabelledCodes table, int bins) {
    return of(table, InformationEstimator.bins(bins));
  }

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @param estimator how mutual information is estimated
   * @return the score
   * @throws IllegalArgumentException if there are too few points for that, or no factor varies
   */
  public static DciMigScore of(LabelledCodes table, InformationEstimator estimator) {
    FactorInformation information = FactorInformation.of(table, estimator);
    int[] factors = information.factors();
    double[] best = new double[factors.length];
    for (double[] ofLatent : information.nats()) {
      int first = 0;
      for (int k = 1; k < ofLatent.length; k++) {
        first = ofLatent[k] > ofLatent[first] ? k : first;
      }
      best[first] = Math.max(best[first], Statistics.topMinusSecond(ofLatent));
    }
    double[] gaps = new double[table.factors()[0].length];
    java.util.Arrays.fill(gaps, Double.NaN);
    double sum = 0;
    double entropies = 0;
    for (int i = 0; i < factors.length; i++) {
      gaps[factors[i]] = best[i];
      sum += best[i];
      entropies += information.entropies()[i];
    }
    return new DciMigScore(sum / entropies, gaps, estimator, table.size());
  }
}
