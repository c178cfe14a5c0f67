package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The explorer of a decoder that can be written down: the page carries its layers and runs them.
 *
 * @param page the page; empty if the decoder cannot be carried
 * @param smaller the page with weights of two bytes; empty if that is too far from the model
 * @param reason why there is no page
 */
record LivePage(Optional<String> page, Supplier<Optional<String>> smaller, String reason) {

  /**
   * Beyond this size the still image, which is only for pages without scripts, has fewer columns.
   */
  private static final int STILL_NUMBERS = 600_000;

  static LivePage of(ImageAutoencoder model, Image image, TraversalOptions options) {
    if (!(model instanceof PortableDecoder portable)) {
      return none("the decoder of " + model.name() + " " + PortableDecoder.UNKNOWN_LAYERS);
    }
    return portable
        .decoderLayers()
        .map(known -> of(model, image, options, known))
        .orElseGet(
            () -> none("the decoder of " + model.name() + " " + portable.whatIsNotPortable()));
  }

  private static LivePage of(
      ImageAutoencoder model, Image image, TraversalOptions options, List<DecoderLayer> layers) {
    Strips strips = Strips.of(model, image, options.withSteps(stillSteps(model, image, options)));
    var template = new ExplorerTemplate("explorer-live.html", model, image, strips);
    Sliders sliders = Sliders.of(strips, options);
    CarriedDecoder decoder = CarriedDecoder.of(model, layers, sliders);
    if (!(decoder.error() <= CarriedDecoder.WORST)) {
      return none(
          String.format(
              Locale.ROOT,
              "the layers of %s give pictures that differ from the model's by %.2g per pixel",
              model.name(),
              decoder.error()));
    }
    return new LivePage(
        Optional.of(fill(template, decoder, image, options, strips)),
        () ->
            Optional.of(decoder.smaller(model, layers, sliders))
                .filter(two -> two.error() <= CarriedDecoder.WORST)
                .map(two -> fill(template, two, image, options, strips)),
        "");
  }

  private static LivePage none(String reason) {
    return new LivePage(Optional.empty(), Optional::empty, reason);
  }

  /** The page, or the one with shorter weights, whichever first holds so many bytes at most. */
  Optional<String> within(int limit) {
    return page.filter(html -> ExplorerTemplate.bytes(html) <= limit)
        .or(() -> smaller.get().filter(html -> ExplorerTemplate.bytes(html) <= limit));
  }

  private static int stillSteps(ImageAutoencoder model, Image image, TraversalOptions options) {
    int most = STILL_NUMBERS / (image.shape().pixels() * model.latents());
    return Math.max(2, Math.min(Math.min(9, options.steps()), most));
  }

  private static String fill(
      ExplorerTemplate template,
      CarriedDecoder decoder,
      Image image,
      TraversalOptions options,
      Strips strips) {
    String note =
        String.format(
            Locale.ROOT,
            "This page carries the decoder itself and decodes every move; its pixels are within"
                + " %.1g of the model\u2019s, where 1 is white. ",
            Math.max(decoder.error(), 1e-6));
    return template.fill(
        config(image.shape(), Sliders.of(strips, options), strips, decoder),
        Map.of("NOTE", note + ExplorerTemplate.legend(strips, options)));
  }

  private static String config(
      ImageShape shape, Sliders sliders, Strips strips, CarriedDecoder decoder) {
    List<String> latents = new ArrayList<>();
    for (int row = 0; row < strips.latents().size(); row++) {
      LatentRange range = sliders.ranges().get(row);
      latents.add(
          String.format(
              Locale.ROOT,
              "{latent: %d, label: '%s', low: %s, high: %s}",
              strips.latents().get(row),
              strips.labels().get(row),
              range.low(),
              range.high()));
    }
    return String.format(
        Locale.ROOT,
        "{width: %d, height: %d, own: %s, latents: [%s], layers: %s}",
        shape.width(),
        shape.height(),
        Arrays.toString(strips.code()),
        String.join(", ", latents),
        decoder.script());
  }
}
