package dev.disentangle.sweep;

import dev.disentangle.plot.Plots;
import dev.disentangle.plot.Relation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The outcomes of a sweep. A setting is what the sweep varies except the seed. */
public final class SweepTable {

  private final List<Outcome> outcomes;

  /**
   * Makes a table.
   *
   * @param outcomes the outcomes, in the order in which they are to be shown
   */
  public SweepTable(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /**
   * Returns the outcomes.
   *
   * @return one per run, failed ones included
   */
  public List<Outcome> outcomes() {
    return outcomes;
  }

  /**
   * Returns the runs that failed, each with its reason.
   *
   * @return the outcomes of failed runs
   */
  public List<Outcome> failures() {
    return outcomes.stream().filter(outcome -> outcome.failure().isPresent()).toList();
  }

  /**
   * Returns every run: what the sweep varies, seed, run id, seconds, all values, and why it failed.
   *
   * @return a new table named {@code runs}; a value that a run does not have is missing
   */
  public Table runs() {
    Table table = Table.create("runs");
    for (String axis : axes()) {
      table.addColumns(strings(axis, outcomes.stream().map(o -> o.setting().get(axis)).toList()));
    }
    long[] seeds = outcomes.stream().mapToLong(Outcome::seed).toArray();
    double[] seconds = outcomes.stream().mapToDouble(Outcome::seconds).toArray();
    table.addColumns(
        LongColumn.create("seed", seeds),
        strings("run", outcomes.stream().map(Outcome::run).toList()),
        DoubleColumn.create("seconds", seconds));
    Set<String> names = new LinkedHashSet<>();
    outcomes.forEach(outcome -> names.addAll(outcome.values().keySet()));
    for (String name : names) {
      table.addColumns(
          DoubleColumn.create(
              name,
              outcomes.stream()
                  .mapToDouble(o -> o.values().getOrDefault(name, Double.NaN))
                  .toArray()));
    }
    List<String> reasons = outcomes.stream().map(o -> o.failure().orElse("")).toList();
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
    requireValue(value);
    Map<Map<String, String>, List<Outcome>> settings = settings();
    Table table = Table.create(value);
    List<Map<String, String>> keys = List.copyOf(settings.keySet());
    for (String axis : axes()) {
      table.addColumns(strings(axis, keys.stream().map(key -> key.get(axis)).toList()));
    }
    List<double[]> values = settings.values().stream().map(runs -> finite(runs, value)).toList();
    int[] failed =
        settings.values().stream()
            .mapToInt(runs -> (int) runs.stream().filter(o -> o.failure().isPresent()).count())
            .toArray();
    table.addColumns(
        IntColumn.create("runs", values.stream().mapToInt(v -> v.length).toArray()),
        IntColumn.create("failed", failed),
        numbers("mean", values.stream().map(SweepTable::mean).toList()),
        numbers("median", values.stream().map(SweepTable::median).toList()),
        numbers("sd", values.stream().map(SweepTable::deviation).toList()),
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
    requireValue(value);
    if (outcomes.stream().noneMatch(o -> baseline.equals(o.setting().get(axis)))) {
      throw new IllegalArgumentException("no run has the " + axis + " " + baseline);
    }
    List<Map<String, String>> keys = new ArrayList<>();
    List<double[]> pairs = new ArrayList<>();
    Map<Map<String, String>, List<Outcome>> settings = settings();
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
    for (String name : axes()) {
      table.addColumns(strings(name, keys.stream().map(key -> key.get(name)).toList()));
    }
    table.addColumns(
        IntColumn.create("pairs", pairs.stream().mapToInt(p -> p.length).toArray()),
        numbers("difference", pairs.stream().map(SweepTable::mean).toList()),
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
    requireValue(value);
    Map<String, String> best = Map.of();
    double largest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Map<String, String>, List<Outcome>> entry : settings().entrySet()) {
      double mean = mean(finite(entry.getValue(), value));
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
    requireValue(value);
    List<String> names = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    settings()
        .forEach(
            (setting, runs) -> {
              double[] finite = finite(runs, value);
              if (finite.length > 0) {
                names.add(String.join(", ", setting.values()));
                values.add(finite);
              }
            });
    double[] means = values.stream().mapToDouble(SweepTable::mean).toArray();
    double[] spreads = new double[means.length];
    Arrays.setAll(spreads, i -> spread(values.get(i)));
    return Plots.bars(value, names, means, spreads);
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
    requireValue(value);
    List<String> rows = labels(down);
    List<String> columns = labels(across);
    double[][] means = new double[rows.size()][columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        String row = rows.get(r);
        String column = columns.get(c);
        List<Outcome> cell =
            outcomes.stream()
                .filter(o -> row.equals(o.setting().get(down)))
                .filter(o -> column.equals(o.setting().get(across)))
                .toList();
        means[r][c] = mean(finite(cell, value));
      }
    }
    return Plots.heatMap(value, rows, columns, means);
  }

  /**
   * Draws one value over another, a point per setting, means over seeds with one standard deviation
   * up and down, as the FactorVAE paper draws its score over the reconstruction error (Kim &amp;
   * Mnih 2018, Figures 4 and 5).
   *
   * @param x the value across, such as {@code reconstruction}
   * @param y the value upwards, such as {@code factorvae}
   * @param along the axis whose labels are joined by a line, in their order; what else is varied
   *     has a line of its own
   * @return the picture; settings without both values are left out
   * @throws IllegalArgumentException if there is no such value or axis, or no setting has both
   */
  public BufferedImage relation(String x, String y, String along) {
    requireValue(x);
    requireValue(y);
    labels(along);
    Map<String, List<List<Outcome>>> lines = new LinkedHashMap<>();
    settings()
        .forEach(
            (setting, runs) -> {
              if (finite(runs, x).length > 0 && finite(runs, y).length > 0) {
                Map<String, String> others = new LinkedHashMap<>(setting);
                others.remove(along);
                String name = others.isEmpty() ? along : String.join(", ", others.values());
                lines.computeIfAbsent(name, n -> new ArrayList<>()).add(runs);
              }
            });
    Relation chart = new Relation(y + " over " + x, x, y);
    lines.forEach(
        (name, points) ->
            chart.line(
                name,
                points.stream().mapToDouble(runs -> mean(finite(runs, x))).toArray(),
                points.stream().mapToDouble(runs -> mean(finite(runs, y))).toArray(),
                points.stream().mapToDouble(runs -> spread(finite(runs, y))).toArray()));
    return chart.draw();
  }

  private static double spread(double... values) {
    return values.length < 2 ? 0 : deviation(values);
  }

  private List<String> labels(String axis) {
    List<String> labels =
        outcomes.stream()
            .map(o -> o.setting().get(axis))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("no axis is named " + axis + "; there are " + axes());
    }
    return labels;
  }

  private Set<String> axes() {
    Set<String> axes = new LinkedHashSet<>();
    outcomes.forEach(outcome -> axes.addAll(outcome.setting().keySet()));
    return axes;
  }

  private Map<Map<String, String>, List<Outcome>> settings() {
    return outcomes.stream()
        .collect(Collectors.groupingBy(Outcome::setting, LinkedHashMap::new, Collectors.toList()));
  }

  private void requireValue(String value) {
    if (outcomes.stream().noneMatch(outcome -> outcome.values().containsKey(value))) {
      Set<String> names = new LinkedHashSet<>();
      outcomes.forEach(outcome -> names.addAll(outcome.values().keySet()));
      throw new IllegalArgumentException("no value is named " + value + "; there are " + names);
    }
  }

  private static double[] finite(List<Outcome> runs, String value) {
    return runs.stream()
        .mapToDouble(run -> run.values().getOrDefault(value, Double.NaN))
        .filter(Double::isFinite)
        .toArray();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double deviation(double... values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static StringColumn strings(String name, List<String> values) {
    return StringColumn.create(name, values);
  }

  private static DoubleColumn numbers(String name, List<Double> values) {
    return DoubleColumn.create(name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public String toString() {
    return runs().printAll();
  }
}
