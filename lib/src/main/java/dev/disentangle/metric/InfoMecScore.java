package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.NeighbourInformation;
import dev.disentangle.metric.count.Standardisation;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.LogisticRegression;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * InfoMEC (Hsu et al. 2023, section 3): modularity, explicitness and compactness from mutual
 * information, each 1 at best.
 *
 * <p>With {@code N_kj = I(v_k; z_j) / H(v_k)} of {@code K} factors and {@code D} active latents,
 *
 * <pre>InfoM = 1/D sum_j ( max_k N_kj / sum_k N_kj - 1/K ) / (1 - 1/K)
 * InfoC = 1/K sum_k ( max_j N_kj / sum_j N_kj - 1/D ) / (1 - 1/D).</pre>
 *
 * Mutual information is estimated by {@value #NEIGHBOURS} nearest neighbours (Ross 2014, see {@link
 * NeighbourInformation}), as in the authors' code. A latent is active when its range is at least a
 * twentieth of the largest. A latent, or factor, without information counts as evenly spread: 0. Of
 * a single factor, or a single active latent, any information counts as 1. Without an active latent
 * all three are 0. Factors of one class are left out.
 *
 * <p>InfoE is the share of a factor's uncertainty that a linear classifier takes away, with {@code
 * h} the mean negative log probability of the true class:
 *
 * <pre>InfoE = 1/K sum_k (1 - h(v_k | z) / H(v_k)).</pre>
 *
 * The classifier is a logistic regression without a penalty, fitted to and measured on all points,
 * and the factor's entropy is what it achieves without a code. The authors' code weights classes
 * equally, which is the same where they are equally frequent. Nothing is random.
 *
 * @param modularity InfoM
 * @param explicitness InfoE
 * @param compactness InfoC
 * @param information {@code N}, {@code [factors][latents]}; 0 for inactive latents, NaN for factors
 *     of one class
 * @param active which latents are active
 * @param points number of points
 */
public record InfoMecScore(
    double modularity,
    double explicitness,
    double compactness,
    double[][] information,
    boolean[] active,
    int points) {

  /** The authors' number of neighbours. */
  public static final int NEIGHBOURS = 10;

  private static final double LEAST_RANGE = 1 / 20.0;

  /**
   * Computes the scores.
   *
   * @param table codes and factors
   * @return the scores
   * @throws IllegalArgumentException if no factor varies
   */
  public static InfoMecScore of(LabelledCodes table) {
    boolean[] active = active(table.codes());
    int[] factors = table.varyingFactors();
    int[] latents = IntStream.range(0, active.length).filter(j -> active[j]).toArray();
    double[][] information = new double[table.factors()[0].length][active.length];
    for (double[] row : information) {
      Arrays.fill(row, Double.NaN);
    }
    double[] explicitness = new double[factors.length];
    float[][] some = columns(table.codes(), latents);
    float[][] standard = Standardisation.of(some).apply(some);
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            i -> {
              ClassTable classes = new ClassTable(table.classes(factors[i]));
              int[] labels = classes.labels(table.classes(factors[i]));
              double entropy = Discretized.entropy(labels);
              Arrays.fill(information[factors[i]], 0);
              for (int j : latents) {
                float[] values = Statistics.column(table.codes(), j);
                information[factors[i]][j] =
                    NeighbourInformation.of(values, labels, classes.count(), NEIGHBOURS) / entropy;
              }
              explicitness[i] = explicitness(standard, labels, classes.count(), entropy);
            });
    double[][] byFactor = new double[factors.length][latents.length];
    double[][] byLatent = new double[latents.length][factors.length];
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < latents.length; j++) {
        byFactor[i][j] = information[factors[i]][latents[j]];
        byLatent[j][i] = byFactor[i][j];
      }
    }
    return new InfoMecScore(
        concentration(byLatent),
        Statistics.mean(explicitness),
        concentration(byFactor),
        information,
        active,
        table.size());
  }

  private static boolean[] active(float[][] codes) {
    double[] ranges = new double[codes[0].length];
    double largest = 0;
    for (int j = 0; j < ranges.length; j++) {
      float[] values = Statistics.column(codes, j);
      Arrays.sort(values);
      ranges[j] = (double) values[values.length - 1] - values[0];
      largest = Math.max(largest, ranges[j]);
    }
    boolean[] active = new boolean[ranges.length];
    for (int j = 0; j < active.length; j++) {
      active[j] = ranges[j] > 0 && ranges[j] >= LEAST_RANGE * largest;
    }
    return active;
  }

  private static float[][] columns(float[][] codes, int[] latents) {
    float[][] some = new float[codes.length][latents.length];
    for (int i = 0; i < some.length; i++) {
      for (int j = 0; j < latents.length; j++) {
        some[i][j] = codes[i][latents[j]];
      }
    }
    return some;
  }

  private static double explicitness(float[][] codes, int[] labels, int classes, double entropy) {
    if (codes[0].length == 0) {
      return 0;
    }
    LogisticRegression model = LogisticRegression.fit(codes, labels, classes, 0);
    return 1 - model.crossEntropy(codes, labels) / entropy;
  }

  /**
   * Averages over the rows how much of a row's sum lies in one place: 1 all of it, 0 even shares.
   */
  private static double concentration(double[][] rows) {
    double total = 0;
    for (double[] row : rows) {
      double sum = Arrays.stream(row).sum();
      if (sum > 0) {
        double most = Arrays.stream(row).max().orElse(0) / sum;
        double even = 1.0 / row.length;
        total += row.length == 1 ? 1 : (most - even) / (1 - even);
      }
    }
    return rows.length == 0 ? 0 : total / rows.length;
  }
}
