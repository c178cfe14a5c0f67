package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * The density-ratio trick (Sugiyama et al. 2012): a classifier {@code D} of samples from {@code q}
 * and {@code p} that is trained to its optimum has {@code log D / (1 - D) = log q - log p}.
 */
public final class DensityRatio {

  /** Far below the rounding of single precision, far above its smallest numbers. */
  private static final double FLOOR = 1e-18;

  private DensityRatio() {}

  /**
   * Computes the classifier's cross-entropy, {@code -1/2 (E_q[log D] + E_p[log(1 - D)])}.
   *
   * @param logRatios {@code log D / (1 - D)} of samples from {@code q}, {@code [batch]}
   * @param otherLogRatios the same of samples from {@code p}, {@code [batch]}
   * @return a scalar, nats per sample; {@code log 2} for a classifier that guesses
   */
  public static NDArray discriminatorLoss(NDArray logRatios, NDArray otherLogRatios) {
    // -log D = softplus(-ratio) and -log(1 - D) = softplus(ratio).
    NDArray own = Operations.softplus(logRatios.neg()).mean();
    NDArray other = Operations.softplus(otherLogRatios).mean();
    return Operations.scale(own.add(other), 0.5);
  }

  /**
   * Adds to {@link #discriminatorLoss} a term too small to matter, so that its gradient at samples
   * from {@code q} can be turned into that of {@code E_q[log D / (1 - D)]} without another pass
   * through {@code D}, see {@link #meanLogRatioGradient}.
   *
   * <p>With {@code r_i} the log ratio of sample {@code z_i} of {@code B}, the loss has the gradient
   * {@code -sigmoid(-r_i) / (2 B) dr_i/dz_i}. It vanishes for a sample that {@code D} is certain
   * of, where that of the mean log ratio, {@code 1 / B dr_i/dz_i}, does not. The term is {@code -f
   * / B sum_i r_i} with {@code f} = 1e-18: it holds the factor away from 0 by so little that no
   * gradient of {@code D}'s weights changes in single precision, unless all of them are below
   * 1e-10.
   *
   * @param loss {@link #discriminatorLoss}
   * @param logRatios {@code log D / (1 - D)} of samples from {@code q}, {@code [batch]}
   * @return a scalar
   */
  public static NDArray rescalable(NDArray loss, NDArray logRatios) {
    return loss.sub(Operations.scale(logRatios.mean(), FLOOR));
  }

  /**
   * Turns the gradient of {@link #rescalable} at samples from {@code q} into that of {@code E_q[log
   * D / (1 - D)]}: row by row they differ by the factor {@code -1 / (sigmoid(-r_i) / 2 + f)}.
   *
   * @param gradient of {@link #rescalable} at the samples, {@code [batch, latents]}
   * @param logRatios their log ratios, {@code [batch]}
   * @return {@code [batch, latents]}
   */
  public static NDArray meanLogRatioGradient(NDArray gradient, NDArray logRatios) {
    NDArray wrong = Operations.sigmoid(logRatios.neg());
    NDArray divisor = Operations.scale(wrong, -0.5).sub(FLOOR);
    return gradient.div(divisor.expandDims(1));
  }
}
