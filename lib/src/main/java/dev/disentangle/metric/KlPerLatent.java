package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;

/**
 * The mean divergence of each latent's posterior from the standard normal prior,
 *
 * <pre>1/N sum_i KL(N(mean_ij, sigma_ij^2) || N(0, 1))
 *   = 1/N sum_i 1/2 (mean_ij^2 + sigma_ij^2 - log sigma_ij^2 - 1),</pre>
 *
 * in nats per image (Kingma and Welling 2014, appendix B). Near 0 means that the latent says
 * nothing about the image; sorting by it orders traversals (Burgess et al. 2018). Nothing is
 * random.
 *
 * @param nats one value per latent; positive infinity for a deterministic latent
 * @param points number of images
 */
public record KlPerLatent(double[] nats, int points) {

  /**
   * Computes the divergence of every latent.
   *
   * @param codes the posteriors
   * @return the divergences
   * @throws IllegalArgumentException if a mean is not finite or a log variance is NaN or positive
   *     infinity
   */
  public static KlPerLatent of(Codes codes) {
    Statistics.requireCodes("means", codes.means());
    double[] sums = new double[codes.latents()];
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < sums.length; j++) {
        double mean = codes.means()[i][j];
        double logVariance = codes.logVariances()[i][j];
        Statistics.requireLogVariance(logVariance, i, j);
        sums[j] += 0.5 * (mean * mean + Math.exp(logVariance) - logVariance - 1);
      }
    }
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= codes.size();
    }
    return new KlPerLatent(sums, codes.size());
  }

  /**
   * Returns the sum over latents.
   *
   * @return the whole code's divergence, in nats per image
   */
  public double total() {
    double total = 0;
    for (double value : nats) {
      total += value;
    }
    return total;
  }

  /**
   * Returns the latents ordered from the largest divergence to the smallest.
   *
   * @return indices of the latents
   */
  public int[] descending() {
    return java.util.stream.IntStream.range(0, nats.length)
        .boxed()
        .sorted((a, b) -> Double.compare(nats[b], nats[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
