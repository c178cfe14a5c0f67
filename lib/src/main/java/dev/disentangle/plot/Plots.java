package dev.disentangle.plot;

import dev.disentangle.history.History;
import dev.disentangle.history.Recorded;
import dev.disentangle.history.Terms;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Charts of what training recorded and of scores. Every chart is a picture, which any Java kernel
 * shows when it is a cell's last value; {@link Pictures#save} writes it to a file.
 *
 * <p>Curves with many values are drawn as a moving average over about a thirtieth of them, with the
 * raw values faint behind.
 */
public final class Plots {

  /** The unit of every loss term. */
  static final String NATS = "nats per image";

  private Plots() {}

  /**
   * Draws the true total correlation and training's own estimate of it over training steps: {@link
   * Terms#TOTAL_CORRELATION} and {@link Terms#TOTAL_CORRELATION_ESTIMATE}, in nats, and for large
   * data sets {@link Terms#TOTAL_CORRELATION_SUBSET}. Several runs share one chart, a colour each:
   * the truth is solid, training's estimate dashed; where the truth was measured less than twice,
   * the estimate from a subset is solid instead, and its label says so. A run that lacks some is
   * drawn with the others. Terms of other names, such as those of minibatch-weighted sampling, do
   * not compare and are never drawn here; a note below the chart says which runs lack an estimate.
   *
   * @param runs at least one run; where names repeat, the legend says what differs
   * @return a picture, 800 by 450 points without notes
   * @throws IllegalArgumentException if there is no run, or none has recorded any of them
   */
  public static BufferedImage totalCorrelation(Recorded... runs) {
    return totalCorrelation(RunNames.of(runs), runs);
  }

  /**
   * Draws the true total correlation and training's own estimate, as {@link
   * #totalCorrelation(Recorded...)} does, under names of your own.
   *
   * @param names one distinct name per run
   * @param runs at least one run
   * @return a picture, 800 by 450 points without notes
   * @throws IllegalArgumentException if there is no run, none has recorded any of them, or there is
   *     not one distinct name per run
   */
  public static BufferedImage totalCorrelation(List<String> names, Recorded... runs) {
    requireTerm(
        runs,
        Terms.TOTAL_CORRELATION,
        Terms.TOTAL_CORRELATION_SUBSET,
        Terms.TOTAL_CORRELATION_ESTIMATE);
    List<String> labels = RunNames.of(names, runs);
    if (runs.length == 1) {
      LineChart chart = new LineChart("Total correlation of " + labels.get(0), "nats");
      return totalCorrelation(chart, snapshot(runs[0])).draw();
    }
    LineChart chart =
        new LineChart("Total correlation: truth solid, training's estimate dashed", "nats");
    List<String> without = new ArrayList<>();
    for (int r = 0; r < runs.length; r++) {
      History history = snapshot(runs[r]);
      boolean measured = addMeasured(chart, labels.get(r), history, r);
      if (history.contains(Terms.TOTAL_CORRELATION_ESTIMATE)) {
        String label = measured ? null : labels.get(r) + ", estimate";
        chart.add(label, history, Terms.TOTAL_CORRELATION_ESTIMATE, r, true);
      } else {
        without.add(labels.get(r));
      }
    }
    if (!without.isEmpty() && without.size() < runs.length) {
      chart.note("no estimate that compares with the truth: " + String.join(", ", without));
    }
    return chart.draw();
  }

  /** Adds the true total correlation of one run of several, or what stands for it. */
  private static boolean addMeasured(LineChart chart, String name, History history, int run) {
    boolean truth = history.contains(Terms.TOTAL_CORRELATION);
    boolean subset = history.contains(Terms.TOTAL_CORRELATION_SUBSET);
    if (subset && (!truth || history.steps(Terms.TOTAL_CORRELATION).length < 2)) {
      chart.add(name + ", from a subset", history, Terms.TOTAL_CORRELATION_SUBSET, run, false);
    } else if (truth) {
      chart.add(name, history, Terms.TOTAL_CORRELATION, run, false);
    }
    return truth || subset;
  }

