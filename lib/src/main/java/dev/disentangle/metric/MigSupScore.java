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
 * @param bins bins per latent
 * @param points number of points
 */
public record MigSupScore(
    double value, double[] gaps, Normalisation normalisation, int bins, int points) {

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
    return of(table, Discretized.DEFAULT_BINS, Normalisation.FACTOR_ENTROPY);
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
    int[] factors = table.varyingFactors();
    Discretized codes = new Discretized(table.codes(), bins);
    double[][] information = codes.withFactors(table.factors(), factors);
    double[] gaps = new double[information.length];
    double sum = 0;
    int varying = 0;
    for (int j = 0; j < gaps.length; j++) {
      double entropy = codes.entropy(j);
      gaps[j] = Double.NaN;
      if (entropy > 0) {
        double[] row = information[j];
        Arrays.setAll(row, k -> row[k] / divisor(table, factors[k], entropy, normalisation));
        gaps[j] = Statistics.topMinusSecond(row);
        sum += gaps[j];
        varying++;
      }
    }
    return new MigSupScore(
        varying == 0 ? 0 : sum / varying, gaps, normalisation, bins, table.size());
  }

  private static double divisor(
      LabelledCodes table, int factor, double codeEntropy, Normalisation normalisation) {
    return normalisation == Normalisation.CODE_ENTROPY
        ? codeEntropy
        : Discretized.entropy(table.classes(factor));
  }
}
