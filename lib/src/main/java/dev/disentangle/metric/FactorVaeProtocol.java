package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;

/**
 * Sample sizes and the pruning rule of a {@link FactorVaeScore}.
 *
 * @param name the name in tables
 * @param trainVotes votes that the classifier is built from
 * @param evaluationVotes fresh votes that the score is measured on; 0 measures it on the training
 *     votes
 * @param pointsPerVote points that share the fixed factor in one vote, at least 2
 * @param variancePoints points for the global variance, drawn with replacement; 0 takes every point
 * @param pruning what makes a latent inactive
 * @param threshold the least value of an active latent: a standard deviation of codes for {@link
 *     Pruning#STANDARD_DEVIATION}, nats for {@link Pruning#KL}
 */
public record FactorVaeProtocol(
    String name,
    int trainVotes,
    int evaluationVotes,
    int pointsPerVote,
    int variancePoints,
    Pruning pruning,
    double threshold) {

  /** What makes a latent inactive, so that no vote can go to it. */
  public enum Pruning {
    /** The standard deviation of its codes over the variance points is below the threshold. */
    STANDARD_DEVIATION,
    /** Its mean divergence {@code KL(q(z_j|x) || N(0, 1))} is below the threshold. */
    KL
  }

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if {@code trainVotes} is less than 1, {@code pointsPerVote}
   *     less than 2, {@code variancePoints} is 1, another size is negative, or {@code threshold} is
   *     negative or not finite
   */
  public FactorVaeProtocol {
    Statistics.requireAtLeast("trainVotes", trainVotes, 1);
    Statistics.requireAtLeast("evaluationVotes", evaluationVotes, 0);
    Statistics.requireAtLeast("pointsPerVote", pointsPerVote, 2);
    Statistics.requireAtLeast("variancePoints", variancePoints, 0);
    if (variancePoints == 1) {
      throw new IllegalArgumentException("variancePoints must be 0 or at least 2, was 1");
    }
    if (!(threshold >= 0 && Double.isFinite(threshold))) {
      throw new IllegalArgumentException("threshold must be finite and at least 0: " + threshold);
    }
  }

  /**
   * Returns the sizes of Kim and Mnih (2018), section 4 and appendix: 800 votes of 200 points, the
   * global variance over the whole data set, accuracy on the same votes, and latents that have
   * collapsed to the prior pruned. The paper gives no threshold for that; here it is a mean
   * divergence of 0.01 nats.
   *
   * @return the protocol named {@code paper}
   */
  public static FactorVaeProtocol paper() {
    return new FactorVaeProtocol("paper", 800, 0, 200, 0, Pruning.KL, 0.01);
  }

  /**
   * Returns the sizes of disentanglement_lib's study (Locatello et al. 2019): 10,000 training and
   * 5,000 evaluation votes of 64 points, 10,000 points for the global variance, and latents whose
   * standard deviation is below 0.05 pruned.
   *
   * @return the protocol named {@code reference}
   */
  public static FactorVaeProtocol reference() {
    return new FactorVaeProtocol(
        "reference", 10_000, 5_000, 64, 10_000, Pruning.STANDARD_DEVIATION, 0.05);
  }
}
