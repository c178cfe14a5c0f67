package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The Fréchet distance between the Gaussians fitted to two sets of features (Heusel et al. 2017):
 *
 * <pre>d = |m_1 - m_2|^2 + trace(C_1 + C_2 - 2 (C_1^(1/2) C_2 C_1^(1/2))^(1/2)),</pre>
 *
 * covariances with the divisor {@code n - 1}. On features of the Inception network it is known as
 * FID; on any other features, such as those of {@link RandomProjectionEmbedding}, its values are
 * comparable only among themselves. Nothing is random.
 *
 * @param value the distance, in squared units of the features, at least 0
 * @param features name of the embedding
 * @param firstPoints size of the first set
 * @param secondPoints size of the second set
 */
public record FrechetDistance(double value, String features, int firstPoints, int secondPoints) {

  /**
   * Computes the distance.
   *
   * @param first features, {@code [points][features]}
   * @param second features, {@code [points][features]}
   * @param features name of the embedding that gave them
   * @return the distance
   * @throws IllegalArgumentException if a set has fewer than 2 rows or a value that is not finite,
   *     or the sets differ in the number of features
   */
  public static FrechetDistance of(float[][] first, float[][] second, String features) {
    Statistics.requireAtLeast("rows of first", first.length, 2);
    Statistics.requireAtLeast("rows of second", second.length, 2);
    Statistics.requireCodes("first", first);
    Statistics.requireCodes("second", second);
    if (first[0].length != second[0].length) {
      throw new IllegalArgumentException(
          "first and second must have equally many features, had "
              + first[0].length
              + " and "
              + second[0].length);
    }
    double[] firstMean = Statistics.means(first);
    double[] secondMean = Statistics.means(second);
    double distance = 0;
    for (int j = 0; j < firstMean.length; j++) {
      distance += (firstMean[j] - secondMean[j]) * (firstMean[j] - secondMean[j]);
    }
    RealMatrix firstCovariance = MatrixUtils.createRealMatrix(Statistics.covariance(first));
    RealMatrix secondCovariance = MatrixUtils.createRealMatrix(Statistics.covariance(second));
    distance += firstCovariance.getTrace() + secondCovariance.getTrace();
    distance -= 2 * traceOfRoot(firstCovariance, secondCovariance);
    return new FrechetDistance(Math.max(0, distance), features, first.length, second.length);
  }

  private static double traceOfRoot(RealMatrix first, RealMatrix second) {
    RealMatrix root = root(first);
    RealMatrix product = root.multiply(second).multiply(root);
    // Rounding leaves the product not quite symmetric.
    RealMatrix symmetric = product.add(product.transpose()).scalarMultiply(0.5);
    double trace = 0;
    for (double value : new EigenDecompositionSymmetric(symmetric).getEigenvalues()) {
      trace += Math.sqrt(Math.max(0, value));
    }
    return trace;
  }

  private static RealMatrix root(RealMatrix matrix) {
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
    double[] roots = eigen.getEigenvalues();
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(Math.max(0, roots[i]));
    }
    return eigen
        .getV()
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiply(eigen.getVT());
  }
}
