package dev.disentangle.plot;

import dev.disentangle.history.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Terms of histories over training steps: an average drawn boldly over faint raw values. */
final class LineChart {

  private static final float[] DASHES = {8, 5};
  private static final int DASHED_POINTS = 60;

  private final XYChart chart;
  private final boolean small;
  private int lines;

  LineChart(String title, String unit) {
    this(title, unit, Theme.WIDTH, Theme.HEIGHT);
  }

  /** Makes a chart of any size; one narrower than the usual width is a panel. */
  LineChart(String title, String unit, int width, int height) {
    chart = new XYChart(width, height);
    chart.setTitle(title);
    chart.setXAxisTitle("training step");
    chart.setYAxisTitle(unit);
    small = width < Theme.WIDTH;
    Theme.apply(chart.getStyler(), small);
    chart.getStyler().setMarkerSize(6);
  }

  /** Draws one term, unless no value is finite; without a label it is not in the legend. */
  LineChart add(String label, History history, String term, Color color, boolean dashed) {
    // XChart starts its dashes anew at every point, so a dashed curve needs few.
    int points = dashed ? DASHED_POINTS : Curve.DRAWN;
    Curve curve = Curve.of(history.steps(term), history.values(term), points);
    if (curve.isEmpty()) {
      return this;
    }
    String id = Integer.toString(lines++);
    if (curve.isSmoothed() && !dashed) {
      XYSeries raw = chart.addSeries("raw " + id, uneven(curve.steps()), curve.raw());
      style(raw, Theme.faint(color), new BasicStroke(1), SeriesMarkers.NONE);
      raw.setShowInLegend(false);
    }
    XYSeries line = chart.addSeries(id, uneven(curve.smoothSteps()), curve.smooth());
    if (label == null) {
      line.setShowInLegend(false);
    } else {
      line.setLabel(label);
    }
    style(
        line,
        color,
        stroke(dashed),
        curve.isSmoothed() || dashed ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
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

  BufferedImage draw() {
    BufferedImage picture = BitmapEncoder.getBufferedImage(chart);
    if (lines == 0) {
      Graphics2D pen = Theme.pen(picture);
      pen.setColor(Theme.MUTED);
      pen.setFont(Theme.plain(small ? 12 : 14));
      String note = "no finite values yet";
      int width = pen.getFontMetrics().stringWidth(note);
      pen.drawString(note, (picture.getWidth() - width) / 2, picture.getHeight() / 2);
      pen.dispose();
    }
    return picture;
  }
}
