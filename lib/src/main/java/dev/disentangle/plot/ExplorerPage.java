package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Fills the explorer's page with decoded images; see {@link Explorer} for what they are. */
final class ExplorerPage {

  /** The page is kept below this many bytes. */
  static final int LIMIT = 1_000_000;

  private static final int PAIRED_LATENTS = 3;
  private static final int PAIR_STEPS = 9;
  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private final ImageAutoencoder model;
  private final Image image;
  private final TraversalOptions options;
  private final Strips strips;
  private final double[] pairValues;

  private ExplorerPage(ImageAutoencoder model, Image image, TraversalOptions options) {
    this.model = model;
    this.image = image;
    this.options = options;
    this.strips = Strips.of(model, image, options);
    this.pairValues = options.withSteps(PAIR_STEPS).values();
  }

  static String of(ImageAutoencoder model, Image image, TraversalOptions options) {
    return new ExplorerPage(model, image, options).html();
  }

  /** The page with as many pairs as fit. */
  private String html() {
    String still = dataUri(Pictures.png(Tiles.of(stillRows())));
    List<int[]> pairs = pairs();
    List<String> pictures = new ArrayList<>();
    for (int[] pair : pairs) {
      pictures.add(dataUri(Pictures.png(Tiles.of(pairRows(pair)))));
    }
    for (int kept = pairs.size(); kept >= 0; kept--) {
      String html = fill(still, pairs.subList(0, kept), pictures.subList(0, kept));
      if (html.getBytes(StandardCharsets.UTF_8).length < LIMIT) {
        return html;
      }
    }
    throw new IllegalArgumentException(
        "the page must stay below %,d bytes; too much for it are %d latents with %d values each of images %s"
            .formatted(LIMIT, strips.latents().size(), options.steps(), image.shape()));
  }

  /** One row per latent, and below them the decoded own code and the image itself. */
  private List<List<Image>> stillRows() {
    List<List<Image>> rows = new ArrayList<>(strips.rows());
    rows.add(List.of(model.decode(new float[][] {strips.code()}).get(0), image));
    return rows;
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

  /** The first latent grows to the right, the second upwards. */
  private List<List<Image>> pairRows(int[] pair) {
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

  private String fill(String still, List<int[]> pairs, List<String> pictures) {
    String config = config(pairs);
    CRC32 sum = new CRC32();
    sum.update((config + still).getBytes(StandardCharsets.UTF_8));
    Map<String, String> values =
        Map.of(
            // The same content gives the same name, so that a notebook's output stays the same.
            "CLASS",
            "explorer-" + Long.toHexString(sum.getValue()),
            "NAME",
            Pictures.escape(model.name()),
            "ALT",
            "One row per latent, " + String.join("; ", strips.labels()),
            "STRIPS",
            still,
            "PADS",
            pictures.stream()
                .map("<img alt=\"\" src=\"%s\">"::formatted)
                .collect(Collectors.joining()),
            "CONFIG",
            config);
    // In one pass, so that no value is searched for places itself.
    return PLACE
        .matcher(template())
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }

  private String config(List<int[]> pairs) {
    String latents =
        IntStream.range(0, strips.latents().size())
            .mapToObj(this::latent)
            .collect(Collectors.joining(", "));
    return "{width: %d, height: %d, values: %s, padValues: %s, latents: [%s], pairs: %s}"
        .formatted(
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

  private static String dataUri(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static String template() {
    try (InputStream stream = ExplorerPage.class.getResourceAsStream("explorer.html")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
