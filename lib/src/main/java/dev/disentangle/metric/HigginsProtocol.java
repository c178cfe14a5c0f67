package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;

/**
 * Sample sizes of a {@link HigginsScore}.
 *
 * @param name the name in tables
 * @param trainPoints feature vectors that the classifier is fitted to
 * @param evaluationPoints fresh feature vectors that the score is measured on
 * @param pairs pairs of codes averaged in one feature vector
 */
public record HigginsProtocol(String name, int trainPoints, int evaluationPoints, int pairs) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public HigginsProtocol {
    Statistics.requireAtLeast("trainPoints", trainPoints, 1);
    Statistics.requireAtLeast("evaluationPoints", evaluationPoints, 1);
    Statistics.requireAtLeast("pairs", pairs, 1);
  }

  /**
   * Returns the averaging length of Higgins et al. (2017), appendix A.4, on 2D Shapes: 200 pairs
   * per feature vector. The paper does not say how many vectors train the classifier; here they are
   * 10,000, with 5,000 for evaluation, as in the reference.
   *
   * @return the protocol named {@code paper}
   */
  public static HigginsProtocol paper() {
    return new HigginsProtocol("paper", 10_000, 5_000, 200);
  }

  /**
   * Returns the sizes of disentanglement_lib's study (Locatello et al. 2019): 10,000 training and
   * 5,000 evaluation vectors of 64 pairs.
   *
   * @return the protocol named {@code reference}
   */
  public static HigginsProtocol reference() {
    return new HigginsProtocol("reference", 10_000, 5_000, 64);
  }
}
