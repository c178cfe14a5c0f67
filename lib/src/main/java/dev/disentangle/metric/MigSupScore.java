package dev.disentangle.metric;

import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;

/**
 * MIG-sup (Li et al. 2020, section 4): the mutual information gap seen from the latents, so that a
 * latent that holds two factors is punished, which {@link MutualInformationGap} does not see.
 *
 * <pre>MIG-sup = 1/D sum_j ( I'(z_j; v_a) - I'(z_j; v_b) ),</pre>
 *
 * with {@code a} and {@code b} the factors of largest and second largest normalised information
 * {@code I'} with latent {@code j}. The paper divides the information by the factor's entropy; the
 * code of the review by Zaidi et al. (2020) by the latent's: see {@link Normalisation}. Codes are
 * cut into bins of equal width over each latent's range. With one factor the second is 0. Constant
 * latents are left out of the mean, and constant codes score 0; the authors' code leaves out
 * whatever latent is not active, see {@link ActiveUnits}. Factors of one class are left out.
 * Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param gaps one gap per latent; NaN for a constant one
 * @param normalisation what the information is divided by
 * @param estimator how mutual information was estimated
 * @param points number of points
 */
public record MigSupScore(
    double value,
    double[] gaps,
    Normalisation normalisation,
    InformationEstimator estimator,
    int points) {

  /** What mutual information is divided by. */
  public enum Normalisation {
    /** The factor's entropy, as in the paper. */
    FACTOR_ENTROPY,
    /** The entropy of the latent's bins, as in the code of Zaidi et al. (2020). */
    CODE_ENTROPY
  }

  /**
   * Computes the score as the paper does, with 20 bins.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if there are fewer than 20 points or no factor varies
   */
  public static MigSupScore of(LabelledCodes table) {
    return of(table, InformationEstimator.bins(), Normalisation.FACTOR_ENTROPY);
  }

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @param bins bins per latent, at least 2
   * @param normalisation what the information is divided by
   * @return the score
   * @throws IllegalArgumentException if {@code bins} is less than 2, there are fewer points than
   *     bins, or no factor varies
   */
  public static MigSupScore of(LabelledCodes table, int bins, Normalisation normalisation) {
    return of(table, InformationEstimator.bins(bins), normalisation);
  }

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @param estimator how mutual information is estimated
   * @param normalisation what the information is divided by
   * @return the score
   * @throws IllegalArgumentException if there are too few points for that, no factor varies, or
   *     information by nearest neighbours is to be divided by the entropy of bins
   */
  public static MigSupScore of(
      LabelledCodes table, InformationEstimator estimator, Normalisation normalisation) {
    boolean ofCodes = normalisation == Normalisation.CODE_ENTROPY;
    if (ofCodes && estimator.byNeighbours()) {
      throw new IllegalArgumentException(
          "the entropy of a code needs bins, was to be found by " + estimator);
    }
    FactorInformation information = FactorInformation.of(table, estimator);
    double[] gaps = new double[table.latents()];
    double sum = 0;
    int varying = 0;
    for (int j = 0; j < gaps.length; j++) {
      int[] bins = Discretized.cut(Statistics.column(table.codes(), j), bins(estimator));
      double entropy = Discretized.entropy(bins);
      gaps[j] = Double.NaN;
      if (entropy > 0) {
        double[] row = information.nats()[j];
        Arrays.setAll(row, k -> row[k] / (ofCodes ? entropy : information.entropies()[k]));
        gaps[j] = Statistics.topMinusSecond(row);
        sum += gaps[j];
        varying++;
      }
    }
    return new MigSupScore(
        varying == 0 ? 0 : sum / varying, gaps, normalisation, estimator, table.size());
  }

  private static int bins(InformationEstimator estimator) {
    return estimator.byNeighbours() ? Discretized.DEFAULT_BINS : estimator.count();
  }
}
