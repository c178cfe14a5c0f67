package dev.disentangle.sweep;

import dev.disentangle.history.ThreeDecimals;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The outcomes of a sweep. A setting is what the sweep varies except the seed. */
public final class SweepTable {

  private final Outcomes outcomes;

  /**
   * Makes a table.
   *
   * @param outcomes the outcomes, in the order in which they are to be shown
   */
  public SweepTable(List<Outcome> outcomes) {
    this.outcomes = new Outcomes(outcomes);
  }

  /**
   * Returns the outcomes.
   *
   * @return one per run, failed ones included
   */
  public List<Outcome> outcomes() {
    return outcomes.all();
  }

  /**
   * Returns the runs that failed, each with its reason.
   *
   * @return the outcomes of failed runs
   */
  public List<Outcome> failures() {
    return outcomes().stream().filter(outcome -> outcome.failure().isPresent()).toList();
  }

  /**
   * Returns every run: what the sweep varies, seed, run id, seconds, all values, and why it failed.
   *
   * @return a new table named {@code runs}; a value that a run does not have is missing
   */
  public Table runs() {
    Table table = Table.create("runs");
    for (String axis : outcomes.axes()) {
      table.addColumns(strings(axis, outcomes().stream().map(o -> o.setting().get(axis)).toList()));
    }
    long[] seeds = outcomes().stream().mapToLong(Outcome::seed).toArray();
    double[] seconds = outcomes().stream().mapToDouble(Outcome::seconds).toArray();
    table.addColumns(
        LongColumn.create("seed", seeds),
        strings("run", outcomes().stream().map(Outcome::run).toList()),
        DoubleColumn.create("seconds", seconds));
    for (String name : outcomes.values()) {
      table.addColumns(
          DoubleColumn.create(
              name,
              outcomes().stream()
                  .mapToDouble(o -> o.values().getOrDefault(name, Double.NaN))
                  .toArray()));
    }
    List<String> reasons = outcomes().stream().map(o -> o.failure().orElse("")).toList();
    table.addColumns(strings("failure", reasons));
    return table;
  }

