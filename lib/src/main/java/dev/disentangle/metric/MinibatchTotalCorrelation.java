package dev.disentangle.metric;

import dev.disentangle.metric.count.LogSum;
import dev.disentangle.metric.count.PosteriorMixture;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Estimates of the total correlation from minibatches, as beta-TCVAE trains with them (Chen et al.
 * 2018, section 3.1 and appendix C).
 *
 * <p>For a batch of {@code M} images out of {@code N}, with {@code z_i} drawn from {@code
 * q(z|x_i)},
 *
 * <pre>log q(z_i) ~ log sum_m w_im q(z_i | x_m)</pre>
 *
 * and likewise for every latent; the estimate is the mean of {@code log q(z_i) - sum_j log
 * q(z_ij)}. The weights are
 *
 * <ul>
 *   <li>{@link Weights#WEIGHTED}: {@code w_im = 1 / (N M)}, which leaves out most of the mixture
 *       and so is biased, towards larger values of every marginal's term;
 *   <li>{@link Weights#STRATIFIED}: {@code 1/N} for the image itself, {@code (N - M + 1) / (N (M -
 *       1))} for one other and {@code 1 / (M - 1)} for the rest, which makes the sum unbiased (its
 *       logarithm is not).
 * </ul>
 *
 * <p>Of {@code D} latents whose posteriors are all the same the stratified estimate is 0, the
 * weighted one {@code (D - 1) log N}. Both serve to be compared with {@link TrueTotalCorrelation}.
 * A deterministic code has no density and is refused.
 */
public final class MinibatchTotalCorrelation {

  /** How the posteriors of a batch stand for those of the whole data set. */
  public enum Weights {
    /** Minibatch-weighted sampling. */
    WEIGHTED,
    /** Minibatch-stratified sampling. */
    STRATIFIED
  }

  private MinibatchTotalCorrelation() {}

  /**
   * Estimates the total correlation.
   *
   * @param codes the posteriors of the whole data set
   * @param weights which weights
   * @param batch images per batch, {@code M}, drawn without replacement
   * @param batches how many batches are averaged
   * @param seed seed of the sampling: which images, and the noise
   * @return the estimate in nats, with estimator {@code minibatch-weighted} or {@code
   *     minibatch-stratified}; the standard error treats samples as independent
   * @throws IllegalArgumentException if {@code batch} is not in {@code [2, codes.size()]}, {@code
   *     batches} is less than 1, a mean is not finite or a log variance is not in [-80, 80]
   */
  public static TotalCorrelation of(
      Codes codes, Weights weights, int batch, int batches, long seed) {
    if (batch < 2 || batch > codes.size()) {
      throw new IllegalArgumentException(
          "batch must be in [2, " + codes.size() + "], was " + batch);
    }
    Statistics.requireAtLeast("batches", batches, 1);
    PosteriorMixture.requireDensities(codes);
    SplittableRandom random = new SplittableRandom(seed);
    double[] ratios = new double[Math.multiplyExact(batch, batches)];
    for (int b = 0; b < batches; b++) {
      int[] images = draw(codes.size(), batch, random);
      for (int i = 0; i < batch; i++) {
        ratios[b * batch + i] = logRatio(codes, weights, images, i, random);
      }
    }
    String name = weights == Weights.WEIGHTED ? "minibatch-weighted" : "minibatch-stratified";
    return TotalCorrelation.average(ratios, name, codes.size(), seed);
  }

  /** Draws distinct images; small batches of large sets by rejection, without a list of all. */
  private static int[] draw(int size, int count, SplittableRandom random) {
    if (4L * count > size) {
      return Shuffle.first(size, count, random);
    }
    return random.ints(0, size).distinct().limit(count).toArray();
  }

  private static double logRatio(
      Codes codes, Weights weights, int[] images, int own, SplittableRandom random) {
    int latents = codes.latents();
    double[] point = new double[latents];
    for (int j = 0; j < latents; j++) {
      double sigma = Math.exp(0.5 * codes.logVariances()[images[own]][j]);
      point[j] = codes.means()[images[own]][j] + sigma * random.nextGaussian();
    }
    double[][] logs = new double[latents + 1][images.length];
    for (int m = 0; m < images.length; m++) {
      double logWeight = Math.log(weight(weights, own, m, images.length, codes.size()));
      logs[latents][m] = logWeight;
      for (int j = 0; j < latents; j++) {
        double logVariance = codes.logVariances()[images[m]][j];
        double t = point[j] - codes.means()[images[m]][j];
        double density =
            -0.5 * (t * t * Math.exp(-logVariance) + logVariance + Math.log(2 * Math.PI));
        logs[j][m] = logWeight + density;
        logs[latents][m] += density;
      }
    }
    double ratio = LogSum.logSumExp(logs[latents]);
    for (double[] marginal : Arrays.copyOf(logs, latents)) {
      ratio -= LogSum.logSumExp(marginal);
    }
    return ratio;
  }

  private static double weight(Weights weights, int own, int other, int batch, double size) {
    if (weights == Weights.WEIGHTED) {
      return 1 / (size * batch);
    }
    if (other == own) {
      return 1 / size;
    }
    double rest = batch - 1.0;
    return other == (own + 1) % batch ? (size - rest) / (size * rest) : 1 / rest;
  }
}
