package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Layer;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.model.Likelihood;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Copies a decoder's layers and weights into plain arrays. */
final class PlainDecoder {

  private PlainDecoder() {}

  /** The layers from a code to the likelihood's mean; empty if one has no plain form. */
  static Optional<List<DecoderLayer>> layers(Autoencoder autoencoder) {
    if (!(autoencoder.decoder().block() instanceof LayeredBlock block)
        || !block.layers().stream().allMatch(PlainDecoder::isKnown)) {
      return Optional.empty();
    }
    List<DecoderLayer> plain = new ArrayList<>();
    Iterator<NDArray> weights = autoencoder.decoder().parameters().iterator();
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
    return mean(autoencoder.likelihood(), plain);
  }

  private static boolean isKnown(Layer layer) {
    return layer instanceof Layer.Dense
        || layer instanceof Layer.TransposedConvolution
        || layer instanceof Layer.Rectifier
        || layer instanceof Layer.Reshape;
  }

  private static DecoderLayer plain(
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

  private static Optional<List<DecoderLayer>> mean(
      Likelihood likelihood, List<DecoderLayer> layers) {
    if (likelihood instanceof Likelihood.Bernoulli) {
      layers.add(new DecoderLayer.Sigmoid());
      return Optional.of(layers);
    }
    return likelihood instanceof Likelihood.Gaussian ? Optional.of(layers) : Optional.empty();
  }

  private static float[] copy(NDArray weights) {
    // Kernels are laid out channels last and must be put in rows before they are read.
    try (NDArray rows = GradientMode.paused(() -> Operations.contiguous(weights))) {
      return rows.toFloatArray();
    }
  }
}
