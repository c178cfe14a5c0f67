package dev.disentangle.command;

import dev.disentangle.metric.LabelledCodes;
import dev.disentangle.metric.ScoreValue;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tables and drawings of a page as HTML and SVG; colours come from its style sheet. */
final class PageParts {

  private static final int SCATTERED = 1_000;
  private static final int WIDTH = 300;
  private static final int HEIGHT = 180;

  private PageParts() {}

  /** Makes a text safe inside HTML, in elements and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String table(ScoreRows rows) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"scores\">\n<tr>");
    for (int c = 0; c < rows.header().size(); c++) {
      html.append(
          c > 0 && rows.numeric(c) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
      html.append(escape(rows.header().get(c))).append("</th>");
    }
    html.append("</tr>\n");
    for (List<String> row : rows.rows()) {
      html.append("<tr><th scope=\"row\">").append(escape(row.get(0))).append("</th>");
      for (int c = 1; c < row.size(); c++) {
        html.append(rows.numeric(c) ? "<td class=\"n\">" : "<td>");
        html.append(escape(row.get(c))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  /** A table of values of at least 0, each cell shaded by its share of the largest. */
  static String heat(List<String> rows, List<String> columns, double[][] values) {
    double largest = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(0);
    boolean whole =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).allMatch(v -> v == Math.rint(v));
    StringBuilder html =
        new StringBuilder("<div class=\"wide\"><table class=\"heat\">\n<tr><td></td>");
    columns.forEach(name -> html.append("<th scope=\"col\">").append(escape(name)).append("</th>"));
    html.append("</tr>\n");
    for (int r = 0; r < values.length; r++) {
      html.append("<tr><th scope=\"row\">").append(escape(rows.get(r))).append("</th>");
      for (double value : values[r]) {
        double share = largest > 0 ? value / largest : 0;
        html.append(format("<td style=\"--share:%.3f\">", share));
        html.append(format(whole ? "%.0f" : "%.2f", value)).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  /** Divergence and variance per latent as bars; latents without a posterior have no divergence. */
  static String latents(double[] nats, double[] variances, boolean[] active, double threshold) {
    double most = Arrays.stream(nats).filter(Double::isFinite).max().orElse(0);
    double widest = Arrays.stream(variances).max().orElse(0);
    StringBuilder html = new StringBuilder("<table class=\"latents\">\n<tr><td></td>");
    html.append("<th scope=\"col\">KL, nats</th><th scope=\"col\">variance of means</th>");
    html.append("<th scope=\"col\">active</th></tr>\n");
    for (int j = 0; j < nats.length; j++) {
      html.append("<tr><th scope=\"row\">latent ").append(j).append("</th>");
      html.append(bar(nats[j], most)).append(bar(variances[j], widest));
      html.append(active[j] ? "<td>yes</td>" : "<td>no</td>").append("</tr>\n");
    }
    return html + "</table>\n<p>active: variance of means above " + threshold + "</p>\n";
  }

  private static String bar(double value, double largest) {
    if (!Double.isFinite(value)) {
      return "<td>-</td>";
    }
    double share = largest > 0 ? 100 * value / largest : 0;
    return format("<td class=\"bar\" style=\"--length:%.1f%%\">", share)
        + ScoreValue.digits(value)
        + "</td>";
  }

  /** The codes of a latent over a factor: over its numbers, or side by side within each class. */
  static String scatter(String title, LabelledCodes points, int latent, int factor) {
    int count = Math.min(SCATTERED, points.size());
    double[] codes =
        IntStream.range(0, count).mapToDouble(i -> points.codes()[i][latent]).toArray();
    double[] places = Arrays.copyOf(points.numbers(factor), count);
    DoubleSummaryStatistics range = DoubleStream.of(codes).summaryStatistics();
    DoubleSummaryStatistics across = DoubleStream.of(places).summaryStatistics();
    boolean continuous = points.isContinuous(factor);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < count; i++) {
      double beside = (i * 0.618034) % 1; // a fixed spread, so that the page is the same each time
      double x =
          continuous
              ? share(places[i], across)
              : (places[i] + 0.1 + 0.8 * beside) / (across.getMax() + 1);
      path.append(format("M%.1f %.1fh0", WIDTH * x, HEIGHT * (1 - share(codes[i], range))));
    }
    String axis =
        continuous
            ? format("%.2f to %.2f from left to right", across.getMin(), across.getMax())
            : format("%.0f classes from left to right", across.getMax() + 1);
    String codeRange = format("codes from %.2f to %.2f", range.getMin(), range.getMax());
    return "<figure class=\"scatter\"><figcaption>"
        + escape(title)
        + format("</figcaption><svg viewBox=\"-4 -4 %d %d\" role=\"img\" ", WIDTH + 8, HEIGHT + 8)
        + format("aria-label=\"%s, %s\">", escape(title), codeRange)
        + format("<rect width=\"%d\" height=\"%d\"/><path d=\"%s\"/></svg>", WIDTH, HEIGHT, path)
        + format("<p>%s; %s</p></figure>\n", axis, codeRange);
  }

  private static double share(double value, DoubleSummaryStatistics all) {
    double width = all.getMax() - all.getMin();
    return width > 0 ? (value - all.getMin()) / width : 0.5;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
