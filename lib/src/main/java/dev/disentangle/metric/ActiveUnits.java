package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;

/**
 * The number of active units (Burda et al. 2016, section 5.2): latents {@code j} whose posterior
 * mean varies with the image,
 *
 * <pre>Var_x(E[z_j | x]) &gt; 0.01.</pre>
 *
 * A constant latent is never active, whatever the threshold. Nothing is random.
 *
 * @param active which latents are active
 * @param variances variance of each latent's codes over the images, divisor {@code n - 1}
 * @param threshold the variance that must be exceeded
 * @param points number of points
 */
public record ActiveUnits(boolean[] active, double[] variances, double threshold, int points) {

  /** The threshold of Burda et al. (2016). */
  public static final double DEFAULT_THRESHOLD = 0.01;

  /**
   * Counts active units with the threshold {@value #DEFAULT_THRESHOLD}.
   *
   * @param codes posterior means, {@code [points][latents]}
   * @return the active units
   * @throws IllegalArgumentException if {@code codes} has fewer than 2 rows, unequal rows, or a
   *     value that is not finite
   */
  public static ActiveUnits of(float[][] codes) {
    return of(codes, DEFAULT_THRESHOLD);
  }

  /**
   * Counts active units.
   *
   * @param codes posterior means, {@code [points][latents]}
   * @param threshold the variance that must be exceeded, at least 0
   * @return the active units
   * @throws IllegalArgumentException if {@code codes} has fewer than 2 rows, unequal rows, or a
   *     value that is not finite, or {@code threshold} is negative or NaN
   */
  public static ActiveUnits of(float[][] codes, double threshold) {
    Statistics.requireAtLeast("rows of codes", codes.length, 2);
    Statistics.requireCodes("codes", codes);
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must be at least 0, was " + threshold);
    }
    double[] variances = Statistics.variances(codes);
    boolean[] active = new boolean[variances.length];
    for (int j = 0; j < active.length; j++) {
      active[j] = variances[j] > threshold;
    }
    return new ActiveUnits(active, variances, threshold, codes.length);
  }

  /**
   * Returns how many latents are active.
   *
   * @return between 0 and the number of latents
   */
  public int count() {
    int count = 0;
    for (boolean one : active) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
