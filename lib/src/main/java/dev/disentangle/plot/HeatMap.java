package dev.disentangle.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table as coloured cells; XChart's own heat map cannot set a number's colour per cell. */
final class HeatMap {

  private static final List<Color> POSITIVE =
      List.of(Color.WHITE, new Color(0xBFD9EC), new Color(0x4F9BC9), new Color(0x08457E));
  private static final List<Color> NEGATIVE =
      List.of(Color.WHITE, new Color(0xF6CFB0), new Color(0xE08A3C), new Color(0x8A3B00));
  private static final Color MISSING = new Color(0xEEEEEE);
  private static final int SPOKEN = 100;
  private static final int MARGIN = 16;
  private static final int GAP = 8;

  private final String title;
  private final List<String> rows;
  private final List<String> columns;
  private final double[][] values;
  private final double largest;
  private final boolean whole;
  private final int left;
  private final int top;
  private final int cellWidth;
  private final int cellHeight;
  private final boolean slanted;

  private HeatMap(String title, List<String> rows, List<String> columns, double[][] values) {
    this.title = title;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    double[] finite =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    largest = Arrays.stream(finite).map(Math::abs).max().orElse(0);
    whole = Arrays.stream(finite).allMatch(value -> value == Math.rint(value) && largest < 1e6);
    left = MARGIN + Theme.width(label(), rows) + GAP;
    int widest = Theme.width(label(), columns);
    int fitting = (Theme.WIDTH - left - MARGIN) / columns.size();
    cellWidth = Math.max(14, Math.min(110, fitting));
    cellHeight = Math.max(14, Math.min(40, cellWidth));
    slanted = widest + GAP > cellWidth;
    top = 48 + (slanted ? (int) (widest * .71) + 14 : 26);
  }

  static BufferedImage draw(
      String title, List<String> rows, List<String> columns, double[][] values) {
    check(rows, columns, values);
    return new HeatMap(title, List.copyOf(rows), List.copyOf(columns), values).draw();
  }

  private static Font label() {
    return Theme.plain(13);
  }

  private BufferedImage draw() {
    String last = columns.get(columns.size() - 1);
    int overhang = slanted ? (int) (Theme.width(label(), List.of(last)) * .71) : 0;
    int heading = Theme.width(Theme.bold(17), List.of(title)) + 2 * MARGIN;
    int width = Math.max(heading, left + columns.size() * cellWidth + MARGIN + overhang);
    BufferedImage page = Theme.page(width, top + rows.size() * cellHeight + MARGIN);
    Graphics2D pen = Theme.pen(page);
    pen.setFont(Theme.bold(17));
    pen.setColor(Theme.INK);
    pen.drawString(title, (width - pen.getFontMetrics().stringWidth(title)) / 2, 30);
    drawNames(pen);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        drawCell(pen, left + column * cellWidth, top + row * cellHeight, values[row][column]);
      }
    }
    pen.dispose();
    return Pictures.described(page, words());
  }

  /** All rows of a small table; of a large one each row's largest value. */
  private String words() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<String> cells = new ArrayList<>();
      int best = 0;
      for (int column = 0; column < columns.size(); column++) {
        cells.add(columns.get(column) + " " + text(values[row][column]));
        best = values[row][column] > values[row][best] ? column : best;
      }
      boolean few = rows.size() * columns.size() <= SPOKEN;
      lines.add(
          rows.get(row) + ": " + (few ? String.join(", ", cells) : "most " + cells.get(best)));
    }
    return title + ", as shaded cells. " + String.join("; ", lines) + ".";
  }

  private void drawNames(Graphics2D pen) {
    pen.setFont(label());
    pen.setColor(Theme.MUTED);
    for (int row = 0; row < rows.size(); row++) {
      int x = left - GAP - pen.getFontMetrics().stringWidth(rows.get(row));
      pen.drawString(rows.get(row), x, top + row * cellHeight + cellHeight / 2 + 5);
    }
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column);
      int middle = left + column * cellWidth + cellWidth / 2;
      if (slanted) {
        AffineTransform upright = pen.getTransform();
        pen.rotate(-Math.PI / 4, middle, top - GAP);
        pen.drawString(name, middle, top - GAP);
        pen.setTransform(upright);
      } else {
        pen.drawString(name, middle - pen.getFontMetrics().stringWidth(name) / 2, top - GAP);
      }
    }
  }

  private void drawCell(Graphics2D pen, int x, int y, double value) {
    Color color = color(value);
    pen.setColor(color);
    pen.fillRect(x, y, cellWidth - 1, cellHeight - 1);
    String text = text(value);
    pen.setFont(Theme.plain(cellHeight >= 28 ? 13 : 11));
    int width = pen.getFontMetrics().stringWidth(text);
    // A number that does not fit is left to the colour.
    if (width <= cellWidth - 4) {
      pen.setColor(isDark(color) ? Color.WHITE : Theme.INK);
      pen.drawString(text, x + (cellWidth - width) / 2, y + cellHeight / 2 + 4);
    }
  }

  private String text(double value) {
    if (!Double.isFinite(value)) {
      return "\u2013";
    }
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
  }

  private Color color(double value) {
    return color(value, largest);
  }

  /** The colour of a value among values of at most this size; grey if it is not finite. */
  static Color color(double value, double largest) {
    if (!Double.isFinite(value)) {
      return MISSING;
    }
    List<Color> scale = value < 0 ? NEGATIVE : POSITIVE;
    double place = largest == 0 ? 0 : Math.abs(value) / largest * (scale.size() - 1);
    int from = Math.min((int) place, scale.size() - 2);
    return mix(scale.get(from), scale.get(from + 1), place - from);
  }

  private static Color mix(Color from, Color to, double share) {
    return new Color(
        (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
        (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
        (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
  }

  private static boolean isDark(Color color) {
    // Luma of ITU-R BT.601; at this level black and white text are about as legible.
    return .299 * color.getRed() + .587 * color.getGreen() + .114 * color.getBlue() < 118;
  }

  private static void check(List<String> rows, List<String> columns, double[][] values) {
    if (rows.isEmpty() || columns.isEmpty() || values.length != rows.size()) {
      throw new IllegalArgumentException(
          "values must have one row per row name, at least 1; had "
              + values.length
              + " rows for "
              + rows.size()
              + " row names and "
              + columns.size()
              + " column names");
    }
    for (double[] row : values) {
      if (row.length != columns.size()) {
        throw new IllegalArgumentException(
            "every row of values must be " + columns.size() + " long, one was " + row.length);
      }
    }
  }
}
