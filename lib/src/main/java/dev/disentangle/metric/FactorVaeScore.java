package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.FactorVaeProtocol.Pruning;
import dev.disentangle.metric.count.FactorVaeVotes;
import dev.disentangle.metric.count.FixedFactorSampler;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;

/**
 * The FactorVAE score (Kim and Mnih 2018, section 4).
 *
 * <p>One vote: choose a factor {@code k} at random, draw {@code L} points that share one class of
 * it, and take the latent whose variance within them, relative to its variance over the data, is
 * least:
 *
 * <pre>d* = argmin_j  Var_L(z_j) / Var(z_j)</pre>
 *
 * <p>The classifier maps each latent to the factor it was voted for most often (ties to the lowest
 * factor); the score is the share of votes it gets right. Variances have the divisor {@code n - 1}.
 * Inactive latents get no vote, nor does one without any variance. Factors of one class are left
 * out. Without an active latent the score is 0.
 *
 * @param trainAccuracy share of training votes that the classifier gets right
 * @param evaluationAccuracy share of evaluation votes that it gets right; equal to {@code
 *     trainAccuracy} when the protocol has no evaluation votes
 * @param votes training votes, {@code [latents][factors]}
 * @param active which latents are active
 * @param protocol sample sizes and pruning rule
 * @param seed seed of the sampling
 */
public record FactorVaeScore(
    double trainAccuracy,
    double evaluationAccuracy,
    int[][] votes,
    boolean[] active,
    FactorVaeProtocol protocol,
    long seed) {

  /**
   * Computes the score on a full grid.
   *
   * @param codes one posterior per point of the grid, in index order
   * @param space the grid
   * @param protocol sample sizes and pruning rule
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if {@code codes} and {@code space} differ in size, a mean is
   *     not finite, or every factor has one class
   */
  public static FactorVaeScore of(
      Codes codes, FactorSpace space, FactorVaeProtocol protocol, long seed) {
    requireGrid(codes.means(), space);
    return compute(
        codes.means(), codes.logVariances(), FixedFactorSampler.of(space), protocol, seed);
  }

  /**
   * Computes the score of deterministic codes on a full grid. Pruning by KL then keeps every latent
   * that varies.
   *
   * @param codes one code per point of the grid, in index order, {@code [points][latents]}
   * @param space the grid
   * @param protocol sample sizes and pruning rule
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if {@code codes} and {@code space} differ in size, a code is
   *     not finite, or every factor has one class
   */
  public static FactorVaeScore of(
      float[][] codes, FactorSpace space, FactorVaeProtocol protocol, long seed) {
    requireGrid(codes, space);
    return compute(codes, null, FixedFactorSampler.of(space), protocol, seed);
  }

  /**
   * Computes the score of deterministic codes on points that need not form a grid: a vote's points
   * are drawn with replacement from those that share the class.
   *
   * @param table codes and factors
   * @param protocol sample sizes and pruning rule; KL keeps every latent that varies
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if every factor has one class
   */
  public static FactorVaeScore of(LabelledCodes table, FactorVaeProtocol protocol, long seed) {
    return compute(table.codes(), null, sampler(table), protocol, seed);
  }

  /**
   * Returns the headline number.
   *
   * @return {@link #evaluationAccuracy}, in {@code [0, 1]}
   */
  public double value() {
    return evaluationAccuracy;
  }

  /** Samples points that need not form a grid. */
  static FixedFactorSampler sampler(LabelledCodes table) {
    return FixedFactorSampler.of(table.factors(), table.varyingFactors());
  }

  static void requireGrid(float[][] codes, FactorSpace space) {
    if (codes.length != space.size()) {
      throw new IllegalArgumentException(
          "codes must have one row per point of the grid, "
              + space.size()
              + " for "
              + space
              + ", had "
              + codes.length);
    }
    Statistics.requireCodes("codes", codes);
  }

  static FactorVaeScore compute(
      float[][] codes,
      float[][] logVariances,
      FixedFactorSampler sampler,
      FactorVaeProtocol protocol,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] variances = globalVariances(codes, protocol.variancePoints(), random);
    boolean[] active = new boolean[variances.length];
    double[] divergences =
        protocol.pruning() == Pruning.KL && logVariances != null
            ? KlPerLatent.of(new Codes(codes, logVariances)).nats()
            : null;
    boolean any = false;
    for (int j = 0; j < active.length; j++) {
      double activity =
          protocol.pruning() == Pruning.STANDARD_DEVIATION
              ? Math.sqrt(variances[j])
              : divergences == null ? Double.POSITIVE_INFINITY : divergences[j];
      active[j] = variances[j] > 0 && activity >= protocol.threshold();
      any |= active[j];
    }
    FactorVaeVotes voting = new FactorVaeVotes(codes, sampler, variances, active);
    if (!any) {
      return new FactorVaeScore(0, 0, voting.none(), active, protocol, seed);
    }
    int[][] train = voting.count(protocol.trainVotes(), protocol.pointsPerVote(), random);
    double trainAccuracy = FactorVaeVotes.accuracy(train, train);
    double evaluationAccuracy = trainAccuracy;
    if (protocol.evaluationVotes() > 0) {
      int[][] fresh = voting.count(protocol.evaluationVotes(), protocol.pointsPerVote(), random);
      evaluationAccuracy = FactorVaeVotes.accuracy(train, fresh);
    }
    return new FactorVaeScore(trainAccuracy, evaluationAccuracy, train, active, protocol, seed);
  }

  private static double[] globalVariances(float[][] codes, int points, SplittableRandom random) {
    if (points == 0) {
      return Statistics.variances(codes);
    }
    float[][] some = new float[points][];
    for (int i = 0; i < points; i++) {
      some[i] = codes[random.nextInt(codes.length)];
    }
    return Statistics.variances(some);
  }
}
