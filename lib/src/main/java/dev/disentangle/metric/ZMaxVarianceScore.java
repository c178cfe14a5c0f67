package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.count.FactorVaeVotes;
import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The Z-max variance score (Kim et al. 2019, section 4): the FactorVAE score turned round. In a
 * vote one factor varies and all others are held fixed, and the latent that varies most wins:
 *
 * <pre>d* = argmax_j  Var_L(z_j) / Var(z_j)</pre>
 *
 * <p>Each latent is mapped to the factor it was voted for most often (ties to the lowest factor);
 * the score is the share of fresh votes that this gets right. Variances have the divisor {@code n -
 * 1}. Only codes of a full grid of factors can be scored, for elsewhere there may be no images that
 * differ in one factor alone. As in the code of the review by Zaidi et al. (2020), whose sizes are
 * the defaults, latents whose standard deviation is below 0.05 get no vote. Factors of one class
 * are left out. Without any other latent the score is 0.
 *
 * @param trainAccuracy share of the votes that decide the mapping which it gets right
 * @param value share of fresh votes that the mapping gets right, in {@code [0, 1]}
 * @param votes the votes that decide, {@code [latents][factors]}
 * @param trainVotes number of votes that decide
 * @param evaluationVotes number of fresh votes
 * @param pointsPerVote points in which one factor varies
 * @param seed seed of the sampling
 */
public record ZMaxVarianceScore(
    double trainAccuracy,
    double value,
    int[][] votes,
    int trainVotes,
    int evaluationVotes,
    int pointsPerVote,
    long seed) {

  /** A latent of less standard deviation than this gets no vote. */
  private static final double LEAST_DEVIATION = 0.05;

  /** Votes that decide the mapping when no number is given. */
  public static final int DEFAULT_TRAIN_VOTES = 800;

  /** Fresh votes when no number is given. */
  public static final int DEFAULT_EVALUATION_VOTES = 800;

  /** Points per vote when no number is given. */
  public static final int DEFAULT_POINTS = 200;

  /**
   * Computes the score with {@value #DEFAULT_TRAIN_VOTES} and {@value #DEFAULT_EVALUATION_VOTES}
   * votes of {@value #DEFAULT_POINTS} points.
   *
   * @param codes one code per point of the grid, in index order, {@code [points][latents]}
   * @param space the grid
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if {@code codes} and {@code space} differ in size, a code is
   *     not finite, or every factor has one class
   */
  public static ZMaxVarianceScore of(float[][] codes, FactorSpace space, long seed) {
    return of(codes, space, DEFAULT_TRAIN_VOTES, DEFAULT_EVALUATION_VOTES, DEFAULT_POINTS, seed);
  }

  /**
   * Computes the score.
   *
   * @param codes one code per point of the grid, in index order, {@code [points][latents]}
   * @param space the grid
   * @param trainVotes votes that decide the mapping, at least 1
   * @param evaluationVotes fresh votes, at least 1
   * @param pointsPerVote points in which one factor varies, drawn with replacement, at least 2
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if {@code codes} and {@code space} differ in size, a code is
   *     not finite, a number is too small, or every factor has one class
   */
  public static ZMaxVarianceScore of(
      float[][] codes,
      FactorSpace space,
      int trainVotes,
      int evaluationVotes,
      int pointsPerVote,
      long seed) {
    FactorVaeScore.requireGrid(codes, space);
    Statistics.requireAtLeast("trainVotes", trainVotes, 1);
    Statistics.requireAtLeast("evaluationVotes", evaluationVotes, 1);
    Statistics.requireAtLeast("pointsPerVote", pointsPerVote, 2);
    int[] varying = IntStream.range(0, space.count()).filter(k -> space.classes(k) > 1).toArray();
    if (varying.length == 0) {
      throw new IllegalArgumentException("space must have a factor of 2 classes or more: " + space);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] variances = Statistics.variances(codes);
    Vote vote =
        () -> {
          int factor = varying[random.nextInt(varying.length)];
          int row = random.nextInt(space.size());
          float[][] points = new float[pointsPerVote][];
          for (int i = 0; i < pointsPerVote; i++) {
            points[i] = codes[space.with(row, factor, random.nextInt(space.classes(factor)))];
          }
          return new int[] {liveliest(Statistics.variances(points), variances), factor};
        };
    int[][] train = count(vote, trainVotes, variances.length, space.count());
    int[][] fresh = count(vote, evaluationVotes, variances.length, space.count());
    boolean none = Arrays.stream(variances).noneMatch(ZMaxVarianceScore::isActive);
    return new ZMaxVarianceScore(
        none ? 0 : FactorVaeVotes.accuracy(train, train),
        none ? 0 : FactorVaeVotes.accuracy(train, fresh),
        train,
        trainVotes,
        evaluationVotes,
        pointsPerVote,
        seed);
  }

  /** Holds one vote and returns the latent that won and the factor that varied. */
  @FunctionalInterface
  private interface Vote {
    int[] hold();
  }

  private static int[][] count(Vote vote, int votes, int latents, int factors) {
    int[][] matrix = new int[latents][factors];
    for (int i = 0; i < votes; i++) {
      int[] held = vote.hold();
      matrix[held[0]][held[1]]++;
    }
    return matrix;
  }

  private static boolean isActive(double variance) {
    return variance >= LEAST_DEVIATION * LEAST_DEVIATION;
  }

  private static int liveliest(double[] local, double[] global) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < local.length; j++) {
      if (isActive(global[j]) && local[j] / global[j] > most) {
        most = local[j] / global[j];
        best = j;
      }
    }
    return best;
  }
}
