package dev.disentangle.command;

import dev.disentangle.metric.ActiveUnits;
import dev.disentangle.metric.KlPerLatent;
import dev.disentangle.metric.MutualInformationGap;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Scores as one HTML page that asks for no other file: the table, and per file what stands behind
 * it.
 */
final class ScorePage {

  private static final int PAIRS = 6;

  private final ScoredCodes scored;
  private final StringBuilder html = new StringBuilder();

  private ScorePage(ScoredCodes scored) {
    this.scored = scored;
  }

  /** Writes the page. */
  static String of(List<ScoredCodes> files, ScoreRows rows) {
    StringBuilder html = new StringBuilder();
    String title =
        "Scores of " + String.join(", ", files.stream().map(ScoredCodes::label).toList());
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(PageParts.escape(title))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(PageParts.escape(title))
        .append("</h1>\n")
        .append(PageParts.table(rows));
    files.forEach(file -> html.append(new ScorePage(file).section()));
    return html.append("</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = ScorePage.class.getResourceAsStream("score-page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("score-page.css", e);
    }
  }

  private String section() {
    html.append("<section>\n<h2>").append(PageParts.escape(scored.label())).append("</h2>\n<p>");
    html.append(PageParts.escape(scored.description())).append("</p>\n<div class=\"parts\">\n");
    if (scored.input().hasFactors()) {
      part("Mutual information, nats", this::mutualInformation);
      if (computed("dci.disentanglement")) {
        part("Importance in DCI's boosted trees", () -> heat(importance()));
      }
      if (computed("factorvae")) {
        part("Votes of the FactorVAE score", () -> heat(votes()));
      }
    }
    part("Divergence from the prior, and activity", this::latents);
    html.append("</div>\n");
    if (scored.input().hasFactors()) {
      part("Latents over factors: the pairs of most mutual information", this::scatters);
    }
    return html.append("</section>\n").toString();
  }

  private boolean computed(String name) {
    return scored.value(name).isPresent();
  }

  /** One part; what cannot be computed says why. */
  private void part(String title, Supplier<String> content) {
    String inner;
    try {
      inner = content.get();
    } catch (IllegalArgumentException e) {
      inner = "<p>not computed: " + PageParts.escape(e.getMessage()) + "</p>\n";
    }
    html.append("<figure><figcaption>").append(title).append("</figcaption>\n");
    html.append(inner).append("</figure>\n");
  }

  private String mutualInformation() {
    return heat(MutualInformationGap.of(scored.input().train()).mutualInformation());
  }

  private double[][] importance() {
    return scored.input().boostedTrees().importance();
  }

  private double[][] votes() {
    int[][] votes = scored.input().factorVae().votes();
    return IntStream.range(0, votes.length)
        .mapToObj(j -> IntStream.of(votes[j]).asDoubleStream().toArray())
        .toArray(double[][]::new);
  }

  private String heat(double[][] values) {
    return PageParts.heat(latentNames(), factorNames(), values);
  }

  private List<String> latentNames() {
    return IntStream.range(0, scored.file().codes().latents())
        .mapToObj(latent -> "latent " + latent)
        .toList();
  }

  private List<String> factorNames() {
    return scored
        .file()
        .factors()
        .map(table -> IntStream.range(0, table.count()).mapToObj(table::name).toList())
        .orElse(List.of());
  }

  private String latents() {
    Codes codes = scored.file().codes();
    ActiveUnits units = ActiveUnits.of(codes.means());
    double[] nats = KlPerLatent.of(codes).nats();
    return PageParts.latents(nats, units.variances(), units.active(), units.threshold());
  }

  private String scatters() {
    double[][] information = MutualInformationGap.of(scored.input().train()).mutualInformation();
    List<int[]> pairs = new ArrayList<>();
    for (int j = 0; j < information.length; j++) {
      for (int k = 0; k < information[j].length; k++) {
        if (information[j][k] > 0) {
          pairs.add(new int[] {j, k});
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -information[pair[0]][pair[1]]));
    StringBuilder all = new StringBuilder("<div class=\"scatters\">\n");
    for (int[] pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
      String title =
          String.format(
              Locale.ROOT,
              "latent %d over %s, %.2f nats",
              pair[0],
              factorNames().get(pair[1]),
              information[pair[0]][pair[1]]);
      all.append(PageParts.scatter(title, scored.input().train(), pair[0], pair[1]));
    }
    return all.append("</div>\n").toString();
  }
}
