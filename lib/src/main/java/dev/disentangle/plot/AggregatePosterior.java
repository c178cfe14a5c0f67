package dev.disentangle.plot;

import dev.disentangle.representation.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.special.Erf;

/**
 * The distribution of all codes of some images, latent by latent: {@code q(z_j) = 1/N sum_i N(z_j;
 * m_ij, v_ij)} (Makhzani et al. 2016 call it the aggregated posterior). It says which values of a
 * latent a decoder has seen.
 */
final class AggregatePosterior {

  /** So many posteriors, evenly spaced over the images, are enough for a quantile in a picture. */
  private static final int POSTERIORS = 2_000;

  /** Halvings of an interval of some ten standard deviations: far below what a picture shows. */
  private static final int HALVINGS = 40;

  private AggregatePosterior() {}

  /** The values between which each latent has all but {@code 2 tail} of its probability. */
  static List<LatentRange> ranges(Codes codes, double tail) {
    List<LatentRange> ranges = new ArrayList<>();
    for (int latent = 0; latent < codes.latents(); latent++) {
      double low = quantile(codes, latent, tail);
      double high = quantile(codes, latent, 1 - tail);
      // One image's deterministic code is a single point.
      ranges.add(high > low ? new LatentRange(low, high) : new LatentRange(low - .5, low + .5));
    }
    return List.copyOf(ranges);
  }

  /** The value below which a latent has a share of its probability. */
  static double quantile(Codes codes, int latent, double share) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < codes.size(); i++) {
      double mean = codes.means()[i][latent];
      double reach = 6 * deviation(codes, i, latent);
      low = Math.min(low, mean - reach);
      high = Math.max(high, mean + reach);
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (below(codes, latent, middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double below(Codes codes, int latent, double value) {
    int step = Math.max(1, codes.size() / POSTERIORS);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < codes.size(); i += step) {
      double distance = value - codes.means()[i][latent];
      double deviation = deviation(codes, i, latent);
      sum +=
          deviation > 0
              ? .5 * Erf.erfc(-distance / (deviation * Math.sqrt(2)))
              : distance >= 0 ? 1 : 0;
      count++;
    }
    return sum / count;
  }

  private static double deviation(Codes codes, int image, int latent) {
    return Math.exp(.5 * codes.logVariances()[image][latent]);
  }

  /** One sample of {@code q(z|x)} for each of some images, evenly spaced over all. */
  static double[][] samples(Codes codes, int most, RandomGenerator random) {
    int count = Math.min(most, codes.size());
    double[][] samples = new double[count][codes.latents()];
    for (int i = 0; i < count; i++) {
      int image = (int) ((long) i * codes.size() / count);
      for (int latent = 0; latent < codes.latents(); latent++) {
        double noise = random.nextGaussian();
        samples[i][latent] = codes.means()[image][latent] + deviation(codes, image, latent) * noise;
      }
    }
    return samples;
  }

  /** The samples with every dimension shuffled by itself: samples of {@code prod_j q(z_j)}. */
  static double[][] permuted(double[][] samples, RandomGenerator random) {
    double[][] permuted = new double[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      permuted[i] = samples[i].clone();
    }
    for (int latent = 0; latent < samples[0].length; latent++) {
      for (int i = samples.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        double kept = permuted[i][latent];
        permuted[i][latent] = permuted[other][latent];
        permuted[other][latent] = kept;
      }
    }
    return permuted;
  }
}
