package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.count.FixedFactorSampler;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.LogisticRegression;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The Higgins score, or beta-VAE score (Higgins et al. 2017, section 3).
 *
 * <p>One feature vector: choose a factor {@code k} at random, draw {@code L} pairs of points, the
 * two of a pair sharing their class of {@code k}, and average
 *
 * <pre>x_j = 1/L sum_l |z_1lj - z_2lj|.</pre>
 *
 * <p>A linear classifier (multinomial logistic regression, penalty {@code |W|^2 / 2}) predicts
 * {@code k} from {@code x}; the score is its accuracy on fresh vectors. Factors of one class are
 * left out. Constant codes give about one over the number of factors.
 *
 * <p>The score can be 1 for a representation that encodes all factors but one: the classifier
 * recognises the missing factor because no latent is steady (Kim and Mnih 2018, figure 3).
 *
 * @param trainAccuracy accuracy on the training vectors
 * @param evaluationAccuracy accuracy on the evaluation vectors
 * @param protocol sample sizes
 * @param seed seed of the sampling
 */
public record HigginsScore(
    double trainAccuracy, double evaluationAccuracy, HigginsProtocol protocol, long seed) {

  /**
   * Computes the score on a full grid.
   *
   * @param codes one code per point of the grid, in index order, {@code [points][latents]}
   * @param space the grid
   * @param protocol sample sizes
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if {@code codes} and {@code space} differ in size, a code is
   *     not finite, or every factor has one class
   */
  public static HigginsScore of(
      float[][] codes, FactorSpace space, HigginsProtocol protocol, long seed) {
    FactorVaeScore.requireGrid(codes, space);
    return compute(codes, FixedFactorSampler.of(space), protocol, seed);
  }

  /**
   * Computes the score on points that need not form a grid: the second point of a pair is drawn
   * from those that share the class.
   *
   * @param table codes and factors
   * @param protocol sample sizes
   * @param seed seed of the sampling
   * @return the score
   * @throws IllegalArgumentException if every factor has one class
   */
  public static HigginsScore of(LabelledCodes table, HigginsProtocol protocol, long seed) {
    return compute(table.codes(), FactorVaeScore.sampler(table), protocol, seed);
  }

  /**
   * Returns the headline number.
   *
   * @return {@link #evaluationAccuracy}, in {@code [0, 1]}
   */
  public double value() {
    return evaluationAccuracy;
  }

  static HigginsScore compute(
      float[][] codes, FixedFactorSampler sampler, HigginsProtocol protocol, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] trainLabels = new int[protocol.trainPoints()];
    float[][] train = features(codes, sampler, trainLabels, protocol.pairs(), random);
    int[] labels = new int[protocol.evaluationPoints()];
    float[][] evaluation = features(codes, sampler, labels, protocol.pairs(), random);
    int classes = sampler.varyingFactors().length;
    LogisticRegression model = LogisticRegression.fit(train, trainLabels, classes);
    return new HigginsScore(
        model.accuracy(train, trainLabels), model.accuracy(evaluation, labels), protocol, seed);
  }

  /** Draws feature vectors and fills in which of the varying factors was fixed for each. */
  private static float[][] features(
      float[][] codes,
      FixedFactorSampler sampler,
      int[] labels,
      int pairs,
      RandomGenerator random) {
    int[] varying = sampler.varyingFactors();
    float[][] features = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(varying.length);
      features[i] = difference(codes, sampler, varying[labels[i]], pairs, random);
    }
    return features;
  }

  /**
   * Computes what the classifier sees of one fixed factor: pairs of points share that factor and
   * nothing else, and each latent's distance is averaged over the pairs (Higgins et al. 2017,
   * section 3). A latent that holds the fixed factor alone has distance 0.
   *
   * @param codes one code per point of the grid, {@code [points][latents]}
   * @param space the grid
   * @param factor the fixed factor
   * @param pairs how many pairs, at least 1
   * @param random the source of randomness
   * @return mean {@code |z1 - z2|}, {@code [latents]}
   * @throws IllegalArgumentException if the codes are not those of the grid, there is no such
   *     factor or {@code pairs} is less than 1
   */
  public static float[] feature(
      float[][] codes, FactorSpace space, int factor, int pairs, RandomGenerator random) {
    FactorVaeScore.requireGrid(codes, space);
    Statistics.requireAtLeast("pairs", pairs, 1);
    if (factor < 0 || factor >= space.count()) {
      throw new IllegalArgumentException(
          "factor must be from 0 to " + (space.count() - 1) + ", was " + factor);
    }
    return difference(codes, FixedFactorSampler.of(space), factor, pairs, random);
  }

  private static float[] difference(
      float[][] codes, FixedFactorSampler sampler, int factor, int pairs, RandomGenerator random) {
    double[] sum = new double[codes[0].length];
    for (int l = 0; l < pairs; l++) {
      int row = random.nextInt(sampler.size());
      float[] first = codes[row];
      float[] second = codes[sampler.sibling(row, factor, random)];
      for (int j = 0; j < sum.length; j++) {
        sum[j] += Math.abs(first[j] - second[j]);
      }
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / pairs);
    }
    return mean;
  }
}
