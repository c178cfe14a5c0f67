package dev.disentangle.plot;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** All terms of one run as a grid of small charts, since their sizes differ too much for one. */
final class LossPanels {

  private static final int COLUMNS = 2;
  private static final int PANEL_WIDTH = Theme.WIDTH / COLUMNS;
  private static final int PANEL_HEIGHT = 225;
  private static final int HEADING = 36;

  private static final List<String> FIRST =
      List.of(
          Terms.LOSS,
          Terms.RECONSTRUCTION,
          Terms.KL,
          Terms.KL_SAMPLED,
          Terms.TOTAL_CORRELATION,
          Terms.DISCRIMINATOR_LOSS,
          Terms.DISCRIMINATOR_ACCURACY);

  /** What is drawn in the panel of the true total correlation. */
  private static final List<String> ESTIMATES =
      List.of(Terms.TOTAL_CORRELATION_SUBSET, Terms.TOTAL_CORRELATION_ESTIMATE);

  private LossPanels() {}

  static BufferedImage draw(String run, History history) {
    List<String> terms = panels(history.names());
    int rows = (terms.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage picture = Theme.page(Theme.WIDTH, HEADING + rows * PANEL_HEIGHT);
    Graphics2D pen = Theme.pen(picture);
    pen.setFont(Theme.bold(17));
    pen.setColor(Theme.INK);
    pen.drawString(run, (Theme.WIDTH - pen.getFontMetrics().stringWidth(run)) / 2, HEADING - 10);
    List<String> spoken = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      int x = i % COLUMNS * PANEL_WIDTH;
      int y = HEADING + i / COLUMNS * PANEL_HEIGHT;
      BufferedImage panel = panel(terms.get(i), history);
      spoken.add(Pictures.description(panel));
      Theme.put(pen, panel, x, y);
    }
    pen.dispose();
    return Pictures.described(picture, run + ": " + String.join(" ", spoken));
  }

  /** The usual terms in reading order, then all others; estimates and truth share a panel. */
  private static List<String> panels(List<String> recorded) {
    List<String> panels = new ArrayList<>();
    for (String term : FIRST) {
      boolean estimated =
          term.equals(Terms.TOTAL_CORRELATION) && ESTIMATES.stream().anyMatch(recorded::contains);
      if (recorded.contains(term) || estimated) {
        panels.add(term);
      }
    }
    for (String term : recorded) {
      if (!panels.contains(term) && !ESTIMATES.contains(term)) {
        panels.add(term);
      }
    }
    return panels;
  }

  private static BufferedImage panel(String term, History history) {
    LineChart chart = new LineChart(Plots.title(term), Plots.unit(term), PANEL_WIDTH, PANEL_HEIGHT);
    if (term.equals(Terms.TOTAL_CORRELATION)) {
      return Plots.totalCorrelation(chart, history).draw();
    }
    return chart.add(null, history, term, 0, false).withoutLegend().draw();
  }
}