  /** Adds truth and estimates of one run, a colour each. */
  static LineChart totalCorrelation(LineChart chart, History history) {
    if (history.contains(Terms.TOTAL_CORRELATION_ESTIMATE)) {
      chart.add(
          estimator(history) + "'s estimate", history, Terms.TOTAL_CORRELATION_ESTIMATE, 1, false);
    }
    if (history.contains(Terms.TOTAL_CORRELATION_SUBSET)) {
      chart.add("from a subset of the images", history, Terms.TOTAL_CORRELATION_SUBSET, 2, false);
    }
    if (history.contains(Terms.TOTAL_CORRELATION)) {
      chart.add("true", history, Terms.TOTAL_CORRELATION, 0, false);
    }
    return chart;
  }

  /** Who estimates a run's total correlation: a discriminator leaves its loss beside it. */
  private static String estimator(History history) {
    return history.contains(Terms.DISCRIMINATOR_LOSS) ? "discriminator" : "batch";
  }

  /**
   * Draws everything that a run recorded, one panel per term, with the total correlation and its
   * estimate in one; losses are in nats per image.
   *
   * @param run the run
   * @return a picture, 800 points wide, with two panels per row
   * @throws IllegalArgumentException if nothing is recorded yet
   */
  public static BufferedImage losses(Recorded run) {
    History history = snapshot(run);
    if (history.names().isEmpty()) {
      throw new IllegalArgumentException(
          "run " + run.name() + " must have recorded at least one term, has recorded none");
    }
    return LossPanels.draw(run.name(), history);
  }

  /**
   * Draws one term of several runs in one chart. Notes below it say which runs have not recorded
   * the term, and where heights do not compare: the losses of different methods or weights, and
   * total correlations of which some are a discriminator's estimate and others the batch's.
   *
   * @param term the term, such as {@link Terms#RECONSTRUCTION}
   * @param runs at least one run; where names repeat, the legend says what differs, such as {@code
   *     beta-VAE (beta 4)}
   * @return a picture, 800 by 450 points without notes
   * @throws IllegalArgumentException if there is no run, or none has recorded the term
   */
  public static BufferedImage compare(String term, Recorded... runs) {
    return compare(term, RunNames.of(runs), runs);
  }

  /**
   * Draws one term of several runs in one chart, as {@link #compare(String, Recorded...)} does,
   * under names of your own.
   *
   * @param term the term, such as {@link Terms#RECONSTRUCTION}
   * @param names one distinct name per run
   * @param runs at least one run
   * @return a picture, 800 by 450 points without notes
   * @throws IllegalArgumentException if there is no run, none has recorded the term, or there is
   *     not one distinct name per run
   */
  public static BufferedImage compare(String term, List<String> names, Recorded... runs) {
    requireTerm(runs, term);
    List<String> labels = RunNames.of(names, runs);
    LineChart chart = new LineChart(title(term), unit(term));
    List<String> without = new ArrayList<>();
    for (int r = 0; r < runs.length; r++) {
      History history = snapshot(runs[r]);
      if (history.contains(term)) {
        chart.add(labels.get(r), history, term, r, false);
      } else {
        without.add(labels.get(r));
      }
    }
    if (!without.isEmpty()) {
      chart.note("not recorded by " + String.join(", ", without));
    }
    Unlike.note(term, labels, runs).ifPresent(chart::note);
    return chart.draw();
  }

  /**
   * Draws one bar per name, for example a score of several methods.
   *
   * @param title the chart's title
   * @param names one distinct name per bar
   * @param values one value per bar; one that is not defined, NaN, is drawn as a dash
   * @return a picture, 800 by 450 points
   * @throws IllegalArgumentException if there are no bars, the lengths differ, a name repeats or a
   *     value is infinite
   */
  public static BufferedImage bars(String title, List<String> names, double[] values) {
    return bars(title, names, values, new double[values.length]);
  }

  /**
   * Draws one bar per name with its spread, for example a score's mean and standard deviation over
   * seeds.
   *
   * @param title the chart's title
   * @param names one distinct name per bar
   * @param values one value per bar; one that is not defined, NaN, is drawn as a dash
   * @param spreads how far each bar's whisker reaches up and down, at least 0; 0 draws none
   * @return a picture, 800 by 450 points
   * @throws IllegalArgumentException if there are no bars, the lengths differ, a name repeats, a
   *     value is infinite or a spread is negative
   */
  public static BufferedImage bars(
      String title, List<String> names, double[] values, double[] spreads) {
    return BarChart.draw(title, names, Map.of("", values), Map.of("", spreads));
  }

