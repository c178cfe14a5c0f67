package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;

/**
 * Modularity (Ridgeway and Mozer 2018, section 3): whether each latent depends on one factor only.
 *
 * <p>With {@code m_jk} the mutual information of latent {@code j} and factor {@code k} and {@code
 * theta_j} its maximum over the {@code K} factors,
 *
 * <pre>modularity = 1/D sum_j ( 1 - (sum_k m_jk^2 - theta_j^2) / (theta_j^2 (K - 1)) ).</pre>
 *
 * A latent without information counts as 0, as in disentanglement_lib. Codes are cut into bins of
 * equal width (20 in the reference, on 10,000 points). Factors of one class are left out. Nothing
 * is random.
 *
 * @param value the score, in {@code [0, 1]}; with a single factor every informative latent counts
 *     as 1
 * @param perLatent each latent's term
 * @param estimator how mutual information was estimated
 * @param points number of points
 */
public record ModularityScore(
    double value, double[] perLatent, InformationEstimator estimator, int points) {

  /**
   * Computes the score with 20 bins.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if there are fewer than 20 points or no factor varies
   */
  public static ModularityScore of(LabelledCodes table) {
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
  public static ModularityScore of(LabelledCodes table, int bins) {
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
  public static ModularityScore of(LabelledCodes table, InformationEstimator estimator) {
    double[][] information = FactorInformation.of(table, estimator).nats();
    double[] perLatent = new double[information.length];
    for (int j = 0; j < perLatent.length; j++) {
      perLatent[j] = ofLatent(information[j]);
    }
    return new ModularityScore(Statistics.mean(perLatent), perLatent, estimator, table.size());
  }

  private static double ofLatent(double[] information) {
    double squares = 0;
    double largest = 0;
    for (double value : information) {
      squares += value * value;
      largest = Math.max(largest, value * value);
    }
    if (largest == 0) {
      return 0;
    }
    return information.length == 1
        ? 1
        : 1 - (squares - largest) / (largest * (information.length - 1));
  }
}
