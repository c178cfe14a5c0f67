package dev.disentangle.metric;

import dev.disentangle.metric.count.LogSum;
import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;

/**
 * The importance-weighted estimate of the log marginal likelihood (Burda et al. 2016, equation 8):
 *
 * <pre>log p(x) ~ log 1/k sum_s w_s,   w_s = p(x | z_s) p(z_s) / q(z_s | x),   z_s ~ q(z | x).
 * </pre>
 *
 * It is a lower bound in expectation that rises to {@code log p(x)} with {@code k}; with {@code k =
 * 1} it is the ELBO. The mean is taken in logarithms, so no weight over- or underflows.
 *
 * @param nats estimate per image, averaged over the images
 * @param standardError standard error of the average over images; NaN where it is not defined, for
 *     one image or an infinite estimate
 * @param elbo mean log weight: the ELBO from the same samples, in nats per image
 * @param samples {@code k}, samples per image
 * @param images number of images
 * @param seed seed of the sampling
 */
public record ImportanceWeighted(
    double nats, double standardError, double elbo, int samples, int images, long seed) {

  /** Gives log importance weights: all that the estimate needs to know of a model. */
  @FunctionalInterface
  public interface LogWeights {

    /**
     * Draws samples for one image and computes their log weights {@code log p(x|z) + log p(z) - log
     * q(z|x)}, in nats.
     *
     * @param image index of the image, from 0
     * @param samples how many
     * @param seed seed of the noise, a different one for every image
     * @return one log weight per sample
     */
    double[] sample(int image, int samples, long seed);
  }

  /**
   * Estimates the log marginal likelihood.
   *
   * @param weights gives the log weights of a model and its data
   * @param images number of images, at least 1
   * @param samples samples per image, at least 1
   * @param seed seed of the sampling
   * @return the estimate; negative infinity if some image has no positive weight
   * @throws IllegalArgumentException if a size is less than 1, or a log weight is NaN or positive
   *     infinity
   */
  public static ImportanceWeighted of(LogWeights weights, int images, int samples, long seed) {
    Statistics.requireAtLeast("images", images, 1);
    Statistics.requireAtLeast("samples", samples, 1);
    java.util.SplittableRandom seeds = new java.util.SplittableRandom(seed);
    double[] estimates = new double[images];
    double elbo = 0;
    for (int i = 0; i < images; i++) {
      double[] logs = weights.sample(i, samples, seeds.nextLong());
      requireUsable(logs, i, samples);
      estimates[i] = LogSum.logMeanExp(logs);
      elbo += Arrays.stream(logs).sum() / samples / images;
    }
    double mean = Statistics.mean(estimates);
    double squares = Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum();
    boolean undefined = images < 2 || Double.isInfinite(mean);
    double error = undefined ? Double.NaN : Math.sqrt(squares / (images - 1) / images);
    return new ImportanceWeighted(mean, error, elbo, samples, images, seed);
  }

  private static void requireUsable(double[] logs, int image, int samples) {
    if (logs.length != samples) {
      throw new IllegalArgumentException(
          "weights must give " + samples + " values, gave " + logs.length + " for image " + image);
    }
    for (double log : logs) {
      if (!(log < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "log weights must be below infinity, was " + log + " for image " + image);
      }
    }
  }
}
