package dev.disentangle.metric;

import java.util.SplittableRandom;

/**
 * Two standard normal numbers with a known correlation {@code r}, the smallest code whose total
 * correlation is known in closed form:
 *
 * <pre>TC = KL(q(z1, z2) || q(z1) q(z2)) = -1/2 log(1 - r^2)</pre>
 *
 * (Cover &amp; Thomas 2006, example 8.5.1, where it is called mutual information). It is a ruler
 * for estimators.
 *
 * @param correlation {@code r}, between -1 and 1, both left out
 */
public record CorrelatedGaussian(double correlation) {

  /**
   * Checks the correlation.
   *
   * @throws IllegalArgumentException if it is not between -1 and 1
   */
  public CorrelatedGaussian {
    if (!(Math.abs(correlation) < 1)) {
      throw new IllegalArgumentException(
          "correlation must be between -1 and 1, was " + correlation);
    }
  }

  /**
   * Returns the total correlation.
   *
   * @return {@code -1/2 log(1 - r^2)}, in nats
   */
  public double totalCorrelation() {
    return -0.5 * Math.log(1 - correlation * correlation);
  }

  /**
   * Computes the joint density.
   *
   * @param z1 first coordinate
   * @param z2 second coordinate
   * @return {@code q(z1, z2)}
   */
  public double density(double z1, double z2) {
    return product(z1, z2) * Math.exp(logRatio(z1, z2));
  }

  /**
   * Computes the density of independent coordinates with the same marginals.
   *
   * @param z1 first coordinate
   * @param z2 second coordinate
   * @return {@code q(z1) q(z2)}
   */
  public double product(double z1, double z2) {
    return Math.exp(-0.5 * (z1 * z1 + z2 * z2)) / (2 * Math.PI);
  }

  /**
   * Computes what a perfect discriminator's {@code log D / (1 - D)} is: a polynomial of degree two.
   *
   * @param z1 first coordinate
   * @param z2 second coordinate
   * @return {@code log q(z1, z2) - log q(z1) q(z2)}, in nats; its mean under {@code q} is the total
   *     correlation
   */
  public double logRatio(double z1, double z2) {
    double r = correlation;
    double squares = r * r * (z1 * z1 + z2 * z2) - 2 * r * z1 * z2;
    return totalCorrelation() - 0.5 * squares / (1 - r * r);
  }

  /**
   * Draws samples: {@code z1 = e1}, {@code z2 = r e1 + sqrt(1 - r^2) e2} with independent standard
   * normal {@code e1, e2}.
   *
   * @param count how many, at least 1
   * @param seed seed of the noise
   * @return {@code [count][2]}
   * @throws IllegalArgumentException if {@code count} is less than 1
   */
  public float[][] sample(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, was " + count);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double rest = Math.sqrt(1 - correlation * correlation);
    float[][] points = new float[count][2];
    for (float[] point : points) {
      double first = random.nextGaussian();
      point[0] = (float) first;
      point[1] = (float) (correlation * first + rest * random.nextGaussian());
    }
    return points;
  }
}
