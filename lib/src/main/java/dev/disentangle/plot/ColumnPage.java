package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.HashSet;
import java.util.List;

/**
 * The page of a chart that has a column per name: title, vertical axis, and the names below,
 * slanted where they are long.
 */
final class ColumnPage {

  static final Font LABEL = Theme.plain(13);

  private static final int TOP = 56;
  private static final int RIGHT = 20;

  private final String title;
  private final List<String> names;
  private final boolean slanted;
  private final int bottom;
  private final int left;
  private final Axis y;

  /**
   * Lays out a page.
   *
   * @param low the smallest value that has a place on the axis
   * @param high the largest
   * @param footer height that is left free below the names
   */
  ColumnPage(String title, List<String> names, double low, double high, int footer) {
    this.title = title;
    this.names = names;
    int widest = Theme.width(LABEL, names);
    slanted = widest + 8 > (Theme.WIDTH - 80) / names.size();
    bottom = Theme.HEIGHT - 16 - footer - (slanted ? (int) (widest * .71) + 16 : 26);
    y = new Axis(low, high, bottom, TOP);
    int ticks = 16 + Theme.width(LABEL, y.ticks(6).stream().map(Words::number).toList()) + 8;
    // The first name, written upwards, must not begin left of the page.
    int half = (Theme.WIDTH - RIGHT - ticks) / names.size() / 2;
    int first = slanted ? (int) (Theme.width(LABEL, names.subList(0, 1)) * .71) + 12 - half : 0;
    left = Math.max(ticks, first);
  }

  Axis y() {
    return y;
  }

  int left() {
    return left;
  }

  /** The width that each column has. */
  double width() {
    return (double) (Theme.WIDTH - RIGHT - left) / names.size();
  }

  /** The middle of a column. */
  double middle(int position) {
    return left + (position + .5) * width();
  }

  /** Draws all but what stands in the columns. */
  void draw(Graphics2D pen) {
    pen.setFont(Theme.bold(17));
    pen.setColor(Theme.INK);
    centre(pen, title, Theme.WIDTH / 2, 30);
    drawAxis(pen);
    for (int i = 0; i < names.size(); i++) {
      drawName(pen, names.get(i), middle(i));
    }
  }

  private void drawAxis(Graphics2D pen) {
    pen.setFont(LABEL);
    pen.setStroke(new BasicStroke(1));
    for (double tick : y.ticks(6)) {
      double height = y.place(tick);
      pen.setColor(tick == 0 ? Theme.MUTED : Theme.GRID);
      pen.draw(new Line2D.Double(left, height, Theme.WIDTH - RIGHT, height));
      String text = Words.number(tick);
      pen.setColor(Theme.MUTED);
      pen.drawString(text, left - 8 - pen.getFontMetrics().stringWidth(text), (float) height + 5);
    }
  }

  private void drawName(Graphics2D pen, String name, double middle) {
    pen.setFont(LABEL);
    pen.setColor(Theme.INK);
    if (slanted) {
      AffineTransform upright = pen.getTransform();
      double x = middle + 4;
      pen.rotate(-Math.PI / 4, x, bottom + 16);
      pen.drawString(name, (float) x - pen.getFontMetrics().stringWidth(name), bottom + 16);
      pen.setTransform(upright);
    } else {
      centre(pen, name, (int) middle, bottom + 20);
    }
  }

  static void centre(Graphics2D pen, String text, int middle, int height) {
    pen.drawString(text, middle - pen.getFontMetrics().stringWidth(text) / 2, height);
  }

  /**
   * Checks the names of columns.
   *
   * @throws IllegalArgumentException if there is nothing to draw or a name repeats
   */
  static void check(List<String> names, boolean noValues) {
    if (names.isEmpty() || noValues) {
      throw new IllegalArgumentException("names and values must not be empty");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("names must differ, were " + names);
    }
  }
}
