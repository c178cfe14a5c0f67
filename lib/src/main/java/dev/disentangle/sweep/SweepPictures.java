package dev.disentangle.sweep;

import dev.disentangle.plot.Plots;
import dev.disentangle.plot.Relation;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of a {@link SweepTable}. */
final class SweepPictures {

  private static final String NUMBER = "[-+]?[0-9.]+(E-?[0-9]+)?";

  private final Outcomes outcomes;

  SweepPictures(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  BufferedImage bars(String value) {
    Map<String, double[]> columns = columns(value);
    List<double[]> values = List.copyOf(columns.values());
    double[] means = values.stream().mapToDouble(Outcomes::mean).toArray();
    double[] spreads = new double[means.length];
    Arrays.setAll(spreads, i -> spread(values.get(i)));
    return Plots.bars(value, List.copyOf(columns.keySet()), means, spreads);
  }

  BufferedImage boxes(String value) {
    Map<String, double[]> columns = columns(value);
    return Plots.boxes(value, List.copyOf(columns.keySet()), List.copyOf(columns.values()));
  }

  /** The finite values of every setting that has some. */
  private Map<String, double[]> columns(String value) {
    outcomes.requireValue(value);
    Map<String, double[]> columns = new LinkedHashMap<>();
    outcomes
        .settings()
        .forEach(
            (setting, runs) -> {
              double[] finite = Outcomes.finite(runs, value);
              if (finite.length > 0) {
                columns.put(String.join(", ", setting.values()), finite);
              }
            });
    return columns;
  }

  BufferedImage heatMap(String value, String down, String across) {
    outcomes.requireValue(value);
    List<String> rows = outcomes.labels(down);
    List<String> columns = outcomes.labels(across);
    double[][] means = new double[rows.size()][columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        String row = rows.get(r);
        String column = columns.get(c);
        List<Outcome> cell =
            outcomes.all().stream()
                .filter(o -> row.equals(o.setting().get(down)))
                .filter(o -> column.equals(o.setting().get(across)))
                .toList();
        means[r][c] = Outcomes.mean(Outcomes.finite(cell, value));
      }
    }
    String title = value + ": " + down + " down, " + across + " across";
    return Plots.heatMap(title, rows, columns, means);
  }

  BufferedImage relation(String x, String y, String along) {
    outcomes.requireValue(x);
    outcomes.requireValue(y);
    outcomes.labels(along);
    Map<String, List<List<Outcome>>> lines = new LinkedHashMap<>();
    outcomes
        .settings()
        .forEach(
            (setting, runs) -> {
              if (Outcomes.finite(runs, x).length > 0 && Outcomes.finite(runs, y).length > 0) {
                lines.computeIfAbsent(line(setting, along), n -> new ArrayList<>()).add(runs);
              }
            });
    Relation chart = new Relation(y + " over " + x + ", along " + along, x, y);
    lines.forEach(
        (name, points) ->
            chart.line(
                name,
                points.stream()
                    .mapToDouble(runs -> Outcomes.mean(Outcomes.finite(runs, x)))
                    .toArray(),
                points.stream()
                    .mapToDouble(runs -> Outcomes.mean(Outcomes.finite(runs, y)))
                    .toArray(),
                points.stream().mapToDouble(runs -> spread(Outcomes.finite(runs, y))).toArray()));
    return chart.draw();
  }

  /**
   * The line that a setting is a point of: what is the same all along it. Of labels such as {@code
   * beta-VAE beta 4.0} and {@code FactorVAE gamma 10.0} only the number varies along a line.
   */
  private static String line(Map<String, String> setting, String along) {
    Map<String, String> same = new LinkedHashMap<>(setting);
    same.computeIfPresent(along, (axis, label) -> label.replaceFirst(" ?" + NUMBER + "$", ""));
    same.values().removeIf(String::isEmpty);
    return same.isEmpty() ? along : String.join(", ", same.values());
  }

  private static double spread(double... values) {
    return values.length < 2 ? 0 : Outcomes.deviation(values);
  }
}