  /**
   * Writes {@link #runs} as CSV.
   *
   * @param file where
   * @throws IOException if it cannot be written
   */
  public void csv(Path file) throws IOException {
    try {
      runs().write().csv(file.toFile());
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Summarises one value over the seeds of every setting.
   *
   * @param value its name, such as {@code mig} or {@code reconstruction}
   * @return what the sweep varies, then {@code runs} (with a finite value), {@code failed}, {@code
   *     mean}, {@code median}, {@code sd} (standard deviation, ddof 1), {@code low} and {@code
   *     high} ({@link Interval} of the mean); what cannot be computed is missing
   * @throws IllegalArgumentException if no run has that value
   */
  public Table summary(String value) {
    outcomes.requireValue(value);
    Map<Map<String, String>, List<Outcome>> settings = outcomes.settings();
    Table table = Table.create(value);
    List<Map<String, String>> keys = List.copyOf(settings.keySet());
    for (String axis : outcomes.axes()) {
      table.addColumns(strings(axis, keys.stream().map(key -> key.get(axis)).toList()));
    }
    List<double[]> values =
        settings.values().stream().map(runs -> Outcomes.finite(runs, value)).toList();
    int[] failed =
        settings.values().stream()
            .mapToInt(runs -> (int) runs.stream().filter(o -> o.failure().isPresent()).count())
            .toArray();
    table.addColumns(
        IntColumn.create("runs", values.stream().mapToInt(v -> v.length).toArray()),
        IntColumn.create("failed", failed),
        numbers("mean", values.stream().map(Outcomes::mean).toList()),
        numbers("median", values.stream().map(Outcomes::median).toList()),
        numbers("sd", values.stream().map(Outcomes::deviation).toList()),
        numbers("low", values.stream().map(v -> Interval.ofMean(v).low()).toList()),
        numbers("high", values.stream().map(v -> Interval.ofMean(v).high()).toList()));
    return table;
  }

  /**
   * Compares the labels of one axis with one of them, all else and the seed being equal: the
   * differences of pairs of runs, so that what a seed does to both does not count.
   *
   * @param value the value's name
   * @param axis the axis, such as {@code method}
   * @param baseline the label that the others are compared with
   * @return the other axes, {@code axis} with the label, {@code pairs}, {@code difference} (mean of
   *     label minus baseline), {@code low} and {@code high} ({@link Interval} of that mean)
   * @throws IllegalArgumentException if there is no such value, axis or label
   */
  public Table differences(String value, String axis, String baseline) {
    outcomes.requireValue(value);
    if (outcomes().stream().noneMatch(o -> baseline.equals(o.setting().get(axis)))) {
      throw new IllegalArgumentException("no run has the " + axis + " " + baseline);
    }
    List<Map<String, String>> keys = new ArrayList<>();
    List<double[]> pairs = new ArrayList<>();
    Map<Map<String, String>, List<Outcome>> settings = outcomes.settings();
    settings.forEach(
        (setting, runs) -> {
          Map<String, String> base = new LinkedHashMap<>(setting);
          base.put(axis, baseline);
          if (!base.equals(setting) && settings.containsKey(base)) {
            keys.add(setting);
            pairs.add(differences(value, runs, settings.get(base)));
          }
        });
    Table table = Table.create(value + " minus that of " + baseline);
    for (String name : outcomes.axes()) {
      table.addColumns(strings(name, keys.stream().map(key -> key.get(name)).toList()));
    }
    table.addColumns(
        IntColumn.create("pairs", pairs.stream().mapToInt(p -> p.length).toArray()),
        numbers("difference", pairs.stream().map(Outcomes::mean).toList()),
        numbers("low", pairs.stream().map(p -> Interval.ofMean(p).low()).toList()),
        numbers("high", pairs.stream().map(p -> Interval.ofMean(p).high()).toList()));
    return table;
  }

  private static double[] differences(String value, List<Outcome> runs, List<Outcome> base) {
    List<Double> differences = new ArrayList<>();
    for (Outcome run : runs) {
      for (Outcome other : base) {
        if (run.seed() == other.seed()) {
          double difference =
              run.values().getOrDefault(value, Double.NaN)
                  - other.values().getOrDefault(value, Double.NaN);
          if (Double.isFinite(difference)) {
            differences.add(difference);
          }
        }
      }
    }
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Finds the setting with the largest mean of a value.
   *
   * @param value the value's name
   * @return label by axis
   * @throws IllegalArgumentException if no run has that value
   */
  public Map<String, String> best(String value) {
    outcomes.requireValue(value);
    Map<String, String> best = Map.of();
    double largest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Map<String, String>, List<Outcome>> entry : outcomes.settings().entrySet()) {
      double mean = Outcomes.mean(Outcomes.finite(entry.getValue(), value));
      if (mean > largest) {
        largest = mean;
        best = entry.getKey();
      }
    }
    return best;
  }

  /**
   * Draws a bar per setting, the mean over seeds, with one standard deviation as whisker.
   *
   * @param value the value's name
   * @return the picture; settings without a finite value are left out
   * @throws IllegalArgumentException if no run has that value
   */
  public BufferedImage bars(String value) {
    return new SweepPictures(outcomes).bars(value);
  }

  /**
   * Draws a box per setting over its seeds: every run as a ring, the median, and from five runs on
   * a box between the quartiles.
   *
   * @param value the value's name
   * @return the picture; settings without a finite value are left out
   * @throws IllegalArgumentException if no run has that value
   */
  public BufferedImage boxes(String value) {
    return new SweepPictures(outcomes).boxes(value);
  }

  /**
   * Draws the mean of a value over two axes; over all others and the seeds it is averaged.
   *
   * @param value the value's name
   * @param down the axis whose labels are rows
   * @param across the axis whose labels are columns
   * @return the picture
   * @throws IllegalArgumentException if there is no such value or axis
   */
  public BufferedImage heatMap(String value, String down, String across) {
    return new SweepPictures(outcomes).heatMap(value, down, across);
  }

  /**
   * Draws one value over another, a point per setting, means over seeds with one standard deviation
   * up and down, as the FactorVAE paper draws its score over the reconstruction error (Kim &amp;
   * Mnih 2018, Figures 4 and 5).
   *
   * @param x the value across, such as {@code reconstruction}
   * @param y the value upwards, such as {@code factorvae}
   * @param along the axis along which points are joined by a line, in their order: labels that
   *     differ in the number at their end only, such as those of {@code latents}, or of one method
   *     with several weights; what else is varied has a line of its own
   * @return the picture; settings without both values are left out
   * @throws IllegalArgumentException if there is no such value or axis, or no setting has both
   */
  public BufferedImage relation(String x, String y, String along) {
    return new SweepPictures(outcomes).relation(x, y, along);
  }

  private static StringColumn strings(String name, List<String> values) {
    return StringColumn.create(name, values);
  }

  private static DoubleColumn numbers(String name, List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    DoubleColumn column = DoubleColumn.create(name, all);
    column.setPrintFormatter(new ThreeDecimals());
    return column;
  }

  @Override
  public String toString() {
    return runs().printAll();
  }
}
