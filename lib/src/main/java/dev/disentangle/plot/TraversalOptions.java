package dev.disentangle.plot;

import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How latents are traversed. Immutable; start from {@link #defaults} and change what is wanted.
 *
 * @param range how far a latent moves to both sides of 0, in standard deviations of the prior
 * @param steps how many values it takes, evenly spaced from {@code -range} to {@code range}
 * @param minimumKl latents whose divergence from the prior is below this many nats are left out
 * @param kl divergence per latent that orders and labels the rows; empty to use that of the image
 *     that is traversed
 * @param ranges the values of each latent; empty to use {@code range} for all
 */
public record TraversalOptions(
    double range, int steps, double minimumKl, double[] kl, List<LatentRange> ranges) {

  /** What a traversal over codes leaves out at both ends, as -2 to 2 does of a standard normal. */
  private static final double TAIL = .022750132;

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
    ranges = List.copyOf(ranges);
  }

  /**
   * Returns the usual setting: from -2 to 2 in nine values, all latents, ordered by the image's own
   * divergence.
   *
   * @return the defaults
   */
  public static TraversalOptions defaults() {
    return new TraversalOptions(2, 9, 0, new double[0], List.of());
  }

  /**
   * Changes how far all latents move.
   *
   * @param range standard deviations of the prior, positive
   * @return changed options
   */
  public TraversalOptions withRange(double range) {
    return new TraversalOptions(range, steps, minimumKl, kl, List.of());
  }

  /**
   * Moves each latent over the values that it takes for some images, and orders and labels rows by
   * the divergences of these images. The range of latent {@code j} holds all but 2.28 % at either
   * end of {@code q(z_j) = 1/N sum_i N(m_ij, v_ij)}, as much as -2 to 2 holds of the prior. Beyond
   * it, where a latent is far from the prior, a decoder draws what it was never trained for: often
   * an empty image.
   *
   * @param codes posteriors of some images, by custom a few thousand of the training data, or all
   * @return changed options
   */
  public TraversalOptions over(Codes codes) {
    return new TraversalOptions(
        range, steps, minimumKl, KlToPrior.of(codes), AggregatePosterior.ranges(codes, TAIL));
  }

  /**
   * Changes how many values a latent takes.
   *
   * @param steps number of images per row, 2 to 101
   * @return changed options
   */
  public TraversalOptions withSteps(int steps) {
    return new TraversalOptions(range, steps, minimumKl, kl, ranges);
  }

  /**
   * Leaves out latents that are idle; if all are, all are shown.
   *
   * @param minimumKl nats that a latent must reach, such as 0.1
   * @return changed options
   */
  public TraversalOptions activeOnly(double minimumKl) {
    return new TraversalOptions(range, steps, minimumKl, kl, ranges);
  }

  /**
   * Orders and labels rows by given divergences, for example over a sample of the data: {@code
   * KlPerLatent.of(model.encode(data, indices)).nats()}.
   *
   * @param kl nats per latent, {@code [latents]}
   * @return changed options
   */
  public TraversalOptions orderedBy(double[] kl) {
    return new TraversalOptions(range, steps, minimumKl, kl, ranges);
  }

  @Override
  public double[] kl() {
    return kl.clone();
  }

  /** The range of one latent. */
  LatentRange range(int latent) {
    return ranges.isEmpty() ? new LatentRange(-range, range) : ranges.get(latent);
  }

  /** The values that a latent takes, {@code [steps]}. */
  double[] values(int latent) {
    return range(latent).values(steps);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TraversalOptions options
        && range == options.range
        && steps == options.steps
        && minimumKl == options.minimumKl
        && Arrays.equals(kl, options.kl)
        && ranges.equals(options.ranges);
  }

  @Override
  public int hashCode() {
    return Objects.hash(range, steps, minimumKl, Arrays.hashCode(kl), ranges);
  }
}
