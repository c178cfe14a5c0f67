package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What both kinds of explorer's pages have in common: a template with places, and a still image.
 */
final class ExplorerTemplate {

  private static final String PRIOR = "Values are in standard deviations of the prior%s.%s";
  private static final String DIVERGENCE =
      "; KL, in nats, is how far a latent\u2019s posterior is from the prior";

  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private final String template;
  private final Map<String, String> values = new HashMap<>();

  /** What the sliders' numbers mean; only what the page shows is explained. */
  static String legend(Strips strips, TraversalOptions options) {
    return PRIOR.formatted(
        strips.klKnown() ? DIVERGENCE : "",
        options.ranges().isEmpty()
            ? ""
            : " Each slider covers the values that its latent takes for the data.");
  }

  /** Reads a template and fills the places that every page has. */
  ExplorerTemplate(String file, ImageAutoencoder model, Image image, Strips strips) {
    template = resource(file);
    values.put("STYLE", resource("explorer.css"));
    values.put("NAME", Pictures.escape(model.name()));
    values.put("DECODER", resource("decoder.js"));
    values.put("ALT", "One row per latent, " + String.join("; ", strips.labels()));
    values.put("STRIPS", dataUri(Tiles.of(still(model, image, strips))));
  }

  /** One row per latent, and below them the decoded own code and the image itself. */
  private static List<List<Image>> still(ImageAutoencoder model, Image image, Strips strips) {
    List<List<Image>> rows = new ArrayList<>(strips.rows());
    rows.add(List.of(model.decode(new float[][] {strips.code()}).get(0), image));
    return rows;
  }

  /** The page with its script's settings and further values. */
  String fill(String config, Map<String, String> more) {
    CRC32 sum = new CRC32();
    sum.update((config + values.get("STRIPS")).getBytes(StandardCharsets.UTF_8));
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more);
    all.put("CONFIG", config);
    // The same content gives the same name, so that a notebook's output stays the same.
    all.put("CLASS", "explorer-" + Long.toHexString(sum.getValue()));
    // In one pass, so that no value is searched for places itself.
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(all.get(place.group(1))));
  }

  static int bytes(String html) {
    return html.getBytes(StandardCharsets.UTF_8).length;
  }

  static String dataUri(BufferedImage picture) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.png(picture));
  }

  private static String resource(String file) {
    try (InputStream stream = ExplorerTemplate.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
