package dev.disentangle.metric;

import dev.disentangle.metric.count.PointGroups;
import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The interventional robustness score, IRS (Suter et al. 2019, section 4): whether a latent stays
 * put when all factors but its own change.
 *
 * <p>For latent {@code j} and factor {@code k}, {@code d_jk} is the 99th percentile of {@code |z_j
 * - E[z_j | v_k]|} within each class of {@code v_k}, averaged over the classes, and {@code m_j} the
 * largest {@code |z_j - E[z_j]|}. Then
 *
 * <pre>IRS_j = max_k (1 - d_jk / m_j),   IRS = sum_j m_j IRS_j / sum_j m_j.</pre>
 *
 * The percentile, interpolated linearly, stands for the paper's maximum, as in the code of its
 * authors. The paper conditions on the factors' own classes; disentanglement_lib cuts every factor
 * into 20 bins first, so that classes share one where there are more. Both are named protocols, and
 * the reference's on 10,000 points meets its values. Constant latents have {@code m_j = 0} and are
 * left out; without any other the score is 0. Factors of one class are left out. Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param perLatent each latent's score; 0 for a constant one
 * @param parents the factor that attains each latent's score; -1 where that is 0
 * @param protocol what the classes of a factor are
 * @param points number of points
 */
public record IrsScore(
    double value, double[] perLatent, int[] parents, IrsProtocol protocol, int points) {

  private static final double QUANTILE = 0.99;

  /**
   * Computes the score with {@link IrsProtocol#reference()}.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if no factor varies
   */
  public static IrsScore of(LabelledCodes table) {
    return of(table, IrsProtocol.reference());
  }

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @param protocol what the classes of a factor are
   * @return the score
   * @throws IllegalArgumentException if no factor varies
   */
  public static IrsScore of(LabelledCodes table, IrsProtocol protocol) {
    int latents = table.latents();
    int[] factors = table.varyingFactors();
    PointGroups[] groups = new PointGroups[factors.length];
    Arrays.setAll(groups, i -> PointGroups.byClass(protocol.classes(table.classes(factors[i]))));
    double[] perLatent = new double[latents];
    double[] largest = new double[latents];
    int[] parents = new int[latents];
    Arrays.fill(parents, -1);
    IntStream.range(0, latents)
        .parallel()
        .forEach(
            j -> {
              float[] values = Statistics.column(table.codes(), j);
              largest[j] = largestDeviation(values);
              for (int i = 0; i < factors.length; i++) {
                double robustness =
                    largest[j] == 0 ? 0 : 1 - deviation(values, groups[i]) / largest[j];
                if (robustness > perLatent[j]) {
                  perLatent[j] = robustness;
                  parents[j] = factors[i];
                }
              }
            });
    double weighted = 0;
    double total = 0;
    for (int j = 0; j < latents; j++) {
      weighted += largest[j] * perLatent[j];
      total += largest[j];
    }
    double value = total > 0 ? weighted / total : 0;
    return new IrsScore(value, perLatent, parents, protocol, table.size());
  }

  private static double largestDeviation(float[] values) {
    double mean = mean(values, values.length);
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value - mean));
    }
    // A constant column may miss its own mean by rounding.
    return largest <= 1e-12 * Math.abs(mean) ? 0 : largest;
  }

  /** Averages over the classes the percentile of the deviations from the class's mean. */
  private static double deviation(float[] values, PointGroups groups) {
    float[] group = new float[values.length];
    double[] largest = new double[values.length];
    double sum = 0;
    for (int c = 0; c < groups.count(); c++) {
      int size = groups.gather(c, values, group);
      sum += percentile(group, size, largest);
    }
    return sum / groups.count();
  }

  /**
   * Only the largest hundredth matters, so that is all that is kept in order.
   *
   * @param group holds the values in its first places
   * @param size how many
   * @param largest room for as many
   */
  private static double percentile(float[] group, int size, double[] largest) {
    double mean = mean(group, size);
    double position = QUANTILE * (size - 1);
    int below = (int) position;
    int kept = size - below;
    Arrays.fill(largest, 0, kept, -1);
    for (int i = 0; i < size; i++) {
      double value = Math.abs(group[i] - mean);
      if (value > largest[0]) {
        insert(value, largest, kept);
      }
    }
    double next = largest[Math.min(1, kept - 1)];
    return largest[0] + (position - below) * (next - largest[0]);
  }

  /** Puts a value among the largest so far, in ascending order, in place of the least. */
  private static void insert(double value, double[] largest, int kept) {
    int place = 1;
    while (place < kept && largest[place] < value) {
      largest[place - 1] = largest[place];
      place++;
    }
    largest[place - 1] = value;
  }

  private static double mean(float[] values, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum / size;
  }
}
