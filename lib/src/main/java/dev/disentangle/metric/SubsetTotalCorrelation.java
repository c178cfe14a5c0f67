package dev.disentangle.metric;

import dev.disentangle.metric.count.PosteriorMixture;
import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An estimate of a large data set's total correlation from the posteriors of some of its images,
 * where encoding all of them for {@link TrueTotalCorrelation} would take too long.
 *
 * <p>Of {@code N} images {@code n} have been encoded. A point {@code z} is drawn from the posterior
 * of one of them, {@code i}, whose own weight in the mixture is known; the other {@code n - 1}
 * stand for the other {@code N - 1}:
 *
 * <pre>q(z) ~ 1/N q(z|x_i) + (N - 1) / (N (n - 1)) sum_{k != i} q(z|x_k)</pre>
 *
 * and likewise for every latent (the weights of minibatch-stratified sampling, Chen et al. 2018,
 * appendix C.2, in a simpler form). The estimate is the mean of {@code log q(z) - sum_j log
 * q(z_j)}.
 *
 * <p>For images drawn without replacement the sum is unbiased and its logarithm is not: by Jensen's
 * inequality the joint term, and so the estimate, is on average too small, by less than {@code log
 * (N / n)}; the marginals' sums have many terms and no bias that matters. Leaving out the
 * correction, {@code 1/n} as every weight, is too large by up to {@code log (N / n)}, since every
 * point then weighs its own posterior that much too heavily. On the codes of a FactorVAE of
 * dSprites that others trained (10 latents, 737,280 images) {@code n = 32,768} gave 7.26 nats, the
 * truth is 7.28, and equal weights gave 10.0. The worst case is a posterior that overlaps with
 * about {@code N / n} others: with the same model's variances multiplied by 8, 0.94 for 1.50, equal
 * weights 2.65.
 *
 * <p>With {@code n = N} it is the true total correlation.
 */
public final class SubsetTotalCorrelation {

  private static final int BLOCK = 512;

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private SubsetTotalCorrelation() {}

  /**
   * Estimates the total correlation of a data set.
   *
   * @param codes the posteriors of different images, drawn uniformly from the data set
   * @param images number of images in the data set, {@code N}
   * @param samples how many {@code z} to draw
   * @param seed seed of the sampling: which of the images, and the noise
   * @return the estimate in nats, with estimator {@code subset}
   * @throws IllegalArgumentException if there are fewer than 2 codes, {@code images} is less than
   *     the number of codes, {@code samples} is less than 1, a mean is not finite or a log variance
   *     is not in [-80, 80]
   */
  public static TotalCorrelation of(Codes codes, int images, int samples, long seed) {
    if (codes.size() < 2 || images < codes.size()) {
      throw new IllegalArgumentException(
          "codes must be of at least 2 images and of at most the data set's "
              + images
              + ", were of "
              + codes.size());
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, was " + samples);
    }
    PosteriorMixture mixture = new PosteriorMixture(codes);
    SplittableRandom random = new SplittableRandom(seed);
    int[] own = random.ints(samples, 0, codes.size()).toArray();
    float[][] points = points(codes, own, random);
    double[] ratios = new double[samples];
    int blocks = (samples + BLOCK - 1) / BLOCK;
    int latents = codes.latents();
    double[][] logs = new double[latents + 1][samples];
    IntStream.range(0, blocks * (latents + 1))
        .parallel()
        .forEach(
            task -> {
              int from = task / (latents + 1) * BLOCK;
              int to = Math.min(samples, from + BLOCK);
              int part = task % (latents + 1);
              double[] some = equalWeights(mixture, points, part, from, to);
              System.arraycopy(some, 0, logs[part], from, some.length);
            });
    for (int m = 0; m < samples; m++) {
      ratios[m] = logRatio(codes, images, points, own[m], m, logs);
    }
    return TotalCorrelation.average(ratios, "subset", codes.size(), seed);
  }

  /** Draws one point from each of the posteriors named, {@code [latents][samples]}. */
  private static float[][] points(Codes codes, int[] own, SplittableRandom random) {
    float[][] points = new float[codes.latents()][own.length];
    for (int m = 0; m < own.length; m++) {
      for (int j = 0; j < points.length; j++) {
        double sigma = Math.exp(0.5 * codes.logVariances()[own[m]][j]);
        points[j][m] = (float) (codes.means()[own[m]][j] + sigma * random.nextGaussian());
      }
    }
    return points;
  }

  /**
   * The log density of the equally weighted mixture: of one latent, or of all for the last part.
   */
  private static double[] equalWeights(
      PosteriorMixture mixture, float[][] points, int part, int from, int to) {
    if (part < points.length) {
      return mixture.logMarginal(part, java.util.Arrays.copyOfRange(points[part], from, to));
    }
    float[][] some = new float[points.length][];
    for (int j = 0; j < points.length; j++) {
      some[j] = java.util.Arrays.copyOfRange(points[j], from, to);
    }
    return mixture.logJoint(some);
  }

  private static double logRatio(
      Codes codes, int images, float[][] points, int own, int m, double[]... logs) {
    int latents = points.length;
    double joint = 0;
    double ratio = 0;
    for (int j = 0; j < latents; j++) {
      double logVariance = codes.logVariances()[own][j];
      double t = points[j][m] - codes.means()[own][j];
      double density = -0.5 * (t * t * Math.exp(-logVariance) + logVariance + LOG_TWO_PI);
      joint += density;
      ratio -= weighted(logs[j][m], density, codes.size(), images);
    }
    return ratio + weighted(logs[latents][m], joint, codes.size(), images);
  }

  /**
   * Gives a point's own posterior the weight {@code 1/N} and the others the rest.
   *
   * @param equal log density of the mixture of {@code n} equal weights
   * @param own log density of the point's own posterior
   */
  static double weighted(double equal, double own, double n, double images) {
    // The sum over all n in units of the own density; rounding must not make the others negative.
    double excess = Math.max(0, equal + Math.log(n) - own);
    double weight = (images - 1) / (n - 1);
    // Beyond 40 the own density is lost in double precision.
    double log = excess > 40 ? excess + Math.log(weight) : Math.log1p(weight * Math.expm1(excess));
    return own - Math.log(images) + log;
  }
}
