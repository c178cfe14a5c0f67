package dev.disentangle.objective;

import dev.disentangle.learner.Requirements;

/**
 * Weights of the losses of {@link CvaeGan}'s encoder and decoder (Bao et al. 2017, section 3.4),
 * each at least 0.
 *
 * @param divergence of the divergence; the paper uses 3
 * @param pairwise of the pairwise distance; the paper uses 1
 * @param mean of the distance of mean features; the paper uses 1e-3
 * @param classMean of the distance of the classes' mean features; the paper uses 1e-3
 */
public record CvaeGanWeights(double divergence, double pairwise, double mean, double classMean) {

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public CvaeGanWeights {
    Requirements.nonNegative("divergence", divergence);
    Requirements.nonNegative("pairwise", pairwise);
    Requirements.nonNegative("mean", mean);
    Requirements.nonNegative("classMean", classMean);
  }
}
