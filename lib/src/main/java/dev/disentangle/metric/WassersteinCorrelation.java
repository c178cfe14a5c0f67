package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * The squared 2-Wasserstein distance between the Gaussian with the codes' covariance {@code C}
 * (divisor {@code n - 1}) and the one with its diagonal {@code D} only:
 *
 * <pre>W = 2 trace C - 2 trace (D^(1/2) C D^(1/2))^(1/2)</pre>
 *
 * It is 0 for uncorrelated latents and needs no factors (Locatello et al. 2019, appendix; {@code
 * gaussian_wasserstein_correlation} of their code, on 10,000 points). Constant latents add nothing.
 * Nothing is random.
 *
 * @param value {@code W}, in squared units of the code, at least 0
 * @param normalized {@code W / trace C}, which does not depend on the code's scale; 0 when every
 *     latent is constant
 * @param points number of points
 */
public record WassersteinCorrelation(double value, double normalized, int points) {

  /**
   * Computes the distance.
   *
   * @param codes the codes, {@code [points][latents]}
   * @return the distance
   * @throws IllegalArgumentException if {@code codes} has fewer than 2 rows, unequal rows, or a
   *     value that is not finite
   */
  public static WassersteinCorrelation of(float[][] codes) {
    Statistics.requireAtLeast("rows of codes", codes.length, 2);
    Statistics.requireCodes("codes", codes);
    double[][] covariance = Statistics.covariance(codes);
    int latents = covariance.length;
    double[][] product = new double[latents][latents];
    double trace = 0;
    for (int i = 0; i < latents; i++) {
      trace += covariance[i][i];
      for (int j = 0; j < latents; j++) {
        product[i][j] = covariance[i][j] * Math.sqrt(covariance[i][i] * covariance[j][j]);
      }
    }
    if (trace == 0) {
      return new WassersteinCorrelation(0, 0, codes.length);
    }
    double root = 0;
    for (double value :
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(product)).getEigenvalues()) {
      root += Math.sqrt(Math.max(0, value));
    }
    double distance = Math.max(0, 2 * trace - 2 * root);
    return new WassersteinCorrelation(distance, distance / trace, codes.length);
  }
}
