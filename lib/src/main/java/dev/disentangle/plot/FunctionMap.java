package dev.disentangle.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/**
 * Functions of two numbers as colours, side by side over the same square: densities of a pair of
 * latents, or what a discriminator thinks of them. Values of one sign run from white to blue; with
 * values of both signs orange is negative, blue positive and white 0. Immutable; each method
 * returns a new map.
 */
public final class FunctionMap {

  private static final int CELLS = 48;
  private static final int CELL = 4;
  private static final int SIDE = CELLS * CELL;
  private static final int LEFT = 54;
  private static final int TOP = 40;
  private static final int BOTTOM = 92;
  private static final int RIGHT = 20;

  private record Panel(String title, String unit, DoubleBinaryOperator function) {}

  private final double low;
  private final double high;
  private final String xName;
  private final String yName;
  private final List<Panel> panels;

  private FunctionMap(double low, double high, String xName, String yName, List<Panel> panels) {
    this.low = low;
    this.high = high;
    this.xName = xName;
    this.yName = yName;
    this.panels = panels;
  }

  /**
   * Starts a picture without functions.
   *
   * @param low where both axes begin
   * @param high where both end, above {@code low}
   * @param xName name of the horizontal axis, such as {@code z1}
   * @param yName name of the vertical axis
   * @return the empty map
   * @throws IllegalArgumentException if {@code low} is not below {@code high} or one is not finite
   */
  public static FunctionMap over(double low, double high, String xName, String yName) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "low must be below high and both finite, were " + low + " and " + high);
    }
    return new FunctionMap(low, high, xName, yName, List.of());
  }

  /**
   * Adds a function to the right of the others.
   *
   * @param title heading of its panel
   * @param unit unit of its values, written at the colour bar; may be empty
   * @param function of the horizontal and the vertical coordinate; values that are not finite are
   *     grey
   * @return a new map
   */
  public FunctionMap add(String title, String unit, DoubleBinaryOperator function) {
    List<Panel> more = new ArrayList<>(panels);
    more.add(new Panel(title, unit, function));
    return new FunctionMap(low, high, xName, yName, List.copyOf(more));
  }

  /**
   * Draws all functions.
   *
   * @return a picture, 266 points wide per function and 324 high
   * @throws IllegalArgumentException if no function was added
   */
  public BufferedImage draw() {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one function: use add");
    }
    int width = panels.size() * (LEFT + SIDE + RIGHT);
    BufferedImage page = Theme.page(width, TOP + SIDE + BOTTOM);
    Graphics2D pen = Theme.pen(page);
    for (int i = 0; i < panels.size(); i++) {
      draw(pen, i * (LEFT + SIDE + RIGHT) + LEFT, panels.get(i));
    }
    pen.dispose();
    List<String> titles = panels.stream().map(Panel::title).toList();
    return Pictures.described(
        page,
        "Shaded maps over "
            + xName
            + " and "
            + yName
            + " from "
            + text(low)
            + " to "
            + text(high)
            + ": "
            + String.join("; ", titles)
            + ".");
  }

  private void draw(Graphics2D pen, int x, Panel panel) {
    double[][] values = values(panel.function());
    double[] finite =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    double most = Arrays.stream(finite).max().orElse(0);
    double least = Math.min(0, Arrays.stream(finite).min().orElse(0));
    double largest = Math.max(most, -least);
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        pen.setColor(HeatMap.color(values[row][column], largest));
        pen.fillRect(x + column * CELL, TOP + row * CELL, CELL, CELL);
      }
    }
    pen.setColor(Theme.GRID);
    pen.drawRect(x - 1, TOP - 1, SIDE + 1, SIDE + 1);
    drawNames(pen, x, panel.title());
    drawBar(pen, x, least, Math.max(most, 0), panel.unit());
  }

  /** Values at the middles of the cells, the first row on top. */
  private double[][] values(DoubleBinaryOperator function) {
    double[][] values = new double[CELLS][CELLS];
    double width = (high - low) / CELLS;
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        values[row][column] =
            function.applyAsDouble(low + (column + .5) * width, high - (row + .5) * width);
      }
    }
    return values;
  }

  private void drawNames(Graphics2D pen, int x, String title) {
    pen.setColor(Theme.INK);
    pen.setFont(Theme.bold(13));
    centre(pen, title, x + SIDE / 2, TOP - 14);
    pen.setColor(Theme.MUTED);
    pen.setFont(Theme.plain(12));
    double[] ticks = {low, (low + high) / 2, high};
    for (int i = 0; i < ticks.length; i++) {
      int place = i * SIDE / 2;
      centre(pen, text(ticks[i]), x + place, TOP + SIDE + 16);
      String label = text(ticks[ticks.length - 1 - i]);
      pen.drawString(
          label, x - 6 - pen.getFontMetrics().stringWidth(label), TOP + place + (i == 0 ? 10 : 4));
    }
    centre(pen, xName, x + SIDE / 2, TOP + SIDE + 32);
    pen.drawString(yName, x - 44, TOP + SIDE / 2 + 4);
  }

  private static void drawBar(Graphics2D pen, int x, double least, double most, String unit) {
    double largest = Math.max(most, -least);
    int y = TOP + SIDE + 46;
    for (int i = 0; i < SIDE; i++) {
      pen.setColor(HeatMap.color(least + (most - least) * i / (SIDE - 1), largest));
      pen.fillRect(x + i, y, 1, 10);
    }
    pen.setColor(Theme.MUTED);
    pen.drawString(text(least), x, y + 26);
    String end = text(most);
    pen.drawString(end, x + SIDE - pen.getFontMetrics().stringWidth(end), y + 26);
    centre(pen, unit, x + SIDE / 2, y + 26);
  }

  private static void centre(Graphics2D pen, String text, int x, int y) {
    pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
  }

  private static String text(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
