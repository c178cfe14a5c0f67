package dev.disentangle.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Colours, fonts and sizes that all pictures share: a light page with a restrained grid. Sizes and
 * places are in points.
 */
final class Theme {

  /** Pixels per point: a screen of double density shows as many, others shrink the picture. */
  static final int DENSITY = 2;

  static final int WIDTH = 800;
  static final int HEIGHT = 450;
  private static final int NOTE_HEIGHT = 18;
  static final Color PAGE = Color.WHITE;
  static final Color INK = new Color(0x2B2B2B);
  static final Color MUTED = new Color(0x5F6368);
  static final Color GRID = new Color(0xE6E8EB);

  /** The colour of values that are not finite: nothing else in a picture looks like it. */
  static final Color BROKEN = new Color(0xFF00FF);

  // Okabe and Ito's colours (2008), which stay apart under the common forms of colour blindness;
  // their yellow is left out because it vanishes on white.
  private static final List<Color> SERIES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS);

  static {
    // Whoever draws a picture wants it whole, whichever kernel shows it.
    Notebook.install();
  }

  private Theme() {}

  static Color series(int position) {
    return SERIES.get(position % SERIES.size());
  }

  /** A mark per series, so that series differ in grey too. */
  static Marker marker(int position) {
    return MARKERS.get(position % MARKERS.size());
  }

  /** How many colours there are before they repeat. */
  static int colours() {
    return SERIES.size();
  }

  static Color faint(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 50);
  }

  static Font plain(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static Font bold(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  /** Gives a chart the common look; small charts are panels of a larger picture. */
  static void apply(AxesChartStyler style, boolean small) {
    style.setChartBackgroundColor(PAGE);
    style.setPlotBackgroundColor(PAGE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setAxisTicksMarksVisible(false);
    style.setAxisTicksLineVisible(false);
    style.setChartFontColor(INK);
    style.setAxisTickLabelsColor(MUTED);
    style.setXAxisTitleColor(MUTED);
    style.setYAxisTitleColor(MUTED);
    style.setChartTitleFont(bold(small ? 13 : 17));
    style.setAxisTitleFont(plain(small ? 12 : 14));
    style.setAxisTickLabelsFont(plain(small ? 11 : 13));
    style.setLegendFont(plain(small ? 11 : 13));
    style.setChartTitlePadding(small ? 4 : 8);
    style.setChartPadding(small ? 6 : 12);
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal);
    style.setLegendBorderColor(PAGE);
    style.setLegendPadding(small ? 8 : 12);
    style.setXAxisTickMarkSpacingHint(small ? 70 : 90);
    style.setYAxisTickMarkSpacingHint(small ? 44 : 50);
    style.setXAxisDecimalPattern("#,##0.##");
    style.setYAxisDecimalPattern("#,##0.######");
    style.setLocale(Locale.ROOT);
    style.setPlotContentSize(.97);
    style.setAntiAlias(true);
  }

  /** Makes an empty page to draw on, in points; each is two pixels wide and high. */
  static BufferedImage page(int width, int height) {
    return page(width, height, DENSITY);
  }

  static BufferedImage page(int width, int height, int density) {
    BufferedImage page =
        Pictures.ofDensity(
            density,
            new BufferedImage(width * density, height * density, BufferedImage.TYPE_INT_RGB));
    Graphics2D graphics = page.createGraphics();
    graphics.setColor(PAGE);
    graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
    graphics.dispose();
    return page;
  }

  /** Opens a page for drawing in points, with smooth text and lines. */
  static Graphics2D pen(BufferedImage page) {
    Graphics2D graphics = page.createGraphics();
    int density = Pictures.density(page);
    graphics.scale(density, density);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    return graphics;
  }

  /** Draws a chart of XChart. */
  static BufferedImage drawn(Chart<?, ?> chart) {
    BufferedImage page = page(chart.getWidth(), chart.getHeight());
    Graphics2D pen = pen(page);
    chart.paint(pen, chart.getWidth(), chart.getHeight());
    pen.dispose();
    return page;
  }

  /** Puts a picture into a larger one, pixel by pixel where both have the same density. */
  static void put(Graphics2D pen, BufferedImage picture, int x, int y) {
    pen.drawImage(picture, x, y, Pictures.width(picture), Pictures.height(picture), null);
  }

  /** Width of the widest of some texts, in points; 0 if there are none. */
  static int width(Font font, List<String> texts) {
    Graphics2D graphics = pen(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    FontMetrics metrics = graphics.getFontMetrics(font);
    int width = texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    graphics.dispose();
    return width;
  }

  /** Writes remarks below a picture, one line each; its description tells them too. */
  static BufferedImage withNotes(BufferedImage picture, List<String> notes) {
    if (notes.isEmpty()) {
      return picture;
    }
    Font font = plain(12);
    List<String> lines =
        notes.stream().flatMap(note -> wrapped(note, font, picture).stream()).toList();
    BufferedImage page =
        page(Pictures.width(picture), Pictures.height(picture) + NOTE_HEIGHT * lines.size() + 6);
    Graphics2D pen = pen(page);
    put(pen, picture, 0, 0);
    pen.setFont(font);
    pen.setColor(MUTED);
    for (int i = 0; i < lines.size(); i++) {
      pen.drawString(lines.get(i), 14, Pictures.height(picture) + NOTE_HEIGHT * i + 12);
    }
    pen.dispose();
    return Pictures.described(
        page, Pictures.description(picture) + " " + String.join(". ", notes) + ".");
  }

  private static List<String> wrapped(String text, Font font, BufferedImage picture) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(font, List.of(longer)) > Pictures.width(picture) - 28) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }
}
