package dev.disentangle.metric.count;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;

/**
 * The mutual information of continuous latents and a continuous factor by nearest neighbours
 * (Kraskov et al. 2004, equation 8): with {@code rho_i} the distance, the larger of the two
 * coordinates', from point {@code i} to its {@code k}-th neighbour in the plane of latent and
 * factor, and {@code n_x}, {@code n_y} how many other points are nearer than {@code rho_i} in one
 * coordinate alone,
 *
 * <pre>I = psi(N) + psi(k) - mean ( psi(n_x + 1) + psi(n_y + 1) ).</pre>
 *
 * Both coordinates are brought to unit variance first. Where the {@code k} neighbours lie on the
 * point itself, {@code k} becomes the number of points there, itself counted, and {@code n_x},
 * {@code n_y} those with the same coordinate (Gao et al. 2017). Nothing is random: no noise is
 * added to tell points apart.
 *
 * <p>Where no two distances are the same, the estimate cannot exceed that of a factor with itself,
 * {@code psi(N) - psi(k)}: as finely as {@code k} neighbours among {@code N} points can tell.
 * {@link #ofItself} returns that; where information is divided by an entropy, which real numbers do
 * not have, it takes its place.
 */
public final class ContinuousInformation {

  /** Steps of one width round differently; those equal to a radius are not to count as nearer. */
  private static final double NEARER = 1 - 1e-9;

  private final int neighbours;
  private final double[] factor;
  private final int[] order;
  private final double[] psi;

  /**
   * Sorts the points by a factor.
   *
   * @param numbers the factor, one finite number per point, not all the same
   * @param neighbours {@code k}, at least 1 and less than the number of points
   * @throws IllegalArgumentException if there are too few points
   */
  public ContinuousInformation(double[] numbers, int neighbours) {
    Statistics.requireAtLeast("neighbours", neighbours, 1);
    Statistics.requireAtLeast(
        "points for " + neighbours + " neighbours", numbers.length, neighbours + 1);
    this.neighbours = neighbours;
    double[] scaled = scaled(numbers);
    order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scaled[a], scaled[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    factor = IntStream.of(order).mapToDouble(i -> scaled[i]).toArray();
    psi = IntStream.rangeClosed(0, numbers.length).mapToDouble(Gamma::digamma).toArray();
  }

  /**
   * Estimates the mutual information with a latent.
   *
   * @param latent one finite value per point
   * @return nats, at least 0; 0 for a constant latent
   */
  public double of(float[] latent) {
    return ofNumbers(IntStream.range(0, latent.length).mapToDouble(i -> latent[i]).toArray());
  }

  /**
   * Estimates the mutual information of the factor with itself, the most that a latent can have.
   *
   * @return nats
   */
  public double ofItself() {
    return ofSorted(factor);
  }

  private double ofNumbers(double[] values) {
    double[] scaled = scaled(values);
    return ofSorted(IntStream.of(order).mapToDouble(i -> scaled[i]).toArray());
  }

  /** Estimates it from a latent in the order of the factor's numbers. */
  private double ofSorted(double[] latent) {
    double[] ascending = latent.clone();
    Arrays.sort(ascending);
    int points = latent.length;
    if (ascending[0] == ascending[points - 1]) {
      return 0;
    }
    double[] nearest = new double[neighbours];
    double sum = 0;
    for (int i = 0; i < points; i++) {
      double radius = NEARER * distance(latent, i, nearest);
      int near = radius > 0 ? neighbours : same(latent, i);
      sum +=
          psi[near]
              - psi[near(ascending, latent[i], radius)]
              - psi[near(factor, factor[i], radius)];
    }
    return Math.max(0, psi[points] + sum / points);
  }

  /** Returns the distance of a point to its k-th neighbour; looks no further than need be. */
  private double distance(double[] latent, int point, double[] nearest) {
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int low = point - 1;
    int high = point + 1;
    while (true) {
      double below = low >= 0 ? factor[point] - factor[low] : Double.POSITIVE_INFINITY;
      double above = high < factor.length ? factor[high] - factor[point] : Double.POSITIVE_INFINITY;
      double step = Math.min(below, above);
      if (step >= nearest[neighbours - 1]) {
        return nearest[neighbours - 1];
      }
      int next = below <= above ? low-- : high++;
      insert(nearest, Math.max(step, Math.abs(latent[next] - latent[point])));
    }
  }

  /** Puts a distance among the least, which ascend, in place of the largest. */
  private static void insert(double[] nearest, double distance) {
    int place = nearest.length - 1;
    if (distance >= nearest[place]) {
      return;
    }
    while (place > 0 && nearest[place - 1] > distance) {
      nearest[place] = nearest[place - 1];
      place--;
    }
    nearest[place] = distance;
  }

  /** Counts the points that lie on a point, itself among them. */
  private int same(double[] latent, int point) {
    int low = below(factor, factor[point], 0);
    int high = low + near(factor, factor[point], 0);
    int count = 0;
    for (int i = low; i < high; i++) {
      count += latent[i] == latent[point] ? 1 : 0;
    }
    return count;
  }

  /** Counts the values nearer than a radius, or as near as 0, the centre itself among them. */
  private static int near(double[] ascending, double centre, double radius) {
    return ascending.length - below(ascending, centre, radius) - above(ascending, centre, radius);
  }

  private static int below(double[] ascending, double centre, double radius) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double distance = centre - ascending[middle];
      if (radius > 0 ? distance >= radius : distance > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int above(double[] ascending, double centre, double radius) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double distance = ascending[middle] - centre;
      if (radius > 0 ? distance < radius : distance <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ascending.length - low;
  }

  private static double[] scaled(double[] values) {
    double mean = Statistics.mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double scale = squares > 0 ? Math.sqrt(squares / values.length) : 1;
    return Arrays.stream(values).map(value -> value / scale).toArray();
  }
}
