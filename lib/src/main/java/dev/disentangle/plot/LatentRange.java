package dev.disentangle.plot;

import java.util.Locale;

/**
 * The values that one latent takes in a traversal.
 *
 * @param low the first
 * @param high the last, above {@code low}
 */
public record LatentRange(double low, double high) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the two are not finite or {@code low} is not below {@code
   *     high}
   */
  public LatentRange {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high)) {
      throw new IllegalArgumentException(
          "low must be below high and both finite, were " + low + " and " + high);
    }
  }

  /** Evenly spaced values from the first to the last. */
  double[] values(int steps) {
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = low + (high - low) * i / (steps - 1);
    }
    return values;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f to %.1f", low, high);
  }
}
