package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * Correlations between scores over many runs: which scores rank models alike (Locatello et al.
 * 2019, section 5.2).
 *
 * @param names the scores, in the order of rows and columns
 * @param matrix the correlations, {@code [scores][scores]}, in {@code [-1, 1]}; 1 on the diagonal
 *     and NaN beside it for a score that is the same in all runs, whose correlation is not defined
 * @param kind which correlation
 * @param runs number of runs
 */
public record ScoreCorrelations(List<String> names, double[][] matrix, Kind kind, int runs) {

  /** Which correlation coefficient. */
  public enum Kind {
    /** Of the values. */
    PEARSON,
    /** Of the ranks, ties sharing their mean rank. */
    SPEARMAN,
    /** Kendall's tau-b, of the order of pairs. */
    KENDALL
  }

  /**
   * Correlates the scores of several runs. Scores that are missing, undefined or infinite in some
   * run are left out.
   *
   * @param runs one table of scores per run, at least 2
   * @param kind which correlation
   * @return the correlations
   * @throws IllegalArgumentException if there are fewer than 2 runs or no common score
   */
  public static ScoreCorrelations of(List<Scores> runs, Kind kind) {
    Statistics.requireAtLeast("number of runs", runs.size(), 2);
    Map<String, double[]> scores = new LinkedHashMap<>();
    for (String name : runs.get(0).names()) {
      scores.put(
          name,
          runs.stream()
              .mapToDouble(run -> run.names().contains(name) ? run.value(name) : Double.NaN)
              .toArray());
    }
    return of(scores, kind);
  }

  /**
   * Correlates columns of a table. Those with a missing or infinite value are left out.
   *
   * @param scores one value per run for each score, at least 2 runs
   * @param kind which correlation
   * @return the correlations, in the map's order
   * @throws IllegalArgumentException if there are fewer than 2 runs, the columns differ in length
   *     or none is finite in all runs
   */
  public static ScoreCorrelations of(Map<String, double[]> scores, Kind kind) {
    List<String> names = new ArrayList<>(scores.keySet());
    names.removeIf(name -> !Arrays.stream(scores.get(name)).allMatch(Double::isFinite));
    if (names.isEmpty()) {
      throw new IllegalArgumentException("runs must have a finite score in common");
    }
    double[][] columns = names.stream().map(scores::get).toArray(double[][]::new);
    Statistics.requireAtLeast("number of runs", columns[0].length, 2);
    if (Arrays.stream(columns).anyMatch(column -> column.length != columns[0].length)) {
      throw new IllegalArgumentException("scores must have one value per run each");
    }
    double[][] matrix = new double[columns.length][columns.length];
    for (int a = 0; a < columns.length; a++) {
      for (int b = 0; b < columns.length; b++) {
        matrix[a][b] = a == b ? 1 : correlation(columns[a], columns[b], kind);
      }
    }
    return new ScoreCorrelations(List.copyOf(names), matrix, kind, columns[0].length);
  }

  static double correlation(double[] a, double[] b, Kind kind) {
    if (isConstant(a) || isConstant(b)) {
      return Double.NaN;
    }
    double value =
        switch (kind) {
          case PEARSON -> new PearsonsCorrelation().correlation(a, b);
          case SPEARMAN -> new SpearmansCorrelation().correlation(a, b);
          case KENDALL -> new KendallsCorrelation().correlation(a, b);
        };
    return Math.max(-1, Math.min(1, value));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
