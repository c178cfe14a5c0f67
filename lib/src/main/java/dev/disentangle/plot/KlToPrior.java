package dev.disentangle.plot;

import dev.disentangle.representation.Codes;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Divergence of each latent's posterior from the standard normal prior, which tells used latents
 * from idle ones: {@code KL(N(m, v) || N(0, 1)) = (m^2 + v - log v - 1) / 2} in nats (Kingma and
 * Welling 2014, appendix B).
 *
 * <p>Pictures take plain arrays and do not depend on scores, so this formula is also in {@code
 * dev.disentangle.metric.KlPerLatent}, which is what users call.
 */
final class KlToPrior {

  private KlToPrior() {}

  /**
   * Computes each latent's divergence, averaged over images.
   *
   * @param codes posteriors of some images
   * @return nats per latent, {@code [latents]}; infinite for a deterministic encoder, whose
   *     variances are 0
   */
  static double[] of(Codes codes) {
    double[] kl = new double[codes.latents()];
    for (int i = 0; i < codes.size(); i++) {
      for (int latent = 0; latent < kl.length; latent++) {
        double mean = codes.means()[i][latent];
        double logVariance = codes.logVariances()[i][latent];
        kl[latent] += (mean * mean + Math.exp(logVariance) - logVariance - 1) / 2 / codes.size();
      }
    }
    return kl;
  }

  /**
   * Orders latents from the largest divergence to the smallest; ties keep their order.
   *
   * @param kl divergence per latent, {@code [latents]}
   * @return positions of the latents
   */
  static int[] order(double[] kl) {
    return IntStream.range(0, kl.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer latent) -> -kl[latent]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
