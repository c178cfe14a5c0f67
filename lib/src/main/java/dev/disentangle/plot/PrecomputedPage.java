package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The explorer of a decoder that only the model can run: images decoded in advance. */
final class PrecomputedPage {

  private static final int PAIRED_LATENTS = 3;
  private static final int PAIR_STEPS = 9;

  /** Numbers of values per latent that are tried where those asked for do not fit. */
  private static final int[] FEWER = {21, 11, 7, 5, 3};

  private final ImageAutoencoder model;
  private final Image image;
  private final TraversalOptions options;
  private final Strips strips;
  private final String why;

  private PrecomputedPage(
      ImageAutoencoder model, Image image, TraversalOptions options, String why) {
    this.model = model;
    this.image = image;
    this.options = options;
    this.why = why;
    this.strips = Strips.of(model, image, options);
  }

  /** The page with as many pairs, and then as many values, as the limit allows; never larger. */
  static String of(
      ImageAutoencoder model, Image image, TraversalOptions options, String why, int limit) {
    Optional<String> whole = new PrecomputedPage(model, image, options, why).within(limit);
    if (whole.isPresent()) {
      return whole.get();
    }
    for (int steps : FEWER) {
      if (steps < options.steps()) {
        String less =
            String.format(
                Locale.ROOT,
                "%s; each latent has %d values here, because %d do not fit into %.1f MB",
                why,
                steps,
                options.steps(),
                limit / 1e6);
        Optional<String> page =
            new PrecomputedPage(model, image, options.withSteps(steps), less).within(limit);
        if (page.isPresent()) {
          return page.get();
        }
      }
    }
    return "<p>"
        + Pictures.escape(
            String.format(
                Locale.ROOT,
                "The explorer of %s is not shown: %s. Even %d images of %s for each of %d latents do"
                    + " not fit into %.1f MB; Explorer.save(file) writes the page without that"
                    + " limit.",
                model.name(),
                why,
                FEWER[FEWER.length - 1],
                image.shape(),
                model.latents(),
                limit / 1e6))
        + "</p>";
  }

  private Optional<String> within(int limit) {
    var template = new ExplorerTemplate("explorer-precomputed.html", model, image, strips);
    String alone = page(template, List.of(), "");
    if (ExplorerTemplate.bytes(alone) > limit) {
      return Optional.empty();
    }
    List<int[]> pairs = pairs();
    List<String> pictures = new ArrayList<>();
    for (int[] pair : pairs) {
      pictures.add("<img alt=\"\" src=\"" + ExplorerTemplate.dataUri(Tiles.of(rows(pair))) + "\">");
    }
    for (int kept = pairs.size(); kept > 0; kept--) {
      String shown = String.join("", pictures.subList(0, kept));
      String html = page(template, pairs.subList(0, kept), shown);
      if (ExplorerTemplate.bytes(html) <= limit) {
        return Optional.of(html);
      }
    }
    return Optional.of(alone);
  }

  private String page(ExplorerTemplate template, List<int[]> pairs, String pictures) {
    String note =
        "Decoded in advance, because "
            + Pictures.escape(why)
            + ". Moving one slider puts all other latents back to the image\u2019s own code"
            + (pairs.isEmpty()
                ? ". "
                : "; the square moves two latents together (across and upwards), the others keeping"
                    + " that code. ")
            + ExplorerTemplate.legend(strips, options);
    String title = pairs.isEmpty() ? "one latent at a time" : "one latent at a time, and two";
    return template.fill(config(pairs), Map.of("PADS", pictures, "NOTE", note, "TITLE", title));
  }

  /** All pairs of the first latents, those with the largest divergences first. */
  private List<int[]> pairs() {
    List<int[]> pairs = new ArrayList<>();
    int paired = Math.min(PAIRED_LATENTS, strips.latents().size());
    for (int second = 1; second < paired; second++) {
      for (int first = 0; first < second; first++) {
        pairs.add(new int[] {strips.latents().get(first), strips.latents().get(second)});
      }
    }
    return pairs;
  }

  /** A pair's images: the first latent grows to the right, the second upwards. */
  private List<List<Image>> rows(int[] pair) {
    double[] across = options.withSteps(PAIR_STEPS).values(pair[0]);
    double[] upwards = options.withSteps(PAIR_STEPS).values(pair[1]);
    List<List<Image>> rows = new ArrayList<>();
    for (int row = PAIR_STEPS - 1; row >= 0; row--) {
      float[][] codes = new float[PAIR_STEPS][];
      for (int column = 0; column < PAIR_STEPS; column++) {
        codes[column] = strips.code().clone();
        codes[column][pair[0]] = (float) across[column];
        codes[column][pair[1]] = (float) upwards[row];
      }
      rows.add(model.decode(codes));
    }
    return rows;
  }

  private String config(List<int[]> pairs) {
    String latents =
        IntStream.range(0, strips.latents().size())
            .mapToObj(this::latent)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "{width: %d, height: %d, steps: %d, padSteps: %d, latents: [%s], pairs: %s}",
        image.shape().width(),
        image.shape().height(),
        options.steps(),
        PAIR_STEPS,
        latents,
        pairs.stream().map(Arrays::toString).toList());
  }

  private String latent(int row) {
    int latent = strips.latents().get(row);
    return String.format(
        Locale.ROOT,
        "{latent: %d, label: '%s', low: %s, high: %s, nearest: %d, own: %s}",
        latent,
        strips.labels().get(row),
        options.range(latent).low(),
        options.range(latent).high(),
        strips.nearest().get(row),
        strips.code()[latent]);
  }
}
