package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A square of points over two axes with ticks, a heading above and names of the axes. */
final class ScatterPanel {

  static final int LEFT = 52;
  static final int TOP = 40;
  static final int BOTTOM = 44;

  private final Graphics2D pen;
  private final Axis x;
  private final Axis y;

  /** Draws the frame of a panel whose square begins at a place. */
  ScatterPanel(Graphics2D pen, int left, int top, int side, double low, double high) {
    this.pen = pen;
    this.x = new Axis(low, high, left, left + side);
    this.y = new Axis(low, high, top + side, top);
    pen.setStroke(new BasicStroke(1));
    pen.setFont(Theme.plain(12));
    for (double tick : x.ticks(6)) {
      String text = Words.number(tick);
      int width = pen.getFontMetrics().stringWidth(text);
      pen.setColor(Theme.GRID);
      pen.draw(new Line2D.Double(x.place(tick), top, x.place(tick), top + side));
      pen.draw(new Line2D.Double(left, y.place(tick), left + side, y.place(tick)));
      pen.setColor(Theme.MUTED);
      pen.drawString(text, (float) x.place(tick) - width / 2f, top + side + 16);
      pen.drawString(text, left - 6 - width, (float) y.place(tick) + 4);
    }
  }

  void names(String title, String across, String upwards) {
    int middle = (int) (x.from() + x.to()) / 2;
    pen.setColor(Theme.INK);
    pen.setFont(Theme.bold(14));
    centre(title, middle, (int) y.to() - 14);
    pen.setColor(Theme.MUTED);
    pen.setFont(Theme.plain(13));
    centre(across, middle, (int) y.from() + 34);
    pen.drawString(upwards, (int) x.from() - 46, (int) (y.from() + y.to()) / 2 - 12);
  }

  private void centre(String text, int middle, int height) {
    pen.drawString(text, middle - pen.getFontMetrics().stringWidth(text) / 2, height);
  }

  /** Draws one point, unless it lies outside of the square; says whether it did. */
  boolean point(double across, double upwards, int series, int alpha) {
    if (!x.holds(across) || !y.holds(upwards)) {
      return false;
    }
    Color color = Theme.series(series);
    pen.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
    mark(pen, x.place(across), y.place(upwards), 2.4, series / Theme.colours());
    return true;
  }

  /** One of four shapes: with the colours, enough to tell some thirty classes apart. */
  static void mark(Graphics2D pen, double x, double y, double radius, int shape) {
    if (shape % 4 == 0) {
      pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    } else if (shape % 4 == 1) {
      Path2D triangle = new Path2D.Double();
      triangle.moveTo(x, y - 1.3 * radius);
      triangle.lineTo(x - 1.2 * radius, y + radius);
      triangle.lineTo(x + 1.2 * radius, y + radius);
      pen.fill(triangle);
    } else if (shape % 4 == 2) {
      pen.fill(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    } else {
      pen.setStroke(new BasicStroke(1.4f));
      pen.draw(new Line2D.Double(x - radius, y - radius, x + radius, y + radius));
      pen.draw(new Line2D.Double(x - radius, y + radius, x + radius, y - radius));
    }
  }
}
