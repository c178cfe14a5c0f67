package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * The total correlation of the Gaussian with the codes' covariance {@code C} (divisor {@code n -
 * 1}):
 *
 * <pre>TC = 1/2 (sum_j log C_jj - log det C) = -1/2 log det(correlation matrix)</pre>
 *
 * <p>It is the closed form when {@code q(z)} is Gaussian, and a summary of linear dependence
 * otherwise (Locatello et al. 2019, appendix; {@code gaussian_total_correlation} of their code, on
 * 10,000 points). Nothing is random.
 */
public final class GaussianTotalCorrelation {

  /** Eigenvalues of the correlation matrix at or below this make the estimate infinite. */
  private static final double SINGULAR = 1e-14;

  private GaussianTotalCorrelation() {}

  /**
   * Computes the total correlation of the fitted Gaussian.
   *
   * <p>Latents that are constant over the points depend on nothing and are left out; when fewer
   * than two vary the result is 0. When one latent is a linear function of others the result is
   * positive infinity, as it is for the Gaussian itself.
   *
   * @param codes the codes, {@code [points][latents]}, usually posterior means
   * @return the estimate in nats, with estimator {@code gaussian}
   * @throws IllegalArgumentException if {@code codes} has fewer than 2 rows, unequal rows, or a
   *     value that is not finite
   */
  public static TotalCorrelation of(float[][] codes) {
    Statistics.requireAtLeast("rows of codes", codes.length, 2);
    Statistics.requireCodes("codes", codes);
    double[][] covariance = Statistics.covariance(codes);
    int[] varying =
        IntStream.range(0, covariance.length).filter(j -> covariance[j][j] > 0).toArray();
    double nats = varying.length < 2 ? 0 : ofCorrelation(correlation(covariance, varying));
    return new TotalCorrelation(nats, Double.NaN, "gaussian", 0, codes.length, 0);
  }

  private static double ofCorrelation(double[][] correlation) {
    double sum = 0;
    for (double value :
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(correlation))
            .getEigenvalues()) {
      if (value <= SINGULAR) {
        return Double.POSITIVE_INFINITY;
      }
      sum -= 0.5 * Math.log(value);
    }
    return Math.max(0, sum);
  }

  private static double[][] correlation(double[][] covariance, int[] some) {
    double[][] correlation = new double[some.length][some.length];
    for (int a = 0; a < some.length; a++) {
      for (int b = 0; b < some.length; b++) {
        double scale = Math.sqrt(covariance[some[a]][some[a]] * covariance[some[b]][some[b]]);
        correlation[a][b] = a == b ? 1 : covariance[some[a]][some[b]] / scale;
      }
    }
    return correlation;
  }
}
