package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;

/**
 * The mutual information gap, MIG (Chen et al. 2018, section 4.1):
 *
 * <pre>MIG = 1/K sum_k 1/H(v_k) ( I(z_a; v_k) - I(z_b; v_k) ),</pre>
 *
 * with {@code a} and {@code b} the latents of largest and second largest mutual information with
 * factor {@code k}. Mutual information is that of codes cut into bins of equal width over each
 * latent's range, as in disentanglement_lib (20 bins, 10,000 points); the paper integrates over the
 * posterior instead; {@link InformationEstimator#neighbours} cuts nothing. With one latent the
 * second is 0. Constant codes score 0. Factors of one class are left out. Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param gaps one gap per factor, divided by its entropy; NaN for a factor of one class, which has
 *     no gap
 * @param mutualInformation {@code [latents][factors]}, in nats
 * @param entropies of the factors, in nats; see {@link InformationEstimator} for continuous ones
 * @param estimator how mutual information was estimated
 * @param points number of points
 */
public record MutualInformationGap(
    double value,
    double[] gaps,
    double[][] mutualInformation,
    double[] entropies,
    InformationEstimator estimator,
    int points) {

  /**
   * Computes the score with 20 bins.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if there are fewer than 20 points or no factor varies
   */
  public static MutualInformationGap of(LabelledCodes table) {
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
  public static MutualInformationGap of(LabelledCodes table, int bins) {
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
  public static MutualInformationGap of(LabelledCodes table, InformationEstimator estimator) {
    int factors = table.factors()[0].length;
    FactorInformation some = FactorInformation.of(table, estimator);
    double[][] information = new double[table.latents()][factors];
    double[] gaps = new double[factors];
    Arrays.fill(gaps, Double.NaN);
    double[] entropies = new double[factors];
    double sum = 0;
    for (int i = 0; i < some.factors().length; i++) {
      int factor = some.factors()[i];
      double[] column = Statistics.column(some.nats(), i);
      for (int j = 0; j < column.length; j++) {
        information[j][factor] = column[j];
      }
      entropies[factor] = some.entropies()[i];
      gaps[factor] = Statistics.topMinusSecond(column) / entropies[factor];
      sum += gaps[factor];
    }
    return new MutualInformationGap(
        sum / some.factors().length, gaps, information, entropies, estimator, table.size());
  }

  @Override
  public String toString() {
    return "MutualInformationGap[" + value + ", gaps " + Arrays.toString(gaps) + "]";
  }
}
