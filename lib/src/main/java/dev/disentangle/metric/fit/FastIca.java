package dev.disentangle.metric.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * FastICA (Hyvärinen and Oja 2000, section 6) with the contrast {@code log cosh} and symmetric
 * decorrelation, on whitened principal components.
 *
 * <p>Each step sets {@code W = E[g(W x) x^T] - diag(E[g'(W x)]) W} with {@code g = tanh}, then
 * {@code W = (W W^T)^(-1/2) W}, until no row turns by more than 1e-5 or 300 steps are done.
 */
public final class FastIca {

  private static final int MAX_STEPS = 300;
  private static final double TOLERANCE = 1e-5;

  private FastIca() {}

  /**
   * Finds the weights that make centred rows independent.
   *
   * @param centred the points without their mean, {@code [points][features]}
   * @param principal their principal axes, one per component; scaled in place
   * @param seed seed of the start
   * @return weights {@code [latents][features]}
   * @throws IllegalArgumentException if the points do not vary along one of the axes
   */
  public static double[][] unmixing(float[][] centred, PrincipalAxes principal, long seed) {
    double[][] whitening = principal.components();
    for (int j = 0; j < whitening.length; j++) {
      double variance = principal.variances()[j];
      if (!(variance > 1e-12 * principal.variances()[0])) {
        throw new IllegalArgumentException(
            "latents must not exceed the directions in which the images vary, "
                + j
                + ", was "
                + whitening.length);
      }
      for (int p = 0; p < whitening[j].length; p++) {
        whitening[j][p] /= Math.sqrt(variance);
      }
    }
    double[][] white = new double[centred.length][whitening.length];
    for (int i = 0; i < centred.length; i++) {
      for (int j = 0; j < whitening.length; j++) {
        for (int p = 0; p < centred[i].length; p++) {
          white[i][j] += whitening[j][p] * centred[i][p];
        }
      }
    }
    RealMatrix rotation = rotation(white, seed);
    return rotation.multiply(MatrixUtils.createRealMatrix(whitening)).getData();
  }

  private static RealMatrix rotation(double[][] white, long seed) {
    int latents = white[0].length;
    SplittableRandom random = new SplittableRandom(seed);
    double[][] start = new double[latents][latents];
    for (double[] row : start) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    RealMatrix rotation = decorrelate(MatrixUtils.createRealMatrix(start));
    for (int step = 0; step < MAX_STEPS; step++) {
      RealMatrix next = decorrelate(step(white, rotation.getData()));
      double turned = 0;
      for (int j = 0; j < latents; j++) {
        double cosine = next.getRowVector(j).dotProduct(rotation.getRowVector(j));
        turned = Math.max(turned, 1 - Math.abs(cosine));
      }
      rotation = next;
      if (turned < TOLERANCE) {
        break;
      }
    }
    return rotation;
  }

  private static RealMatrix step(double[][] white, double[][] rotation) {
    int latents = rotation.length;
    double[][] next = new double[latents][latents];
    for (int j = 0; j < latents; j++) {
      double slope = 0;
      for (double[] row : white) {
        double projection = 0;
        for (int k = 0; k < latents; k++) {
          projection += rotation[j][k] * row[k];
        }
        double bent = Math.tanh(projection);
        slope += 1 - bent * bent;
        for (int k = 0; k < latents; k++) {
          next[j][k] += bent * row[k];
        }
      }
      for (int k = 0; k < latents; k++) {
        next[j][k] = (next[j][k] - slope * rotation[j][k]) / white.length;
      }
    }
    return MatrixUtils.createRealMatrix(next);
  }

  /** Computes {@code (W W^T)^(-1/2) W}. */
  private static RealMatrix decorrelate(RealMatrix weights) {
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(weights.multiply(weights.transpose()));
    double[] roots = eigen.getEigenvalues();
    for (int i = 0; i < roots.length; i++) {
      roots[i] = 1 / Math.sqrt(Math.max(roots[i], 1e-300));
    }
    return eigen
        .getV()
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiply(eigen.getVT())
        .multiply(weights);
  }
}
