package dev.disentangle.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;

/** Groups of bars with optional spreads. */
final class BarChart {

  private BarChart() {}

  static BufferedImage draw(
      String title,
      List<String> names,
      Map<String, double[]> series,
      Map<String, double[]> spreads) {
    check(names, series, spreads);
    CategoryChart chart = new CategoryChart(Theme.WIDTH, Theme.HEIGHT);
    chart.setTitle(title);
    Theme.apply(chart.getStyler(), false);
    chart.getStyler().setAvailableSpaceFill(.7);
    chart.getStyler().setLegendVisible(series.size() > 1);
    chart.getStyler().setErrorBarsColor(Theme.INK);
    labels(chart);
    limits(chart, series, spreads);
    int position = 0;
    for (Map.Entry<String, double[]> entry : series.entrySet()) {
      String name = entry.getKey().isBlank() ? "value" : entry.getKey();
      double[] spread = spreads.get(entry.getKey());
      Color color = Theme.series(position++);
      add(chart, name, names, entry.getValue(), spread).setFillColor(color);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void labels(CategoryChart chart) {
    chart.getStyler().setYAxisDecimalPattern("#,##0.00");
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setLabelsFont(Theme.plain(13));
    chart.getStyler().setLabelsPosition(.5);
  }

  /** Bars start at 0, and a little room stays above the highest whisker. */
  private static void limits(
      CategoryChart chart, Map<String, double[]> series, Map<String, double[]> spreads) {
    double low = 0;
    double high = 0;
    for (Map.Entry<String, double[]> entry : series.entrySet()) {
      double[] values = entry.getValue();
      double[] spread = spreads.getOrDefault(entry.getKey(), new double[values.length]);
      for (int i = 0; i < values.length; i++) {
        low = Math.min(low, values[i] - spread[i]);
        high = Math.max(high, values[i] + spread[i]);
      }
    }
    double room = high > low ? (high - low) * .08 : 1;
    chart.getStyler().setYAxisMin(low < 0 ? low - room : 0);
    chart.getStyler().setYAxisMax(high + room);
  }

  private static CategorySeries add(
      CategoryChart chart, String name, List<String> names, double[] values, double[] spreads) {
    List<Double> heights = Arrays.stream(values).boxed().toList();
    if (spreads == null || Arrays.stream(spreads).allMatch(spread -> spread == 0)) {
      return chart.addSeries(name, names, heights);
    }
    return chart.addSeries(name, names, heights, Arrays.stream(spreads).boxed().toList());
  }

  private static void check(
      List<String> names, Map<String, double[]> series, Map<String, double[]> spreads) {
    if (names.isEmpty() || series.isEmpty()) {
      throw new IllegalArgumentException("names and values must not be empty");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("names must differ, were " + names);
    }
    series.forEach((name, values) -> check("values", names, values, Double.NEGATIVE_INFINITY));
    spreads.forEach((name, values) -> check("spreads", names, values, 0));
  }

  private static void check(String argument, List<String> names, double[] values, double least) {
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          argument + " must hold one number per name, " + names.size() + ", held " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i]) || values[i] < least) {
        throw new IllegalArgumentException(
            argument
                + " of "
                + names.get(i)
                + " must be finite and at least "
                + least
                + ", was "
                + values[i]);
      }
    }
  }
}
