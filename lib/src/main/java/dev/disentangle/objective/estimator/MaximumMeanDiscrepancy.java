package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * The squared maximum mean discrepancy between codes and samples of the prior (Tolstikhin et al.
 * 2018, Algorithm 2):
 *
 * <pre>{@code
 * 1/(n(n-1)) sum_{l != j} [k(p_l, p_j) + k(z_l, z_j)] - 2/n^2 sum_{l, j} k(p_l, z_j)
 * }</pre>
 *
 * <p>The terms within each sample are unbiased, so the value can be negative.
 */
public final class MaximumMeanDiscrepancy {

  private static final double[] SCALES = {0.1, 0.2, 0.5, 1, 2, 5, 10};

  private MaximumMeanDiscrepancy() {}

  /**
   * With the inverse multiquadratic kernel {@code sum_s C_s / (C_s + |x - y|^2)}, {@code C_s = 2 d
   * s} for {@code d} latents, a prior of variance 1 and the published scales .1 .2 .5 1 2 5 10.
   *
   * @param z codes, {@code [batch, latents]}
   * @param prior samples of the prior, of the same shape
   * @return a scalar
   */
  public static NDArray inverseMultiquadratic(NDArray z, NDArray prior) {
    long latents = z.getShape().get(1);
    float[] constants = new float[SCALES.length];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = (float) (2 * latents * SCALES[i]);
    }
    NDArray c = z.getManager().create(constants);
    return combine(
        kernel(distances(z, z), c),
        kernel(distances(prior, prior), c),
        kernel(distances(z, prior), c));
  }

  /**
   * With the Gaussian kernel {@code exp(-|x - y|^2 / (2 w))}, whose width {@code w} is the median
   * squared distance between codes and prior samples plus that among codes.
   *
   * @param z codes, {@code [batch, latents]}
   * @param prior samples of the prior, of the same shape
   * @return a scalar
   */
  public static NDArray gaussian(NDArray z, NDArray prior) {
    NDArray own = distances(z, z);
    NDArray cross = distances(z, prior);
    NDArray width = median(cross).add(median(own));
    NDArray factor = Operations.scale(width.onesLike().div(width), -0.5);
    return combine(
        own.mul(factor).exp(), distances(prior, prior).mul(factor).exp(), cross.mul(factor).exp());
  }

  private static NDArray combine(NDArray own, NDArray prior, NDArray cross) {
    return offDiagonalMean(own).add(offDiagonalMean(prior)).sub(Operations.scale(cross.mean(), 2));
  }

  private static NDArray offDiagonalMean(NDArray kernel) {
    long n = kernel.getShape().get(0);
    NDArray others = kernel.getManager().eye(Math.toIntExact(n)).sub(1f).neg();
    return Operations.scale(kernel.mul(others).sum(), 1.0 / (n * (n - 1)));
  }

  private static NDArray distances(NDArray x, NDArray y) {
    return Estimators.call("squared_distances", x, y).singletonOrThrow();
  }

  private static NDArray kernel(NDArray distances, NDArray constants) {
    return Estimators.call("inverse_multiquadratic", distances, constants).singletonOrThrow();
  }

  /** The {@code n(n-1)/2}-th largest entry, as published: the zeros of a diagonal do not count. */
  private static NDArray median(NDArray distances) {
    long n = distances.getShape().get(0);
    NDArray rank = distances.getManager().create(Math.toIntExact(n * (n - 1) / 2));
    return Estimators.call("kth_largest", distances, rank).singletonOrThrow();
  }
}
