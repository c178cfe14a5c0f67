package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Posterior;
import dev.disentangle.tensor.Operations;

/**
 * Estimates of {@code log q(z)} and {@code sum_j log q(z_j)} from the posteriors of one batch (Chen
 * et al. 2018, section 3.1 and Appendix C): a weighted sum {@code sum_m w_im q(z_i | x_m)} for each
 * sample {@code z_i}, whose own posterior is one of the batch.
 *
 * @param joint estimates of {@code log q(z_i)}, {@code [batch]}
 * @param marginals estimates of {@code sum_j log q(z_ij)}, {@code [batch]}
 */
public record MinibatchDensity(NDArray joint, NDArray marginals) {

  /** How the batch's posteriors are weighted; {@code M} is the batch size, {@code N} the set's. */
  public enum Weights {
    /**
     * Minibatch-weighted sampling: every weight is {@code 1 / (N M)}. A lower bound of {@code log
     * q(z)} in expectation; too low by {@code log N} when the batch is the whole set or all
     * posteriors are the same, by {@code log M} when they are far apart.
     */
    WEIGHTED {
      @Override
      double weight(int row, int column, int batch, int size) {
        return 1.0 / ((double) size * batch);
      }
    },
    /**
     * Minibatch-stratified sampling: {@code 1 / N} for the sample's own posterior, {@code (N - M +
     * 1) / (N (M - 1))} for one other and {@code 1 / (M - 1)} for the rest. The estimate of {@code
     * q(z)} is unbiased when a batch's images are different ones.
     */
    STRATIFIED {
      @Override
      double weight(int row, int column, int batch, int size) {
        int others = batch - 1;
        if (column == row) {
          return 1.0 / size;
        }
        boolean last = column == (row + 1) % batch;
        return last ? (double) (size - others) / ((double) size * others) : 1.0 / others;
      }
    };

    abstract double weight(int row, int column, int batch, int size);

    /**
     * Tabulates the logarithms of the weights.
     *
     * @param manager owner of the table
     * @param batch images per batch, {@code M}, at most {@code N}
     * @param size images in the data set, {@code N}
     * @return {@code [batch, batch]}: row of the sample, column of the posterior
     */
    public NDArray table(NDManager manager, int batch, int size) {
      float[] logarithms = new float[batch * batch];
      for (int i = 0; i < logarithms.length; i++) {
        logarithms[i] = (float) Math.log(weight(i / batch, i % batch, batch, size));
      }
      return manager.create(logarithms, new Shape(batch, batch));
    }
  }

  /**
   * Estimates the densities.
   *
   * @param z one sample per image, {@code [batch, latents]}
   * @param posterior the images' posteriors
   * @param logWeights {@code [batch, batch]}, see {@link Weights#table}
   * @return both estimates
   */
  public static MinibatchDensity of(NDArray z, Posterior posterior, NDArray logWeights) {
    return posterior instanceof GaussianPosterior gaussian
        ? fused(z, gaussian, logWeights)
        : pairwise(z, posterior, logWeights);
  }

  /** In one call, for the usual posteriors. */
  private static MinibatchDensity fused(
      NDArray z, GaussianPosterior posterior, NDArray logWeights) {
    NDList found =
        Estimators.call("log_densities", z, posterior.mean(), posterior.logVariance(), logWeights);
    return new MinibatchDensity(found.get(0), found.get(1));
  }

  private static MinibatchDensity pairwise(NDArray z, Posterior posterior, NDArray logWeights) {
    NDArray points = z.expandDims(1);
    NDArray joint = Operations.logSumExp(posterior.logDensity(points).add(logWeights));
    NDArray each = posterior.logMarginals(points).add(logWeights.expandDims(2));
    NDArray marginals = Operations.logSumExp(each.transpose(0, 2, 1)).sum(new int[] {1});
    return new MinibatchDensity(joint, marginals);
  }
}
