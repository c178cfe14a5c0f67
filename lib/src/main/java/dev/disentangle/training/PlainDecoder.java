package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.Layer;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.model.LearnedPlane;
import dev.disentangle.model.Likelihood;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Copies a decoder's layers and weights into plain arrays: of every decoder that is a {@link
 * LayeredBlock} of dense layers, transposed convolutions and rectifiers, as all of {@link
 * dev.disentangle.model.Architectures} are, whatever its likelihood.
 */
final class PlainDecoder {

  private PlainDecoder() {}

  /** The layers from a code to the likelihood's mean; empty if one has no plain form. */
  static Optional<List<DecoderLayer>> layers(Decoding decoding, int latents) {
    if (!(bare(decoding.network().block()) instanceof LayeredBlock block)
        || !block.layers().stream().allMatch(PlainDecoder::isKnown)) {
      return Optional.empty();
    }
    List<DecoderLayer> plain = new ArrayList<>();
    Iterator<NDArray> weights =
        block.getParameters().values().stream().map(Parameter::getArray).iterator();
    long[] shape = {};
    for (Layer layer : block.layers()) {
      if (layer instanceof Layer.Dense dense) {
        plain.add(new DecoderLayer.Dense(copy(weights.next()), copy(weights.next())));
        shape = new long[] {dense.units()};
      } else if (layer instanceof Layer.TransposedConvolution transposed) {
        plain.add(plain(transposed, shape, weights));
        shape = layer.output(shape);
      } else if (layer instanceof Layer.Rectifier rectifier) {
        plain.add(new DecoderLayer.Rectifier((float) rectifier.slope()));
      } else {
        shape = layer.output(shape);
      }
    }
    if (plain.get(0) instanceof DecoderLayer.Dense first) {
      plain.set(0, ofLatents(first, latents));
    }
    return mean(decoding.likelihood(), plain);
  }

  /** The first layer without the inputs beyond the latents, which are zeros. */
  private static DecoderLayer ofLatents(DecoderLayer.Dense layer, int latents) {
    int units = layer.biases().length;
    int inputs = layer.weights().length / units;
    float[] kept = new float[units * latents];
    for (int unit = 0; unit < units; unit++) {
      System.arraycopy(layer.weights(), unit * inputs, kept, unit * latents, latents);
    }
    return new DecoderLayer.Dense(kept, layer.biases());
  }

  /** The block without the plane of one learned constant, which the mean does not need. */
  private static Block bare(Block block) {
    return block instanceof LearnedPlane ? block.getChildren().values().iterator().next() : block;
  }

  private static boolean isKnown(Layer layer) {
    return layer instanceof Layer.Dense
        || layer instanceof Layer.TransposedConvolution
        || layer instanceof Layer.Rectifier
        || layer instanceof Layer.Reshape;
  }

  private static DecoderLayer.TransposedConvolution plain(
      Layer.TransposedConvolution layer, long[] input, Iterator<NDArray> weights) {
    return new DecoderLayer.TransposedConvolution(
        Math.toIntExact(input[0]),
        Math.toIntExact(input[1]),
        Math.toIntExact(input[2]),
        layer.kernel(),
        layer.stride(),
        layer.padding(),
        copy(weights.next()),
        copy(weights.next()));
  }

  /** Adds what turns the decoder's outputs into the likelihood's mean. */
  private static Optional<List<DecoderLayer>> mean(
      Likelihood likelihood, List<DecoderLayer> layers) {
    if (likelihood instanceof Likelihood.Bernoulli) {
      layers.add(new DecoderLayer.Sigmoid());
      return Optional.of(layers);
    }
    int outputs = likelihood.outputsPerPixel();
    if (outputs == 1) {
      return Optional.of(layers);
    }
    int last = layers.size() - 1;
    if (layers.get(last) instanceof DecoderLayer.TransposedConvolution all) {
      layers.set(last, firstFilters(all, all.biases().length / outputs));
      return Optional.of(layers);
    }
    return Optional.empty();
  }

  /** The first filters, which are the means; the others are deviations and correlations. */
  private static DecoderLayer firstFilters(DecoderLayer.TransposedConvolution layer, int count) {
    int filters = layer.biases().length;
    int area = layer.kernel() * layer.kernel();
    float[] kept = new float[layer.channels() * count * area];
    for (int channel = 0; channel < layer.channels(); channel++) {
      System.arraycopy(
          layer.weights(), channel * filters * area, kept, channel * count * area, count * area);
    }
    return new DecoderLayer.TransposedConvolution(
        layer.channels(),
        layer.height(),
        layer.width(),
        layer.kernel(),
        layer.stride(),
        layer.padding(),
        kept,
        Arrays.copyOf(layer.biases(), count));
  }

  private static float[] copy(NDArray weights) {
    // Kernels are laid out channels last and must be put in rows before they are read.
    try (NDArray rows = GradientMode.paused(() -> Operations.contiguous(weights))) {
      return rows.toFloatArray();
    }
  }
}
