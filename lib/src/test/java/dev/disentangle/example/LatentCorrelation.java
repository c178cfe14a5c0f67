package dev.disentangle.example;

import dev.disentangle.representation.Codes;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/**
 * How correlated latents are: the mean of {@code |corr(m_i, m_j)|} over all pairs {@code i < j},
 * with {@code m_j} latent {@code j}'s posterior means. 0 for uncorrelated latents, 1 at most.
 *
 * @param value the mean
 * @param points number of images
 */
public record LatentCorrelation(double value, int points) {

  /**
   * Computes the score.
   *
   * @param codes at least two latents, none of them constant, of at least two images
   * @return the score
   * @throws IllegalArgumentException if there are fewer latents
   */
  public static LatentCorrelation of(Codes codes) {
    if (codes.latents() < 2) {
      throw new IllegalArgumentException("latents must be at least 2, was " + codes.latents());
    }
    double sum = 0;
    for (int i = 0; i < codes.latents(); i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.abs(new PearsonsCorrelation().correlation(latent(codes, i), latent(codes, j)));
      }
    }
    int pairs = codes.latents() * (codes.latents() - 1) / 2;
    return new LatentCorrelation(sum / pairs, codes.size());
  }

  private static double[] latent(Codes codes, int latent) {
    return IntStream.range(0, codes.size()).mapToDouble(i -> codes.means()[i][latent]).toArray();
  }
}
