package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * The density-ratio trick (Sugiyama et al. 2012): a classifier {@code D} of samples from {@code q}
 * and {@code p} that is trained to its optimum has {@code log D / (1 - D) = log q - log p}.
 */
public final class DensityRatio {

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
   * Turns the gradient of {@link #discriminatorLoss} at samples from {@code q} into that of {@code
   * E_q[log D / (1 - D)]}, without another pass through {@code D}.
   *
   * <p>With {@code r_i} the log ratio of sample {@code z_i} of {@code B}, the loss has the gradient
   * {@code -sigmoid(-r_i) / (2 B) dr_i/dz_i} and the mean log ratio {@code 1 / B dr_i/dz_i}: they
   * differ by the factor {@code -2 (1 + e^r_i)}.
   *
   * @param lossGradient the loss's gradient at the samples, {@code [batch, latents]}
   * @param logRatios their log ratios, {@code [batch]}
   * @return {@code [batch, latents]}
   */
  public static NDArray meanLogRatioGradient(NDArray lossGradient, NDArray logRatios) {
    // Beyond 60 the sample is hopelessly certain, and e^r would leave single precision.
    NDArray certain = Operations.atMost(logRatios.stopGradient(), 60);
    return lossGradient.mul(Operations.scale(certain.exp().add(1f), -2).expandDims(1));
  }
}
