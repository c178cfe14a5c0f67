package dev.disentangle.evidence;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.ScoreCorrelations;
import dev.disentangle.sweep.Frontier;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.SweepTable;
import dev.disentangle.training.ScoreSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/** What the experiments tell, in numbers. */
public final class Findings {

  /** The score that the papers' figures show. */
  public static final String SCORE = "score.factorvae";

  /** The score that the quickstart shows beside it. */
  public static final String GAP = "score.mig";

  static final String METHOD = "method";
  private static final String VAE = "VAE";

  private Findings() {}

  /**
   * By how much FactorVAE's score is above beta-VAE's at equal reconstruction. The VAE is the end
   * of both frontiers, beta 1 and gamma 0.
   *
   * @param table outcomes of VAE, beta-VAE and FactorVAE
   * @param score which score of theirs, such as {@link #SCORE}
   * @return the mean difference with its interval
   * @throws IllegalArgumentException if a method has fewer than two settings with that score
   */
  public static Frontier.Difference frontierDifference(SweepTable table, String score) {
    return frontier(table, "FactorVAE", score).minus(frontier(table, "beta-VAE", score));
  }

  /**
   * Score over reconstruction of a method and the VAE.
   *
   * @param table the outcomes
   * @param method name of the method
   * @param score which score
   * @return its frontier
   * @throws IllegalArgumentException if there are fewer than two settings with that score
   */
  public static Frontier frontier(SweepTable table, String method, String score) {
    Predicate<String> its = label -> label.equals(VAE) || label.startsWith(method);
    List<Outcome> runs =
        table.outcomes().stream().filter(run -> its.test(run.setting().get(METHOD))).toList();
    return Frontier.of(runs, Terms.RECONSTRUCTION, score);
  }

  /**
   * How well the estimate follows the truth within a run: Pearson's correlation over its
   * measurements, without that of the untrained model.
   *
   * @param history of a FactorVAE that recorded and measured at the same steps
   * @return a number in [-1, 1]; not a number of fewer than three common steps
   */
  public static double totalCorrelationAgreement(History history) {
    List<Double> estimates = new ArrayList<>();
    List<Double> truths = new ArrayList<>();
    long[] steps = history.steps(Terms.TOTAL_CORRELATION);
    double[] truth = history.values(Terms.TOTAL_CORRELATION);
    for (int i = 0; i < steps.length; i++) {
      double estimate = at(history, Terms.TOTAL_CORRELATION_ESTIMATE, steps[i]);
      if (steps[i] > 0 && Double.isFinite(estimate)) {
        estimates.add(estimate);
        truths.add(truth[i]);
      }
    }
    if (estimates.size() < 3) {
      return Double.NaN;
    }
    return new PearsonsCorrelation().correlation(array(estimates), array(truths));
  }

  /**
   * Averages a term over runs, for a curve of a method over several seeds.
   *
   * @param runs at least one history
   * @param term the term, such as {@link #SCORE}
   * @return the mean at every step at which all runs recorded a finite value
   * @throws IllegalArgumentException if there is no run, or they have no such step in common
   */
  public static History mean(List<History> runs, String term) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs must hold at least one history, were none");
    }
    History mean = new History();
    for (long step : steps(runs.get(0), term)) {
      double sum = runs.stream().mapToDouble(run -> at(run, term, step)).sum();
      if (Double.isFinite(sum)) {
        mean.record(step, Map.of(term, sum / runs.size()));
      }
    }
    if (mean.names().isEmpty()) {
      throw new IllegalArgumentException("the runs have no step with a value of " + term);
    }
    return mean;
  }

  /**
   * How alike the scores rank trained models (Locatello et al. 2019, section 5.2): all scores that
   * the runs recorded while they trained, at their last values.
   *
   * @param table outcomes of at least two runs
   * @param kind which correlation
   * @return the correlations over all runs that have not failed
   * @throws IllegalArgumentException if there are fewer than two, or they share no score
   */
  public static ScoreCorrelations scoreAgreement(SweepTable table, ScoreCorrelations.Kind kind) {
    List<Outcome> runs = table.outcomes().stream().filter(run -> run.failure().isEmpty()).toList();
    Map<String, double[]> scores = new LinkedHashMap<>();
    runs.stream()
        .flatMap(run -> run.values().keySet().stream())
        .filter(name -> name.startsWith(ScoreSchedule.PREFIX))
        .distinct()
        .sorted()
        .forEach(
            name -> scores.put(name.substring(ScoreSchedule.PREFIX.length()), column(runs, name)));
    return ScoreCorrelations.of(scores, kind);
  }

  private static double[] column(List<Outcome> runs, String name) {
    return runs.stream().mapToDouble(r -> r.values().getOrDefault(name, Double.NaN)).toArray();
  }

  private static long[] steps(History history, String term) {
    return history.contains(term) ? history.steps(term) : new long[0];
  }

  private static double at(History history, String term, long step) {
    int position = Arrays.binarySearch(steps(history, term), step);
    return position < 0 ? Double.NaN : history.values(term)[position];
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
