package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A box per name over single values (Tukey 1977): from the first to the third quartile, a line at
 * the median, whiskers to the last values within one and a half of the box's height beyond it.
 * Every value is a ring, for there are often few; below {@value #FEWEST} there is no box.
 */
final class BoxChart {

  private static final int FEWEST = 5;
  private static final double REACH = 1.5;
  private static final int RING = 7;

  private final String title;
  private final List<String> names;
  private final List<double[]> columns;

  private BoxChart(String title, List<String> names, List<double[]> columns) {
    this.title = title;
    this.names = names;
    this.columns = columns;
  }

  static BufferedImage draw(String title, List<String> names, List<double[]> values) {
    ColumnPage.check(names, values.isEmpty());
    if (values.size() != names.size()) {
      throw new IllegalArgumentException(
          "values must hold one array per name, " + names.size() + ", held " + values.size());
    }
    List<double[]> sorted = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double[] column = values.get(i).clone();
      if (column.length == 0 || !Arrays.stream(column).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "values of "
                + names.get(i)
                + " must be finite, at least one; were "
                + Arrays.toString(column));
      }
      Arrays.sort(column);
      sorted.add(column);
    }
    return new BoxChart(title, names, sorted).draw();
  }

  private BufferedImage draw() {
    double low = columns.stream().mapToDouble(c -> c[0]).min().orElseThrow();
    double high = columns.stream().mapToDouble(c -> c[c.length - 1]).max().orElseThrow();
    double room = high > low ? (high - low) * .06 : Math.max(1e-3, Math.abs(high) * .1);
    ColumnPage page = new ColumnPage(title, names, low - room, high + room, 0);
    BufferedImage picture = Theme.page(Theme.WIDTH, Theme.HEIGHT);
    Graphics2D pen = Theme.pen(picture);
    page.draw(pen);
    double width = Math.min(80, .6 * page.width());
    for (int i = 0; i < columns.size(); i++) {
      drawColumn(pen, columns.get(i), page.middle(i), width, page.y());
    }
    pen.dispose();
    return Pictures.described(picture, words());
  }

  private static void drawColumn(
      Graphics2D pen, double[] values, double middle, double width, Axis y) {
    pen.setStroke(new BasicStroke(1.6f));
    if (values.length >= FEWEST) {
      double upper = y.place(quantile(values, .75));
      double lower = y.place(quantile(values, .25));
      var box = new Rectangle2D.Double(middle - width / 2, upper, width, lower - upper);
      pen.setColor(Theme.faint(Theme.series(0)));
      pen.fill(box);
      pen.setColor(Theme.series(0));
      pen.draw(box);
      drawWhisker(pen, middle, width, lower, y.place(lowest(values)));
      drawWhisker(pen, middle, width, upper, y.place(highest(values)));
    }
    pen.setColor(Theme.INK);
    for (double value : values) {
      double height = y.place(value);
      pen.draw(new Ellipse2D.Double(middle - RING / 2.0, height - RING / 2.0, RING, RING));
    }
    pen.setColor(Theme.series(1));
    pen.setStroke(new BasicStroke(3));
    double median = y.place(quantile(values, .5));
    pen.draw(new Line2D.Double(middle - width / 2, median, middle + width / 2, median));
  }

  private static void drawWhisker(
      Graphics2D pen, double middle, double width, double from, double to) {
    pen.draw(new Line2D.Double(middle, from, middle, to));
    pen.draw(new Line2D.Double(middle - width / 4, to, middle + width / 4, to));
  }

  private static double lowest(double... sorted) {
    double fence = quantile(sorted, .25) - REACH * range(sorted);
    return Arrays.stream(sorted).filter(value -> value >= fence).min().orElseThrow();
  }

  private static double highest(double... sorted) {
    double fence = quantile(sorted, .75) + REACH * range(sorted);
    return Arrays.stream(sorted).filter(value -> value <= fence).max().orElseThrow();
  }

  private static double range(double... sorted) {
    return quantile(sorted, .75) - quantile(sorted, .25);
  }

  /** Straight lines between the sorted values, the first of which is at 0 and the last at 1. */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private String words() {
    List<String> spoken = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double[] values = columns.get(i);
      spoken.add(
          names.get(i)
              + " median "
              + Words.number(quantile(values, .5))
              + (values.length < FEWEST
                  ? ""
                  : ", quartiles "
                      + Words.number(quantile(values, .25))
                      + " and "
                      + Words.number(quantile(values, .75)))
              + ", from "
              + Words.number(values[0])
              + " to "
              + Words.number(values[values.length - 1])
              + " in "
              + values.length
              + (values.length == 1 ? " run" : " runs"));
    }
    return title + ", a box per setting. " + String.join("; ", spoken) + ".";
  }
}
