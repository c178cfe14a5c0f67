package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/**
 * How far codes are from the prior {@code N(0, I)}: the largest Kolmogorov-Smirnov distance between
 * the codes along a direction, {@code max_t |share of <w, z> <= t less Phi(t)|}, and the standard
 * normal distribution, over the axes and random directions {@code w} of length 1. By the theorem of
 * Cram&eacute;r and Wold (1936) a distribution is {@code N(0, I)} if and only if it is {@code N(0,
 * 1)} along every direction.
 *
 * @param value the largest distance, in {@code (0, 1]}; 0.043 is exceeded by one direction in
 *     twenty for 1,000 codes of the prior itself
 * @param onAxes the largest distance along an axis alone
 * @param probability that the prior's own codes are as far along the worst direction, times the
 *     number of directions, at most 1 (Bonferroni): small where the codes are not the prior's
 * @param directions how many directions were tried
 * @param points number of codes
 */
public record AggregateNormality(
    double value, double onAxes, double probability, int directions, int points) {

  /**
   * Measures codes.
   *
   * @param codes {@code [points][latents]}, at least 2; of a stochastic encoder samples, of a
   *     deterministic one its codes
   * @param random how many random directions beside the axes, at least 0
   * @param seed seed of the directions
   * @return the distance
   * @throws IllegalArgumentException if there are fewer than 2 codes, they are not a table of
   *     finite numbers, or {@code random} is negative
   */
  public static AggregateNormality of(float[][] codes, int random, long seed) {
    Statistics.requireCodes("codes", codes);
    Statistics.requireAtLeast("number of codes", codes.length, 2);
    Statistics.requireAtLeast("number of random directions", random, 0);
    int latents = codes[0].length;
    double onAxes = 0;
    for (int latent = 0; latent < latents; latent++) {
      double[] axis = new double[latents];
      axis[latent] = 1;
      onAxes = Math.max(onAxes, distance(codes, axis));
    }
    double value = onAxes;
    SplittableRandom generator = new SplittableRandom(seed);
    for (int direction = 0; direction < random; direction++) {
      value = Math.max(value, distance(codes, direction(latents, generator)));
    }
    int directions = latents + random;
    double tail = 1 - new KolmogorovSmirnovTest().cdf(value, codes.length);
    return new AggregateNormality(
        value, onAxes, Math.min(1, directions * tail), directions, codes.length);
  }

  private static double[] direction(int latents, SplittableRandom generator) {
    double[] direction = new double[latents];
    double squares = 0;
    for (int latent = 0; latent < latents; latent++) {
      direction[latent] = generator.nextGaussian();
      squares += direction[latent] * direction[latent];
    }
    for (int latent = 0; latent < latents; latent++) {
      direction[latent] /= Math.sqrt(squares);
    }
    return direction;
  }

  private static double distance(float[][] codes, double[] direction) {
    double[] along = new double[codes.length];
    for (int i = 0; i < along.length; i++) {
      for (int latent = 0; latent < direction.length; latent++) {
        along[i] += direction[latent] * codes[i][latent];
      }
    }
    return new KolmogorovSmirnovTest()
        .kolmogorovSmirnovStatistic(new NormalDistribution(0, 1), along);
  }
}
