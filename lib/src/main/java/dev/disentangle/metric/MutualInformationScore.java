package dev.disentangle.metric;

import dev.disentangle.metric.count.Discretized;

/**
 * The mutual-information score: the mean mutual information of two different latents, in nats; 0
 * for independent latents. It needs no factors (Locatello et al. 2019, appendix).
 *
 * <pre>1/(D (D - 1)) sum_(i != j) I(z_i; z_j)</pre>
 *
 * Codes are cut into bins of equal width over each latent's range (20 in the reference, on 10,000
 * points). A constant latent shares no information; with one latent the score is 0. Nothing is
 * random.
 *
 * @param value the score, in nats, at least 0
 * @param bins bins per latent
 * @param points number of points
 */
public record MutualInformationScore(double value, int bins, int points) {

  /**
   * Computes the score with 20 bins.
   *
   * @param codes the codes, {@code [points][latents]}
   * @return the score
   * @throws IllegalArgumentException if there are fewer than 20 points or a code is not finite
   */
  public static MutualInformationScore of(float[][] codes) {
    return of(codes, Discretized.DEFAULT_BINS);
  }

  /**
   * Computes the score.
   *
   * @param codes the codes, {@code [points][latents]}
   * @param bins bins per latent, at least 2
   * @return the score
   * @throws IllegalArgumentException if {@code bins} is less than 2, there are fewer points than
   *     bins, or a code is not finite
   */
  public static MutualInformationScore of(float[][] codes, int bins) {
    Discretized discretized = new Discretized(codes, bins);
    int latents = codes[0].length;
    double sum = 0;
    for (int i = 0; i < latents; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * discretized.betweenLatents(i, j);
      }
    }
    double pairs = (double) latents * (latents - 1);
    return new MutualInformationScore(latents < 2 ? 0 : sum / pairs, bins, codes.length);
  }
}
