package dev.disentangle.metric;

import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.metric.count.Statistics;
import java.util.SplittableRandom;

/**
 * Codes whose dimensions were permuted (Kim &amp; Mnih 2018, Algorithm 1): every column is put into
 * a random order of its own. Each latent keeps its values, and what one latent tells about another
 * is gone: samples of {@code q(z)} become samples of {@code prod_j q(z_j)}.
 */
public final class PermutedDimensions {

  private PermutedDimensions() {}

  /**
   * Permutes every column.
   *
   * @param codes {@code [points][latents]}
   * @param seed seed of the permutations
   * @return a new table of the same size
   * @throws IllegalArgumentException if {@code codes} is empty, its rows differ in length or a
   *     number is not finite
   */
  public static float[][] of(float[][] codes, long seed) {
    Statistics.requireCodes("codes", codes);
    SplittableRandom random = new SplittableRandom(seed);
    float[][] permuted = new float[codes.length][codes[0].length];
    for (int latent = 0; latent < permuted[0].length; latent++) {
      int[] order = Shuffle.first(codes.length, codes.length, random);
      for (int i = 0; i < order.length; i++) {
        permuted[i][latent] = codes[order[i]][latent];
      }
    }
    return permuted;
  }
}