  /**
   * Draws groups of bars: for every name one bar per series, for example several scores of several
   * methods.
   *
   * @param title the chart's title
   * @param names one distinct name per group
   * @param series values per series, each with one value per group, NaN where it is not defined;
   *     drawn in the map's order
   * @return a picture, 800 by 450 points
   * @throws IllegalArgumentException if there is nothing to draw, the lengths differ, a name
   *     repeats or a value is infinite
   */
  public static BufferedImage bars(String title, List<String> names, Map<String, double[]> series) {
    return BarChart.draw(title, names, series, Map.of());
  }

  /**
   * Draws how values spread: per name every value as a ring, the median as a line, and from five
   * values on a box between the quartiles with whiskers to the last values within one and a half of
   * its height (Tukey 1977). For example a score of several settings, a value per seed.
   *
   * @param title the chart's title
   * @param names one distinct name per box
   * @param values the values of each
   * @return a picture, 800 by 450 pixels
   * @throws IllegalArgumentException if there are no boxes, the lengths differ, a name repeats, or
   *     a box has no value or one that is not finite
   */
  public static BufferedImage boxes(String title, List<String> names, List<double[]> values) {
    return BoxChart.draw(title, names, values);
  }

  /**
   * Draws a table of numbers as coloured cells with the numbers in them: mutual information between
   * latents and factors, votes, importances, correlations of scores. Values of one sign run from
   * white to blue; with values of both signs, orange is negative and blue positive, and white is 0.
   *
   * @param title the chart's title
   * @param rowNames one name per row
   * @param columnNames one name per column
   * @param values {@code [rows][columns]}; a value that is not finite is drawn as a grey dash
   * @return a picture, about 800 points wide at most unless there are very many columns
   * @throws IllegalArgumentException if the table is empty or its size differs from the names'
   */
  public static BufferedImage heatMap(
      String title, List<String> rowNames, List<String> columnNames, double[][] values) {
    return HeatMap.draw(title, rowNames, columnNames, values);
  }

  /**
   * Draws a table of counts, such as the votes of the FactorVAE score.
   *
   * @param title the chart's title
   * @param rowNames one name per row
   * @param columnNames one name per column
   * @param counts {@code [rows][columns]}
   * @return a picture, as {@link #heatMap(String, List, List, double[][])} draws it
   * @throws IllegalArgumentException if the table is empty or its size differs from the names'
   */
  public static BufferedImage heatMap(
      String title, List<String> rowNames, List<String> columnNames, int[][] counts) {
    double[][] values =
        Arrays.stream(counts)
            .map(row -> Arrays.stream(row).asDoubleStream().toArray())
            .toArray(double[][]::new);
    return heatMap(title, rowNames, columnNames, values);
  }

  /** A term as a heading: {@code total_correlation} becomes {@code Total correlation}. */
  static String title(String term) {
    String words =
        switch (term) {
          case Terms.KL -> "KL to the prior";
          case Terms.KL_SAMPLED -> "KL to the prior, by samples";
          default -> term.replace('_', ' ');
        };
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The unit of a term; terms that this kit does not name have none. */
  static String unit(String term) {
    return switch (term) {
      case Terms.LOSS, Terms.RECONSTRUCTION, Terms.KL, Terms.KL_SAMPLED -> NATS;
      case Terms.TOTAL_CORRELATION,
          Terms.TOTAL_CORRELATION_SUBSET,
          Terms.TOTAL_CORRELATION_ESTIMATE ->
          "nats";
      case Terms.DISCRIMINATOR_LOSS -> "nats per code";
      case Terms.DISCRIMINATOR_ACCURACY -> "share correct";
      default -> "";
    };
  }

  /** A copy, so that all curves of a picture end at the same step of a run that goes on. */
  private static History snapshot(Recorded run) {
    return run.history().upTo(Long.MAX_VALUE);
  }

  private static void requireTerm(Recorded[] runs, String... terms) {
    if (runs.length == 0) {
      throw new IllegalArgumentException("runs must hold at least one run, was empty");
    }
    for (Recorded run : runs) {
      for (String term : terms) {
        if (run.history().contains(term)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException(
        "runs must have recorded "
            + String.join(" or ", terms)
            + "; "
            + runs[0].name()
            + " has recorded "
            + runs[0].history().names());
  }
}
