package dev.disentangle.plot;

import dev.disentangle.representation.DecoderLayer;

/**
 * A decoder's layer as a page has it.
 *
 * @param rounded the layer with its rounded weights
 * @param script its form in the page
 */
record PackedLayer(DecoderLayer rounded, String script) {

  /** Packs a layer with so many bytes per weight, see {@link PackedWeights}. */
  static PackedLayer of(DecoderLayer layer, int bytes) {
    if (layer instanceof DecoderLayer.Dense dense) {
      return dense(dense, bytes);
    }
    if (layer instanceof DecoderLayer.TransposedConvolution transposed) {
      return transposed(transposed, bytes);
    }
    if (layer instanceof DecoderLayer.Rectifier rectifier) {
      return new PackedLayer(layer, "{kind: 'rectifier', slope: " + rectifier.slope() + "}");
    }
    return new PackedLayer(layer, "{kind: 'sigmoid'}");
  }

  private static PackedLayer dense(DecoderLayer.Dense layer, int bytes) {
    PackedWeights weights = PackedWeights.of(layer.weights(), bytes);
    PackedWeights biases = PackedWeights.of(layer.biases(), bytes);
    return new PackedLayer(
        new DecoderLayer.Dense(weights.unpack(), biases.unpack()),
        "{kind: 'dense', weights: %s, biases: %s}".formatted(weights.script(), biases.script()));
  }

  private static PackedLayer transposed(DecoderLayer.TransposedConvolution layer, int bytes) {
    PackedWeights weights = PackedWeights.of(layer.weights(), bytes);
    PackedWeights biases = PackedWeights.of(layer.biases(), bytes);
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
