package dev.disentangle.plot;

import dev.disentangle.history.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Terms of histories over training steps: an average drawn boldly over faint raw values. Lines
 * differ in colour and in the shape of their marks, so that they can be told apart in grey.
 */
final class LineChart {

  private static final float[] DASHES = {8, 5};
  private static final int DASHED_POINTS = 60;
  private static final int MARKS = 8;

  /** A line through so few points says little, where another has several times as many. */
  private static final int FEW = 3;

  private final XYChart chart;
  private final String unit;
  private final boolean small;
  private final List<String> spoken = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private int lines;

  LineChart(String title, String unit) {
    this(title, unit, Theme.WIDTH, Theme.HEIGHT);
  }

  /** Makes a chart of any size; one narrower than the usual width is a panel. */
  LineChart(String title, String unit, int width, int height) {
    this.unit = unit;
    chart = new XYChart(width, height);
    chart.setTitle(title);
    chart.setXAxisTitle("training step");
    chart.setYAxisTitle(unit);
    small = width < Theme.WIDTH;
    Theme.apply(chart.getStyler(), small);
    chart.getStyler().setMarkerSize(small ? 7 : 9);
  }

  /** Draws one term, unless no value is finite; without a label it is not in the legend. */
  LineChart add(String label, History history, String term, int series, boolean dashed) {
    // XChart starts its dashes anew at every point, so a dashed curve needs few.
    int points = dashed ? DASHED_POINTS : Curve.DRAWN;
    Curve curve = Curve.of(history.steps(term), history.values(term), points);
    if (curve.isEmpty()) {
      notes.add((label == null ? Plots.title(term) : label) + ": no finite values yet");
      return this;
    }
    for (double value : curve.raw()) {
      lowest = Double.isNaN(value) ? lowest : Math.min(lowest, value);
      highest = Double.isNaN(value) ? highest : Math.max(highest, value);
    }
    String name = label == null ? Plots.title(term) : label;
    spoken.add(name + (dashed ? ", dashed, " : " ") + words(curve));
    if (!dashed) {
      counts.put(name, history.steps(term).length);
    }
    Color color = Theme.series(series);
    String id = Integer.toString(lines++);
    if (curve.isSmoothed() && !dashed) {
      XYSeries raw = chart.addSeries("raw " + id, uneven(curve.steps()), curve.raw());
      style(raw, Theme.faint(color), new BasicStroke(1), SeriesMarkers.NONE);
      raw.setShowInLegend(false);
    }
    boolean marked = !curve.isSmoothed() && !dashed;
    XYSeries line = chart.addSeries(id, uneven(curve.smoothSteps()), curve.smooth());
    style(line, color, stroke(dashed), marked ? Theme.marker(series) : SeriesMarkers.NONE);
    XYSeries legend = line;
    if (!marked && !dashed && label != null) {
      line.setShowInLegend(false);
      legend = addMarks(id, curve, series);
    }
    if (label == null) {
      legend.setShowInLegend(false);
    } else {
      legend.setLabel(label);
    }
    return this;
  }

  /** Puts a few marks on a curve; each line begins with them at another place. */
  private XYSeries addMarks(String id, Curve curve, int series) {
    int[] finite =
        IntStream.range(0, curve.smooth().length)
            .filter(i -> Double.isFinite(curve.smooth()[i]))
            .toArray();
    int count = Math.min(MARKS, finite.length);
    double[] x = new double[count];
    double[] y = new double[count];
    double shift = .2 + .6 * (series % 4) / 4;
    for (int i = 0; i < count; i++) {
      int position = finite[(int) ((i + shift) * finite.length / count)];
      x[i] = curve.smoothSteps()[position];
      y[i] = curve.smooth()[position];
    }
    XYSeries marks = chart.addSeries("marks " + id, uneven(x), y);
    marks.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    marks.setMarker(Theme.marker(series));
    marks.setMarkerColor(Theme.series(series));
    return marks;
  }

  private static String words(Curve curve) {
    int first = -1;
    int last = -1;
    int highest = -1;
    double[] y = curve.smooth();
    for (int i = 0; i < y.length; i++) {
      if (Double.isFinite(y[i])) {
        first = first < 0 ? i : first;
        last = i;
        highest = highest < 0 || y[i] > y[highest] ? i : highest;
      }
    }
    double[] x = curve.smoothSteps();
    return String.format(
        Locale.ROOT,
        "goes from %s at step %.0f to %s at step %.0f, highest %s at step %.0f",
        Words.number(y[first]),
        x[first],
        Words.number(y[last]),
        x[last],
        Words.number(y[highest]),
        x[highest]);
  }

  /** Writes a remark below the chart. */
  LineChart note(String text) {
    notes.add(text);
    return this;
  }

  /**
   * Moves one step by an invisible thousandth: XChart puts ticks at recorded steps, however odd,
   * when those are evenly spaced, and at round numbers otherwise.
   */
  private static double[] uneven(double[] steps) {
    double[] moved = steps.clone();
    if (moved.length > 2) {
      moved[1] += .001;
    }
    return moved;
  }

  private BasicStroke stroke(boolean dashed) {
    float width = small ? 1.8f : 2.2f;
    return dashed
        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES, 0)
        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static void style(XYSeries series, Color color, BasicStroke stroke, Marker marker) {
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarkerColor(color);
    series.setMarker(marker);
  }

  LineChart withoutLegend() {
    chart.getStyler().setLegendVisible(false);
    return this;
  }

  /** Keeps a constant from filling the axis with the rounding of its averages. */
  private void limits() {
    double size = Math.max(Math.abs(lowest), Math.abs(highest));
    if (lines > 0 && highest - lowest <= 1e-6 * size) {
      double room = size == 0 ? 1 : .1 * size;
      chart.getStyler().setYAxisMin(lowest - room);
      chart.getStyler().setYAxisMax(highest + room);
    }
  }

  /** Says which lines rest on a few values, so that nobody reads a course into them. */
  private void noteFew() {
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> few =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() <= FEW && most >= 3 * entry.getValue())
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .toList();
    if (!few.isEmpty()) {
      note("few values, joined by straight lines: " + String.join(", ", few));
    }
  }

  BufferedImage draw() {
    limits();
    noteFew();
    BufferedImage picture = Theme.drawn(chart);
    if (lines == 0) {
      Graphics2D pen = Theme.pen(picture);
      pen.setColor(Theme.MUTED);
      pen.setFont(Theme.plain(small ? 12 : 14));
      String note = "no finite values yet";
      int width = pen.getFontMetrics().stringWidth(note);
      pen.drawString(note, (Pictures.width(picture) - width) / 2, Pictures.height(picture) / 2);
      pen.dispose();
    }
    String words =
        chart.getTitle()
            + (unit.isEmpty() ? "" : ", in " + unit)
            + ", over training steps. "
            + String.join("; ", spoken)
            + (spoken.isEmpty() ? "No finite values yet." : ".");
    return Theme.withNotes(Pictures.described(picture, words), small ? List.of() : notes);
  }
}
