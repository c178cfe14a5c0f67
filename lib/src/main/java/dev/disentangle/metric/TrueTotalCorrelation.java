package dev.disentangle.metric;

import dev.disentangle.metric.count.PosteriorMixture;
import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The true total correlation of a data set's aggregate posterior.
 *
 * <p>Over {@code N} images {@code q(z) = 1/N sum_i q(z|x_i)} is a mixture of Gaussians with known
 * parameters, so
 *
 * <pre>TC = E_q(z) [ log q(z) - sum_j log q(z_j) ]</pre>
 *
 * needs no discriminator: for each of {@code M} sampled {@code z} both logarithms are sums over all
 * {@code N} posteriors (the definition of Watanabe 1960, applied as in Kim and Mnih 2018, section
 * 3). It is exact up to the sampling of {@code z}; the standard error says how exact. Every log
 * density agrees with double precision to better than 1e-5 nats (see {@link PosteriorMixture}).
 *
 * <p>Identical posteriors give 0. A deterministic code has no density and is refused.
 *
 * <p>A Gaussian {@code q(z)} has the closed form {@code -1/2 log det(correlation matrix)}; see
 * {@link GaussianTotalCorrelation}.
 *
 * <p>The time is proportional to samples, posteriors and latents: 1,000 samples against the 737,280
 * posteriors of dSprites in 10 latents take about 6 seconds on two cores, 200 a little over one.
 * Give it the codes of all images; from those of some, {@link SubsetTotalCorrelation} estimates it.
 *
 * <p>The work is split by samples and latents, never by posteriors, so the result does not depend
 * on the number of threads.
 */
public final class TrueTotalCorrelation {

  /** The number of samples of {@code z} when none is given. */
  public static final int DEFAULT_SAMPLES = 1000;

  private static final int BLOCK = 512;

  private TrueTotalCorrelation() {}

  /**
   * Estimates the total correlation from {@value #DEFAULT_SAMPLES} samples.
   *
   * @param codes the posteriors of the whole data set
   * @param seed seed of the sampling
   * @return the estimate in nats, with its standard error
   * @throws IllegalArgumentException if a mean is not finite or a log variance is not in [-80, 80]
   */
  public static TotalCorrelation of(Codes codes, long seed) {
    return of(codes, DEFAULT_SAMPLES, seed);
  }

  /**
   * Estimates the total correlation.
   *
   * @param codes the posteriors of the whole data set
   * @param samples how many {@code z} to draw from {@code q(z)}, {@code M}
   * @param seed seed of the sampling: which images, and the noise
   * @return the estimate in nats, with its standard error
   * @throws IllegalArgumentException if {@code samples} is less than 1, a mean is not finite or a
   *     log variance is not in [-80, 80]
   */
  public static TotalCorrelation of(Codes codes, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, was " + samples);
    }
    PosteriorMixture mixture = new PosteriorMixture(codes);
    double[] ratios = logRatios(mixture, draw(codes, samples, seed));
    return TotalCorrelation.average(ratios, "true", codes.size(), seed);
  }

  /** Draws points from the aggregate posterior, {@code [latents][samples]}. */
  static float[][] draw(Codes codes, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] points = new float[codes.latents()][samples];
    for (int m = 0; m < samples; m++) {
      int image = random.nextInt(codes.size());
      for (int j = 0; j < points.length; j++) {
        double sigma = Math.exp(0.5 * codes.logVariances()[image][j]);
        points[j][m] = (float) (codes.means()[image][j] + sigma * random.nextGaussian());
      }
    }
    return points;
  }

  /** Computes {@code log q(z) - sum_j log q(z_j)} for points {@code [latents][samples]}. */
  static double[] logRatios(PosteriorMixture mixture, float[][] points) {
    int samples = points[0].length;
    int latents = mixture.latents();
    int blocks = (samples + BLOCK - 1) / BLOCK;
    double[][][] logs = new double[blocks][latents + 1][];
    IntStream.range(0, blocks * (latents + 1))
        .parallel()
        .forEach(
            task -> {
              int block = task / (latents + 1);
              int part = task % (latents + 1);
              float[][] some =
                  columns(points, block * BLOCK, Math.min(samples, (block + 1) * BLOCK));
              logs[block][part] =
                  part == 0
                      ? mixture.logJoint(some)
                      : mixture.logMarginal(part - 1, some[part - 1]);
            });
    double[] ratios = new double[samples];
    for (int m = 0; m < samples; m++) {
      double[][] parts = logs[m / BLOCK];
      ratios[m] = parts[0][m % BLOCK];
      for (int j = 1; j <= latents; j++) {
        ratios[m] -= parts[j][m % BLOCK];
      }
    }
    return ratios;
  }

  private static float[][] columns(float[][] points, int from, int to) {
    float[][] some = new float[points.length][];
    for (int j = 0; j < points.length; j++) {
      some[j] = java.util.Arrays.copyOfRange(points[j], from, to);
    }
    return some;
  }
}
