package dev.disentangle.metric.count;

import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * The mutual information of a continuous latent and a factor's classes by nearest neighbours (Ross
 * 2014): with {@code psi} the digamma function, {@code N_i} the number of points of point {@code
 * i}'s class, {@code k_i} the lesser of {@code k} and {@code N_i - 1}, and {@code m_i} how many
 * points of all classes, itself counted, are nearer than its {@code k_i}-th neighbour within the
 * class,
 *
 * <pre>I = psi(N) + mean psi(k_i) - mean psi(N_i) - mean psi(m_i).</pre>
 *
 * Points that are alone in their class are left out. A negative result becomes 0. Points at the
 * same distance as the {@code k_i}-th neighbour, such as the codes of an image that was drawn twice
 * or a latent of few values, count as if a tiny noise told them apart: as many as stand before that
 * neighbour on average. The noise itself, which other implementations add, would make the result
 * random.
 */
public final class NeighbourInformation {

  private NeighbourInformation() {}

  /**
   * Estimates the mutual information.
   *
   * @param values the latent, one finite value per point
   * @param labels the points' classes, in {@code [0, classes)}
   * @param classes number of classes
   * @param neighbours {@code k}, at least 1
   * @return nats, at least 0; 0 if every class has one point
   */
  public static double of(float[] values, int[] labels, int classes, int neighbours) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    float[][] ofClass = new float[classes][];
    Arrays.setAll(ofClass, c -> new float[counts[c]]);
    int[] filled = new int[classes];
    float[] all = new float[values.length];
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      ofClass[labels[i]][filled[labels[i]]++] = values[i];
      if (counts[labels[i]] > 1) {
        all[size++] = values[i];
      }
    }
    if (size == 0) {
      return 0;
    }
    all = Arrays.copyOf(all, size);
    Arrays.sort(all);
    double sum = 0;
    for (float[] own : ofClass) {
      if (own.length > 1) {
        Arrays.sort(own);
        sum += sum(own, all, Math.min(neighbours, own.length - 1));
      }
    }
    return Math.max(0, Gamma.digamma(size) + sum / size);
  }

  /** Sums {@code psi(k) - psi(N_i) - psi(m_i)} over the points of one class. */
  private static double sum(float[] own, float[] all, int neighbours) {
    double sum = own.length * (Gamma.digamma(neighbours) - Gamma.digamma(own.length));
    for (int i = 0; i < own.length; i++) {
      sum -= Gamma.digamma(1 + nearer(own, own[i], distance(own, i, neighbours), neighbours, all));
    }
    return sum;
  }

  /** Returns the distance to the k-th nearest of the other values, which ascend. */
  private static double distance(float[] own, int point, int neighbours) {
    int low = point;
    int high = point;
    double distance = 0;
    for (int k = 0; k < neighbours; k++) {
      double below = low > 0 ? (double) own[point] - own[low - 1] : Double.POSITIVE_INFINITY;
      double above =
          high + 1 < own.length ? (double) own[high + 1] - own[point] : Double.POSITIVE_INFINITY;
      distance = Math.min(below, above);
      if (below <= above) {
        low--;
      } else {
        high++;
      }
    }
    return distance;
  }

  /** Counts the other points of all classes that stand before the k-th neighbour of the own. */
  private static double nearer(
      float[] own, float centre, double radius, int neighbours, float[] all) {
    int nearerOwn = inside(own, centre, radius);
    int nearerAll = inside(all, centre, radius);
    int tiedOwn = upTo(own, centre, radius) - nearerOwn;
    int tiedOthers = upTo(all, centre, radius) - nearerAll - tiedOwn;
    int place = neighbours - nearerOwn;
    return nearerAll + place - 1 + (double) tiedOthers * place / (tiedOwn + 1);
  }

  /** Counts the values beside the centre itself that are nearer than a radius. */
  private static int inside(float[] ascending, float centre, double radius) {
    return radius == 0
        ? 0
        : SortedValues.firstAtLeast(ascending, ascending.length, centre + radius)
            - SortedValues.firstAbove(ascending, centre - radius)
            - 1;
  }

  /** Counts the values beside the centre itself that are at most a radius away. */
  private static int upTo(float[] ascending, float centre, double radius) {
    return SortedValues.firstAbove(ascending, centre + radius)
        - SortedValues.firstAtLeast(ascending, ascending.length, centre - radius)
        - 1;
  }
}
