package dev.disentangle.embedding;

import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.TorchScriptModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plain layers of a decoder in a TorchScript file, read from its text and its weights.
 *
 * @param layers the layers from a code to pixels in {@code [0, 1]}; empty if it has others
 * @param reason what has no plain layers, behind "the decoder of x"
 */
record ReadDecoder(Optional<List<DecoderLayer>> layers, String reason) {

  static ReadDecoder of(TorchScriptModule network, String method, ModelFormat format, int latents) {
    try {
      ScriptCode code = ScriptCode.read(network.file());
      ScriptReader reader = new ScriptReader(code, new ScriptOperations(network.weights()));
      List<DecoderLayer> layers = pixels(reader.read(method, latents), format);
      return new ReadDecoder(Optional.of(layers), "");
    } catch (IOException e) {
      return new ReadDecoder(Optional.empty(), "cannot be read again: " + e.getMessage());
    } catch (UnreadableScript e) {
      return new ReadDecoder(Optional.empty(), e.getMessage());
    }
  }

  private static List<DecoderLayer> pixels(LayerChain chain, ModelFormat format) {
    if (chain.numbers() != format.images().pixels()) {
      throw new UnreadableScript("gives " + chain.numbers() + " numbers, no " + format.images());
    }
    if (format.channelsLast() && format.images().channels() > 1) {
      throw new UnreadableScript("gives channels last");
    }
    boolean signed = format.low() == -1 && format.high() == 1 && !format.logits();
    if (chain.squashed()) {
      if (!signed) {
        throw new UnreadableScript("ends in a hyperbolic tangent but not in the range -1 to 1");
      }
      return chain.halfTanh();
    }
    if (!format.logits() && (format.low() != 0 || format.high() != 1)) {
      throw new UnreadableScript(
          "gives values from " + format.low() + " to " + format.high() + " by other than a tanh");
    }
    List<DecoderLayer> layers = new ArrayList<>(chain.layers());
    if (format.logits()) {
      layers.add(new DecoderLayer.Sigmoid());
    }
    return layers;
  }
}
