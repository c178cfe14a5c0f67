package dev.disentangle.metric;

import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;

/**
 * Samples of the aggregate posterior {@code q(z) = 1/N sum_i q(z|x_i)}: one of every image's own
 * posterior, {@code z_i = mean_i + e^(logVariance_i / 2) noise}.
 */
public final class PosteriorSamples {

  private PosteriorSamples() {}

  /**
   * Draws one sample per image.
   *
   * @param codes posteriors; those of a deterministic encoder give their means
   * @param seed seed of the noise
   * @return {@code [images][latents]}
   */
  public static float[][] of(Codes codes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[codes.size()][codes.latents()];
    for (int i = 0; i < samples.length; i++) {
      for (int j = 0; j < samples[i].length; j++) {
        double deviation = Math.exp(0.5 * codes.logVariances()[i][j]);
        samples[i][j] = (float) (codes.means()[i][j] + deviation * random.nextGaussian());
      }
    }
    return samples;
  }
}
