package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.Discretized;
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
 * dev.disentangle.metric.count.NeighbourInformation}), as in the authors' code; with a continuous
 * factor as {@link InformationEstimator#neighbours} says, and InfoE by its ranges. A latent is
 * active when its range is at least a twentieth of the largest. A latent, or factor, without
 * information counts as evenly spread: 0. Of a single factor, or a single active latent, any
 * information counts as 1. Without an active latent all three are 0. Factors of one class are left
 * out.
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
    IntStream.range(0, information.length)
        .filter(k -> IntStream.of(factors).noneMatch(factor -> factor == k))
        .forEach(k -> Arrays.fill(information[k], Double.NaN));
    if (latents.length == 0) {
      return new InfoMecScore(0, 0, 0, information, active, table.size());
    }
    LabelledCodes some =
        new LabelledCodes(columns(table.codes(), latents), table.factors(), table.numbers());
    FactorInformation found =
        FactorInformation.of(some, InformationEstimator.neighbours(NEIGHBOURS));
    double[][] byLatent = new double[latents.length][factors.length];
    double[][] byFactor = new double[factors.length][latents.length];
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < latents.length; j++) {
        byLatent[j][i] = found.nats()[j][i] / found.entropies()[i];
        byFactor[i][j] = byLatent[j][i];
        information[factors[i]][latents[j]] = byLatent[j][i];
      }
    }
    return new InfoMecScore(
        concentration(byLatent),
        explicitness(some, factors),
        concentration(byFactor),
        information,
        active,
        table.size());
  }

  private static double explicitness(LabelledCodes table, int[] factors) {
    float[][] standard = Standardisation.of(table.codes()).apply(table.codes());
    double[] shares = new double[factors.length];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            i -> {
              ClassTable classes = new ClassTable(table.classes(factors[i]));
              int[] labels = classes.labels(table.classes(factors[i]));
              LogisticRegression model =
                  LogisticRegression.fit(standard, labels, classes.count(), 0);
              double entropy = Discretized.entropy(labels);
              shares[i] = 1 - model.crossEntropy(standard, labels) / entropy;
            });
    return Statistics.mean(shares);
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
