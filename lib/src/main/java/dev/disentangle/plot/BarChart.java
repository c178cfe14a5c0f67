package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Groups of bars with optional whiskers and a number above each. XChart's own bars write numbers
 * through their whiskers and have no place for a value that is not defined.
 */
final class BarChart {

  private static final int LEGEND = 28;

  private final String title;
  private final List<String> names;
  private final Map<String, double[]> series;
  private final Map<String, double[]> spreads;
  private final boolean legend;
  private final ColumnPage page;
  private final Axis y;

  private BarChart(
      String title,
      List<String> names,
      Map<String, double[]> series,
      Map<String, double[]> spreads) {
    this.title = title;
    this.names = names;
    this.series = series;
    this.spreads = spreads;
    legend = series.size() > 1;
    double[] limits = limits();
    page = new ColumnPage(title, names, limits[0], limits[1], legend ? LEGEND : 0);
    y = page.y();
  }

  static BufferedImage draw(
      String title,
      List<String> names,
      Map<String, double[]> series,
      Map<String, double[]> spreads) {
    check(names, series, spreads);
    return new BarChart(title, names, series, spreads).draw();
  }

  /** Bars start at 0, and a little room stays above the highest whisker for its number. */
  private double[] limits() {
    double low = 0;
    double high = 0;
    for (Map.Entry<String, double[]> entry : series.entrySet()) {
      for (int i = 0; i < names.size(); i++) {
        double value = entry.getValue()[i];
        if (!Double.isNaN(value)) {
          low = Math.min(low, value - spread(entry.getKey(), i));
          high = Math.max(high, value + spread(entry.getKey(), i));
        }
      }
    }
    double room = high > low ? (high - low) * .08 : 1;
    return new double[] {low < 0 ? low - room : 0, high + room};
  }

  private double spread(String name, int position) {
    return spreads.containsKey(name) ? spreads.get(name)[position] : 0;
  }

  private BufferedImage draw() {
    BufferedImage picture = Theme.page(Theme.WIDTH, Theme.HEIGHT);
    Graphics2D pen = Theme.pen(picture);
    page.draw(pen);
    double bar = Math.min(90, .74 * page.width() / series.size());
    for (int i = 0; i < names.size(); i++) {
      int position = 0;
      for (Map.Entry<String, double[]> entry : series.entrySet()) {
        double x = page.middle(i) + (position - series.size() / 2.0) * bar;
        drawBar(pen, x, bar - 2, entry.getValue()[i], spread(entry.getKey(), i), position++);
      }
    }
    if (legend) {
      drawLegend(pen);
    }
    pen.dispose();
    return Pictures.described(picture, words());
  }

  private void drawBar(
      Graphics2D pen, double x, double width, double value, double spread, int position) {
    boolean undefined = Double.isNaN(value);
    double end = y.place(undefined ? 0 : value);
    double zero = y.place(0);
    if (!undefined) {
      pen.setColor(Theme.series(position));
      pen.fill(new Rectangle2D.Double(x, Math.min(end, zero), width, Math.abs(end - zero)));
    }
    double middle = x + width / 2;
    if (spread > 0) {
      drawWhisker(pen, middle, y.place(value - spread), y.place(value + spread));
    }
    String text = undefined ? Words.UNDEFINED : String.format(Locale.ROOT, "%.2f", value);
    boolean down = value < 0;
    double far = undefined ? zero : y.place(down ? value - spread : value + spread);
    pen.setColor(Theme.INK);
    pen.setFont(width >= 30 ? ColumnPage.LABEL : Theme.plain(11));
    // A number that does not fit beside its neighbours is left to the axis.
    if (undefined || pen.getFontMetrics().stringWidth(text) <= width + 6) {
      ColumnPage.centre(pen, text, (int) Math.round(middle), (int) far + (down ? 16 : -6));
    }
  }

  private static void drawWhisker(Graphics2D pen, double x, double from, double to) {
    // White below keeps the whisker visible within a dark bar.
    for (int pass = 0; pass < 2; pass++) {
      pen.setColor(pass == 0 ? Theme.PAGE : Theme.INK);
      pen.setStroke(new BasicStroke(pass == 0 ? 4f : 1.6f));
      pen.draw(new Line2D.Double(x, from, x, to));
      pen.draw(new Line2D.Double(x - 6, from, x + 6, from));
      pen.draw(new Line2D.Double(x - 6, to, x + 6, to));
    }
  }

  private void drawLegend(Graphics2D pen) {
    pen.setFont(ColumnPage.LABEL);
    List<String> labels = List.copyOf(series.keySet());
    int width = labels.stream().mapToInt(label -> entry(pen, label)).sum();
    int x = Math.max(page.left(), (Theme.WIDTH - width) / 2);
    for (int i = 0; i < labels.size(); i++) {
      pen.setColor(Theme.series(i));
      pen.fillRect(x, Theme.HEIGHT - 27, 14, 12);
      pen.setColor(Theme.INK);
      pen.drawString(labels.get(i), x + 20, Theme.HEIGHT - 16);
      x += entry(pen, labels.get(i));
    }
  }

  private static int entry(Graphics2D pen, String label) {
    return 20 + pen.getFontMetrics().stringWidth(label) + 22;
  }

  private String words() {
    List<String> spoken = new ArrayList<>();
    series.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            String bar = name.isBlank() ? names.get(i) : names.get(i) + " " + name;
            double spread = spread(name, i);
            String value = Double.isNaN(values[i]) ? "not defined" : Words.number(values[i]);
            spoken.add(
                bar + " " + value + (spread == 0 ? "" : " plus or minus " + Words.number(spread)));
          }
        });
    return title + ", as bars. " + String.join("; ", spoken) + ".";
  }

  private static void check(
      List<String> names, Map<String, double[]> series, Map<String, double[]> spreads) {
    ColumnPage.check(names, series.isEmpty());
    series.forEach((name, values) -> check("values", names, values, true));
    spreads.forEach((name, values) -> check("spreads", names, values, false));
  }

  private static void check(String argument, List<String> names, double[] values, boolean gaps) {
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          argument + " must hold one number per name, " + names.size() + ", held " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      boolean right = gaps ? !Double.isInfinite(values[i]) : values[i] >= 0 && values[i] < 1e300;
      if (!right) {
        throw new IllegalArgumentException(
            argument
                + " of "
                + names.get(i)
                + (gaps
                    ? " must be finite, or NaN where it is not defined, was "
                    : " must be finite and at least 0, was ")
                + values[i]);
      }
    }
  }
}
