package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * The density-ratio trick (Sugiyama et al. 2012): a classifier {@code D} of samples from {@code q}
 * and {@code p} that is trained to its optimum has {@code log D / (1 - D) = log q - log p}.
 */
final class DensityRatio {

  private DensityRatio() {}

  /**
   * Computes the classifier's cross-entropy, {@code -1/2 (E_q[log D] + E_p[log(1 - D)])}.
   *
   * @param logRatios {@code log D / (1 - D)} of samples from {@code q}, {@code [batch]}
   * @param otherLogRatios the same of samples from {@code p}, {@code [batch]}
   * @return a scalar, nats per sample; {@code log 2} for a classifier that guesses
   */
  static NDArray discriminatorLoss(NDArray logRatios, NDArray otherLogRatios) {
    // -log D = softplus(-ratio) and -log(1 - D) = softplus(ratio).
    NDArray own = Operations.softplus(logRatios.neg()).mean();
    NDArray other = Operations.softplus(otherLogRatios).mean();
    return own.add(other).mul(0.5f);
  }
}
