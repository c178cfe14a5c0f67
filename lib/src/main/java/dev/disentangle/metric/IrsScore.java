package dev.disentangle.metric;

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
 * This is disentanglement_lib's formulation (10,000 points, percentiles interpolated linearly).
 * Constant latents have {@code m_j = 0} and are left out; without any other the score is 0. Factors
 * of one class are left out. Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param perLatent each latent's score; 0 for a constant one
 * @param parents the factor that attains each latent's score; -1 where that is 0
 * @param points number of points
 */
public record IrsScore(double value, double[] perLatent, int[] parents, int points) {

  private static final double QUANTILE = 0.99;

  /**
   * Computes the score.
   *
   * @param table codes and factors
   * @return the score
   * @throws IllegalArgumentException if no factor varies
   */
  public static IrsScore of(LabelledCodes table) {
    int latents = table.latents();
    int[] factors = table.varyingFactors();
    int[][] classes = new int[table.factors()[0].length][];
    for (int factor : factors) {
      classes[factor] = table.classes(factor);
    }
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
              for (int factor : factors) {
                double robustness =
                    largest[j] == 0 ? 0 : 1 - deviation(values, classes[factor]) / largest[j];
                if (robustness > perLatent[j]) {
                  perLatent[j] = robustness;
                  parents[j] = factor;
                }
              }
            });
    double weighted = 0;
    double total = 0;
    for (int j = 0; j < latents; j++) {
      weighted += largest[j] * perLatent[j];
      total += largest[j];
    }
    return new IrsScore(total > 0 ? weighted / total : 0, perLatent, parents, table.size());
  }

  private static double largestDeviation(float[] values) {
    double mean = mean(values);
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value - mean));
    }
    // A constant column may miss its own mean by rounding.
    return largest <= 1e-12 * Math.abs(mean) ? 0 : largest;
  }

  /** Averages over the classes the percentile of the deviations from the class's mean. */
  private static double deviation(float[] values, int[] classes) {
    int[] counts = new int[Arrays.stream(classes).max().orElseThrow() + 1];
    for (int value : classes) {
      counts[value]++;
    }
    float[][] groups = new float[counts.length][];
    Arrays.setAll(groups, c -> new float[counts[c]]);
    for (int i = 0; i < values.length; i++) {
      groups[classes[i]][--counts[classes[i]]] = values[i];
    }
    double sum = 0;
    int present = 0;
    for (float[] group : groups) {
      if (group.length > 0) {
        sum += percentile(group);
        present++;
      }
    }
    return sum / present;
  }

  /** Only the largest hundredth matters, so that is all that is kept in order. */
  private static double percentile(float[] group) {
    double mean = mean(group);
    double position = QUANTILE * (group.length - 1);
    int below = (int) position;
    double[] largest = new double[group.length - below];
    Arrays.fill(largest, -1);
    for (float value : group) {
      insert(Math.abs(value - mean), largest);
    }
    double next = largest[Math.min(1, largest.length - 1)];
    return largest[0] + (position - below) * (next - largest[0]);
  }

  /** Puts a value among the largest so far, in ascending order, and drops the least. */
  private static void insert(double value, double[] largest) {
    if (value <= largest[0]) {
      return;
    }
    int place = 1;
    while (place < largest.length && largest[place] < value) {
      largest[place - 1] = largest[place];
      place++;
    }
    largest[place - 1] = value;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
