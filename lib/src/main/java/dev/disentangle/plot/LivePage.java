package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The explorer of a decoder that can be written down: the page carries its layers and runs them.
 */
final class LivePage {

  /** Largest difference of a pixel between the page and the model at the image's own code. */
  private static final float TOLERANCE = .01f;

  private LivePage() {}

  /** The page; empty if the decoder cannot be carried, or not exactly enough, or is too large. */
  static Optional<String> of(ImageAutoencoder model, Image image, TraversalOptions options) {
    if (!(model instanceof PortableDecoder portable)) {
      return Optional.empty();
    }
    return portable
        .decoderLayers()
        .map(layers -> layers.stream().map(PackedLayer::of).toList())
        .flatMap(layers -> page(model, image, options, layers));
  }

  private static Optional<String> page(
      ImageAutoencoder model, Image image, TraversalOptions options, List<PackedLayer> layers) {
    // The still image is only for pages whose scripts are off, so few values are enough.
    Strips strips = Strips.of(model, image, options.withSteps(Math.min(9, options.steps())));
    float[] code = strips.code();
    float[] expected = model.decode(new float[][] {code}).get(0).pixels();
    if (!agrees(expected, layers, code)) {
      return Optional.empty();
    }
    var template = new ExplorerTemplate("explorer-live.html", model, image, strips);
    return Optional.of(template.fill(config(image, options, strips, layers), Map.of()))
        .filter(ExplorerTemplate::fits);
  }

  /** Whether the rounded layers decode as the model does. */
  private static boolean agrees(float[] expected, List<PackedLayer> layers, float[] code) {
    float[] pixels = code;
    for (PackedLayer layer : layers) {
      pixels = layer.rounded().apply(pixels);
    }
    if (pixels.length != expected.length) {
      return false;
    }
    for (int i = 0; i < pixels.length; i++) {
      if (!(Math.abs(pixels[i] - expected[i]) <= TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  private static String config(
      Image image, TraversalOptions options, Strips strips, List<PackedLayer> layers) {
    List<String> latents = new ArrayList<>();
    for (int row = 0; row < strips.latents().size(); row++) {
      latents.add(
          "{latent: %d, label: '%s'}"
              .formatted(strips.latents().get(row), strips.labels().get(row)));
    }
    return String.format(
        Locale.ROOT,
        "{width: %d, height: %d, range: %s, own: %s, latents: [%s], layers: [%s]}",
        image.shape().width(),
        image.shape().height(),
        options.range(),
        Arrays.toString(strips.code()),
        String.join(", ", latents),
        layers.stream().map(PackedLayer::script).collect(Collectors.joining(", ")));
  }

  /**
   * A layer as the page has it.
   *
   * @param rounded the layer with its rounded weights
   * @param script its form in the page
   */
  private record PackedLayer(DecoderLayer rounded, String script) {

    static PackedLayer of(DecoderLayer layer) {
      if (layer instanceof DecoderLayer.Dense dense) {
        return of(dense);
      }
      if (layer instanceof DecoderLayer.TransposedConvolution transposed) {
        return of(transposed);
      }
      if (layer instanceof DecoderLayer.Rectifier rectifier) {
        return new PackedLayer(layer, "{kind: 'rectifier', slope: " + rectifier.slope() + "}");
      }
      return new PackedLayer(layer, "{kind: 'sigmoid'}");
    }

    private static PackedLayer of(DecoderLayer.Dense layer) {
      PackedWeights weights = PackedWeights.of(layer.weights());
      PackedWeights biases = PackedWeights.of(layer.biases());
      return new PackedLayer(
          new DecoderLayer.Dense(weights.unpack(), biases.unpack()),
          "{kind: 'dense', weights: %s, biases: %s}".formatted(weights.script(), biases.script()));
    }

    private static PackedLayer of(DecoderLayer.TransposedConvolution layer) {
      PackedWeights weights = PackedWeights.of(layer.weights());
      PackedWeights biases = PackedWeights.of(layer.biases());
      var rounded =
          new DecoderLayer.TransposedConvolution(
              layer.channels(),
              layer.height(),
              layer.width(),
              layer.kernel(),
              layer.stride(),
              layer.padding(),
              weights.unpack(),
              biases.unpack());
      String script =
          ("{kind: 'transposed', height: %d, width: %d, outputHeight: %d, outputWidth: %d,"
                  + " kernel: %d, stride: %d, padding: %d, weights: %s, biases: %s}")
              .formatted(
                  layer.height(),
                  layer.width(),
                  layer.outputHeight(),
                  layer.outputWidth(),
                  layer.kernel(),
                  layer.stride(),
                  layer.padding(),
                  weights.script(),
                  biases.script());
      return new PackedLayer(rounded, script);
    }
  }
}
