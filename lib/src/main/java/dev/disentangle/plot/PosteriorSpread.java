package dev.disentangle.plot;

import dev.disentangle.representation.Codes;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far the posteriors of each latent are spread: where their means lie, and how wide one of them
 * is. A latent that says nothing has all means at 0 and the prior's width; one that says much has
 * means as wide as the prior and narrow posteriors.
 */
public final class PosteriorSpread {

  private static final int ROW = 40;
  private static final int TOP = 44;
  private static final int BOTTOM = 82;
  private static final Color PRIOR = new Color(0xEEF0F2);

  private PosteriorSpread() {}

  /**
   * Draws one row per latent, largest divergence from the prior first: a bar from the 2.5th to the
   * 97.5th percentile of the means with their median, a whisker of one root-mean-square posterior
   * deviation to both sides of that median, and behind them the prior's own 95 %.
   *
   * @param codes posteriors of some images, by custom a few thousand
   * @return a picture, 800 points wide
   */
  public static BufferedImage of(Codes codes) {
    double[] kl = KlToPrior.of(codes);
    int[] order = KlToPrior.order(kl);
    List<Row> rows = Arrays.stream(order).mapToObj(latent -> Row.of(codes, latent, kl)).toList();
    double reach = 1.05 * rows.stream().mapToDouble(Row::furthest).reduce(2.2, Math::max);
    List<String> labels = rows.stream().map(Row::label).toList();
    int left = 20 + Theme.width(Theme.plain(13), labels) + 8;
    BufferedImage page = Theme.page(Theme.WIDTH, TOP + rows.size() * ROW + BOTTOM);
    Graphics2D pen = Theme.pen(page);
    pen.setFont(Theme.bold(17));
    pen.setColor(Theme.INK);
    String title = "Posteriors of " + String.format(Locale.ROOT, "%,d", codes.size()) + " images";
    pen.drawString(title, (Theme.WIDTH - pen.getFontMetrics().stringWidth(title)) / 2, 28);
    Axis x = new Axis(-reach, reach, left, Theme.WIDTH - 20);
    int end = TOP + rows.size() * ROW;
    pen.setColor(PRIOR);
    pen.fill(
        new Rectangle2D.Double(x.place(-1.96), TOP, x.place(1.96) - x.place(-1.96), end - TOP));
    drawAxis(pen, x, end);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).draw(pen, x, TOP + i * ROW + ROW / 2);
    }
    drawLegend(pen, left, end + 66);
    pen.dispose();
    return Pictures.described(page, words(title, rows));
  }

  private static void drawAxis(Graphics2D pen, Axis x, int end) {
    pen.setFont(Theme.plain(13));
    pen.setStroke(new BasicStroke(1));
    for (double tick : x.ticks(8)) {
      String text = Words.number(tick);
      pen.setColor(Theme.GRID);
      pen.draw(new Line2D.Double(x.place(tick), TOP, x.place(tick), end));
      pen.setColor(Theme.MUTED);
      int width = pen.getFontMetrics().stringWidth(text);
      pen.drawString(text, (float) x.place(tick) - width / 2f, end + 18);
    }
    String unit = "latent, in standard deviations of the prior";
    int width = pen.getFontMetrics().stringWidth(unit);
    pen.drawString(unit, (int) ((x.from() + x.to()) / 2) - width / 2, end + 40);
  }

  private static void drawLegend(Graphics2D pen, int left, int y) {
    pen.setColor(Theme.series(0));
    pen.fill(new Rectangle2D.Double(left, y - 10, 24, 10));
    whisker(pen, left + 206, left + 236, y - 5);
    pen.setColor(PRIOR);
    pen.fill(new Rectangle2D.Double(left + 428, y - 12, 24, 14));
    pen.setColor(Theme.MUTED);
    pen.setFont(Theme.plain(13));
    pen.drawString("means: 95 %, median", left + 32, y);
    pen.drawString("one posterior: \u00b1 deviation", left + 244, y);
    pen.drawString("prior: 95 %", left + 460, y);
  }

  private static void whisker(Graphics2D pen, double from, double to, double y) {
    // White below keeps the whisker visible where it crosses its bar.
    for (int pass = 0; pass < 2; pass++) {
      pen.setColor(pass == 0 ? Theme.PAGE : Theme.series(1));
      pen.setStroke(new BasicStroke(pass == 0 ? 5f : 2.4f));
      pen.draw(new Line2D.Double(from, y, to, y));
      pen.draw(new Line2D.Double(from, y - 6, from, y + 6));
      pen.draw(new Line2D.Double(to, y - 6, to, y + 6));
    }
  }

  private static String words(String title, List<Row> rows) {
    List<String> spoken = new ArrayList<>();
    for (Row row : rows) {
      spoken.add(
          String.format(
              Locale.ROOT,
              "%s: means from %s to %s, deviation %s",
              row.label(),
              Words.number(row.low()),
              Words.number(row.high()),
              Words.number(row.deviation())));
    }
    return title + ". " + String.join("; ", spoken) + ".";
  }

  /** One latent's figures. */
  private record Row(String label, double low, double median, double high, double deviation) {

    static Row of(Codes codes, int latent, double[] kl) {
      double[] means = new double[codes.size()];
      double variance = 0;
      for (int i = 0; i < means.length; i++) {
        means[i] = codes.means()[i][latent];
        variance += Math.exp(codes.logVariances()[i][latent]) / means.length;
      }
      Arrays.sort(means);
      String label =
          Double.isFinite(kl[latent])
              ? String.format(Locale.ROOT, "z%d  KL %.1f nats", latent, kl[latent])
              : "z" + latent;
      return new Row(
          label,
          percentile(means, .025),
          percentile(means, .5),
          percentile(means, .975),
          Math.sqrt(variance));
    }

    private static double percentile(double[] sorted, double share) {
      double place = share * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    double furthest() {
      return Math.max(Math.max(Math.abs(low), Math.abs(high)), Math.abs(median) + deviation);
    }

    void draw(Graphics2D pen, Axis x, int middle) {
      pen.setFont(Theme.plain(13));
      pen.setColor(Theme.INK);
      pen.drawString(label, 20, middle + 5);
      pen.setColor(Theme.series(0));
      // At least two pixels, so that a latent whose means all agree is seen.
      double from = Math.min(x.place(low), x.place(median) - 1);
      double to = Math.max(x.place(high), x.place(median) + 1);
      pen.fill(new Rectangle2D.Double(from, middle - 9, to - from, 10));
      pen.setColor(Theme.PAGE);
      pen.fill(new Rectangle2D.Double(x.place(median) - 1, middle - 9, 2, 10));
      whisker(pen, x.place(median - deviation), x.place(median + deviation), middle + 9);
    }
  }
}
