package dev.disentangle.metric.count;

import java.util.random.RandomGenerator;

/** The voting of the FactorVAE score: which latent varies least while a factor is held fixed. */
public final class FactorVaeVotes {

  private final float[][] codes;
  private final FixedFactorSampler sampler;
  private final double[] variances;
  private final boolean[] active;
  private final int factors;

  /**
   * Prepares to vote.
   *
   * @param codes the codes, {@code [points][latents]}
   * @param sampler draws points that share a class
   * @param variances variance of every latent over the data
   * @param active which latents may be voted for, at least one
   */
  public FactorVaeVotes(
      float[][] codes, FixedFactorSampler sampler, double[] variances, boolean[] active) {
    this.codes = codes;
    this.sampler = sampler;
    this.variances = variances;
    this.active = active;
    int[] varying = sampler.varyingFactors();
    this.factors = varying[varying.length - 1] + 1;
  }

  /**
   * Returns a vote matrix without a vote.
   *
   * @return zeros, {@code [latents][factors]}
   */
  public int[][] none() {
    return new int[active.length][factors];
  }

  /**
   * Votes.
   *
   * @param votes how many times
   * @param pointsPerVote points that share the fixed factor in one vote
   * @param random the source of randomness
   * @return how often each latent was steadiest while each factor was fixed, {@code
   *     [latents][factors]}
   */
  public int[][] count(int votes, int pointsPerVote, RandomGenerator random) {
    int[][] matrix = none();
    int[] varying = sampler.varyingFactors();
    float[][] points = new float[pointsPerVote][];
    for (int vote = 0; vote < votes; vote++) {
      int factor = varying[random.nextInt(varying.length)];
      int row = random.nextInt(sampler.size());
      for (int i = 0; i < pointsPerVote; i++) {
        points[i] = codes[sampler.sibling(row, factor, random)];
      }
      matrix[steadiest(Statistics.variances(points))][factor]++;
    }
    return matrix;
  }

  private int steadiest(double[] local) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < local.length; j++) {
      if (active[j] && local[j] / variances[j] < least) {
        least = local[j] / variances[j];
        best = j;
      }
    }
    return best;
  }

  /**
   * Measures the majority classifier of one vote matrix on the votes of another.
   *
   * @param train votes that decide each latent's factor, ties to the lowest
   * @param evaluation votes that are counted
   * @return the share of these that the classifier gets right
   */
  public static double accuracy(int[][] train, int[][] evaluation) {
    long right = 0;
    long all = 0;
    for (int j = 0; j < train.length; j++) {
      int majority = 0;
      for (int k = 1; k < train[j].length; k++) {
        if (train[j][k] > train[j][majority]) {
          majority = k;
        }
      }
      right += evaluation[j][majority];
      for (int count : evaluation[j]) {
        all += count;
      }
    }
    return (double) right / all;
  }
}
