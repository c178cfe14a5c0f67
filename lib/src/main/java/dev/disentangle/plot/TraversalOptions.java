package dev.disentangle.plot;

import java.util.Arrays;

/**
 * How latents are traversed. Immutable; start from {@link #defaults} and change what is wanted.
 *
 * @param range how far a latent moves to both sides of 0, in standard deviations of the prior
 * @param steps how many values it takes, evenly spaced from {@code -range} to {@code range}
 * @param minimumKl latents whose divergence from the prior is below this many nats are left out
 * @param kl divergence per latent that orders and labels the rows; empty to use that of the image
 *     that is traversed
 */
public record TraversalOptions(double range, int steps, double minimumKl, double[] kl) {

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if {@code range} is not positive and finite, {@code steps} is
   *     not in 2..101, or {@code minimumKl} is negative
   */
  public TraversalOptions {
    if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("range must be positive and finite, was " + range);
    }
    if (steps < 2 || steps > 101) {
      throw new IllegalArgumentException("steps must be in 2..101, was " + steps);
    }
    if (!(minimumKl >= 0)) {
      throw new IllegalArgumentException("minimumKl must be at least 0, was " + minimumKl);
    }
    kl = kl.clone();
  }

  /**
   * Returns the usual setting: from -2 to 2 in nine values, all latents, ordered by the image's own
   * divergence.
   *
   * @return the defaults
   */
  public static TraversalOptions defaults() {
    return new TraversalOptions(2, 9, 0, new double[0]);
  }

  /**
   * Changes how far a latent moves.
   *
   * @param range standard deviations of the prior, positive
   * @return changed options
   */
  public TraversalOptions withRange(double range) {
    return new TraversalOptions(range, steps, minimumKl, kl);
  }

  /**
   * Changes how many values a latent takes.
   *
   * @param steps number of images per row, 2 to 101
   * @return changed options
   */
  public TraversalOptions withSteps(int steps) {
    return new TraversalOptions(range, steps, minimumKl, kl);
  }

  /**
   * Leaves out latents that are idle; if all are, all are shown.
   *
   * @param minimumKl nats that a latent must reach, such as 0.1
   * @return changed options
   */
  public TraversalOptions activeOnly(double minimumKl) {
    return new TraversalOptions(range, steps, minimumKl, kl);
  }

  /**
   * Orders and labels rows by given divergences, for example over a sample of the data: {@code
   * KlPerLatent.of(model.encode(data, indices)).nats()}.
   *
   * @param kl nats per latent, {@code [latents]}
   * @return changed options
   */
  public TraversalOptions orderedBy(double[] kl) {
    return new TraversalOptions(range, steps, minimumKl, kl);
  }

  @Override
  public double[] kl() {
    return kl.clone();
  }

  /** The values that a latent takes, {@code [steps]}. */
  double[] values() {
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = range * (2.0 * i / (steps - 1) - 1);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TraversalOptions options
        && range == options.range
        && steps == options.steps
        && minimumKl == options.minimumKl
        && Arrays.equals(kl, options.kl);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new double[] {range, steps, minimumKl, Arrays.hashCode(kl)});
  }
}
