package dev.disentangle.metric.count;

/**
 * Disentanglement and completeness from an importance matrix (Eastwood and Williams 2018, section
 * 2).
 *
 * <p>With {@code R_jk} the importance of latent {@code j} for factor {@code k}, {@code D} latents
 * and {@code K} factors, a latent's disentanglement is {@code 1 - H_K(R_j. / sum_k R_jk)}, the
 * entropy in base {@code K}, and a factor's completeness {@code 1 - H_D(R_.k / sum_j R_jk)}. Each
 * score is the mean weighted by the latent's, or the factor's, share of all importance. As in the
 * reference code, {@code 1e-11} is added to every entry before the entropy.
 */
public final class ImportanceMatrix {

  private static final double OFFSET = 1e-11;

  private ImportanceMatrix() {}

  /**
   * Computes the disentanglement.
   *
   * @param importance {@code [latents][factors]}, at least 0
   * @return between 0 and 1; 0 for one factor or without any importance
   */
  public static double disentanglement(double[][] importance) {
    double total = 0;
    double sum = 0;
    for (double[] row : importance) {
      double mass = sum(row);
      total += mass;
      sum += mass * concentration(row);
    }
    return total > 0 ? sum / total : 0;
  }

  /**
   * Computes the completeness.
   *
   * @param importance {@code [latents][factors]}, at least 0
   * @return between 0 and 1; 0 for one latent or without any importance
   */
  public static double completeness(double[][] importance) {
    double[][] transposed = new double[importance[0].length][importance.length];
    for (int j = 0; j < importance.length; j++) {
      for (int k = 0; k < transposed.length; k++) {
        transposed[k][j] = importance[j][k];
      }
    }
    return disentanglement(transposed);
  }

  /** One minus the entropy of the normalised row, in the base of its length. */
  private static double concentration(double[] row) {
    if (row.length < 2) {
      return 0;
    }
    double mass = sum(row) + row.length * OFFSET;
    double entropy = 0;
    for (double value : row) {
      double share = (value + OFFSET) / mass;
      entropy -= share * Math.log(share);
    }
    return 1 - entropy / Math.log(row.length);
  }

  private static double sum(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value;
    }
    return sum;
  }
}
