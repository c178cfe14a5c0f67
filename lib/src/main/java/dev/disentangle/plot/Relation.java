package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * One quantity over another: an estimate over the number of samples, reconstruction over
 * divergence. Every series has a colour and a marker of its own, so that they differ in grey too.
 */
public final class Relation {

  private static final int SPOKEN = 6;

  private final XYChart chart = new XYChart(Theme.WIDTH, Theme.HEIGHT);

  /**
   * Makes an empty chart.
   *
   * @param title its heading
   * @param xName the horizontal quantity with its unit
   * @param yName the vertical quantity with its unit
   */
  public Relation(String title, String xName, String yName) {
    chart.setTitle(title);
    chart.setXAxisTitle(xName);
    chart.setYAxisTitle(yName);
    Theme.apply(chart.getStyler(), false);
    chart.getStyler().setMarkerSize(9);
  }

  /**
   * Makes the horizontal axis logarithmic.
   *
   * @return this
   */
  public Relation logarithmic() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /**
   * Adds points joined by lines, in their order.
   *
   * @param name what the legend calls them, different from the others
   * @param x horizontal coordinates, at least one
   * @param y as many vertical coordinates
   * @return this
   * @throws IllegalArgumentException if there are no points, the lengths differ, a number is not
   *     finite or the name repeats
   */
  public Relation line(String name, double[] x, double[] y) {
    add(name, x, y, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    return this;
  }

  /**
   * Adds points joined by lines, each with its spread up and down.
   *
   * @param name what the legend calls them, different from the others
   * @param x horizontal coordinates, at least one
   * @param y as many vertical coordinates
   * @param spreads how far each point's whisker reaches up and down, at least 0
   * @return this
   * @throws IllegalArgumentException as {@link #line} does, or if there is not one spread per point
   *     or one is negative or not finite
   */
  public Relation line(String name, double[] x, double[] y, double[] spreads) {
    if (spreads.length != y.length
        || !Arrays.stream(spreads).allMatch(s -> s >= 0 && Double.isFinite(s))) {
      throw new IllegalArgumentException(
          "spreads of " + name + " must be one per point, finite and at least 0");
    }
    add(name, x, y, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND))
        .replaceData(x, y, spreads);
    return this;
  }

  /**
   * Adds points alone.
   *
   * @param name what the legend calls them, different from the others
   * @param x horizontal coordinates, at least one
   * @param y as many vertical coordinates
   * @return this
   * @throws IllegalArgumentException as {@link #line} does
   */
  public Relation points(String name, double[] x, double[] y) {
    add(name, x, y, new BasicStroke(0))
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    return this;
  }

  private XYSeries add(String name, double[] x, double[] y, BasicStroke stroke) {
    if (x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(
          "x and y of "
              + name
              + " must be as long, at least 1; were "
              + x.length
              + ", "
              + y.length);
    }
    if (!Arrays.stream(x).allMatch(Double::isFinite)
        || !Arrays.stream(y).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("x and y of " + name + " must be finite");
    }
    int position = chart.getSeriesMap().size();
    Color color = Theme.series(position);
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarkerColor(color);
    series.setMarker(Theme.marker(position));
    return series;
  }

  /**
   * Draws the chart.
   *
   * @return a picture, 800 by 450 points
   * @throws IllegalArgumentException if nothing was added
   */
  public BufferedImage draw() {
    if (chart.getSeriesMap().isEmpty()) {
      throw new IllegalArgumentException("there must be at least one series: use line or points");
    }
    List<String> spoken = new ArrayList<>();
    chart.getSeriesMap().values().forEach(series -> spoken.add(words(series)));
    return Pictures.described(
        Theme.drawn(chart),
        chart.getTitle()
            + ": "
            + chart.getYAxisTitle()
            + " over "
            + chart.getXAxisTitle()
            + ". "
            + String.join("; ", spoken)
            + ".");
  }

  /** Every point of a few, with its whisker; of many the first and the last. */
  private static String words(XYSeries series) {
    int last = series.getXData().length - 1;
    if (last >= SPOKEN) {
      return series.getName() + " goes from " + point(series, 0) + " to " + point(series, last);
    }
    return series.getName()
        + (last == 0 ? " is " : " goes from ")
        + IntStream.rangeClosed(0, last)
            .mapToObj(i -> point(series, i))
            .collect(Collectors.joining(" to "));
  }

  private static String point(XYSeries series, int position) {
    double[] spreads = series.getExtraValues();
    boolean whisker = spreads != null && spreads[position] > 0;
    return Words.number(series.getYData()[position])
        + (whisker ? " plus or minus " + Words.number(spreads[position]) : "")
        + " at "
        + Words.number(series.getXData()[position]);
  }
}
