package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The explorer of a decoder that only the model can run: images decoded in advance. */
final class PrecomputedPage {

  private static final int PAIRED_LATENTS = 3;
  private static final int PAIR_STEPS = 9;

  private final ImageAutoencoder model;
  private final Image image;
  private final TraversalOptions options;
  private final Strips strips;
  private final double[] pairValues;

  private PrecomputedPage(ImageAutoencoder model, Image image, TraversalOptions options) {
    this.model = model;
    this.image = image;
    this.options = options;
    this.strips = Strips.of(model, image, options);
    this.pairValues = options.withSteps(PAIR_STEPS).values();
  }

  static String of(ImageAutoencoder model, Image image, TraversalOptions options) {
    return new PrecomputedPage(model, image, options).html();
  }

  /** The page with as many pairs as fit. */
  private String html() {
    var template = new ExplorerTemplate("explorer-precomputed.html", model, image, strips);
    List<int[]> pairs = pairs();
    List<String> pictures = new ArrayList<>();
    for (int[] pair : pairs) {
      pictures.add("<img alt=\"\" src=\"" + ExplorerTemplate.dataUri(Tiles.of(rows(pair))) + "\">");
    }
    for (int kept = pairs.size(); kept >= 0; kept--) {
      String shown = String.join("", pictures.subList(0, kept));
      String html = template.fill(config(pairs.subList(0, kept)), Map.of("PADS", shown));
      if (ExplorerTemplate.fits(html)) {
        return html;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "the page must stay below %,d bytes; too much for it are %d latents with %d values"
                + " each of images %s",
            ExplorerTemplate.LIMIT,
            strips.latents().size(),
            options.steps(),
            image.shape()));
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
    List<List<Image>> rows = new ArrayList<>();
    for (int row = PAIR_STEPS - 1; row >= 0; row--) {
      float[][] codes = new float[PAIR_STEPS][];
      for (int column = 0; column < PAIR_STEPS; column++) {
        codes[column] = strips.code().clone();
        codes[column][pair[0]] = (float) pairValues[column];
        codes[column][pair[1]] = (float) pairValues[row];
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
        "{width: %d, height: %d, values: %s, padValues: %s, latents: [%s], pairs: %s}",
        image.shape().width(),
        image.shape().height(),
        Arrays.toString(options.values()),
        Arrays.toString(pairValues),
        latents,
        pairs.stream().map(Arrays::toString).toList());
  }

  private String latent(int row) {
    int latent = strips.latents().get(row);
    return String.format(
        Locale.ROOT,
        "{latent: %d, label: '%s', nearest: %d, own: %s}",
        latent,
        strips.labels().get(row),
        strips.nearest().get(row),
        strips.code()[latent]);
  }
}
