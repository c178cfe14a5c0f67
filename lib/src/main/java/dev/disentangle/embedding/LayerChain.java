package dev.disentangle.embedding;

import dev.disentangle.representation.DecoderLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of a decoder, one after the other, with the shape of what they give.
 *
 * @param layers the layers
 * @param shape channels, height and width where a view or a convolution says so, else empty
 * @param numbers how many numbers the last layer gives
 * @param squashed whether a hyperbolic tangent follows the last layer, which only the end of a
 *     decoder may have
 */
record LayerChain(List<DecoderLayer> layers, List<Integer> shape, int numbers, boolean squashed) {

  static LayerChain start(int latents) {
    return new LayerChain(List.of(), List.of(), latents, false);
  }

  LayerChain dense(float[] weights, float[] biases) {
    return plus(new DecoderLayer.Dense(weights, biases), List.of(), biases.length);
  }

  LayerChain rectifier(double slope) {
    return plus(new DecoderLayer.Rectifier((float) slope), shape, numbers);
  }

  LayerChain sigmoid() {
    return plus(new DecoderLayer.Sigmoid(), shape, numbers);
  }

  LayerChain tanh() {
    requireNotSquashed();
    return new LayerChain(layers, shape, numbers, true);
  }

  /** Without a view before it, the input is taken for square. */
  LayerChain transposed(
      int channels, int kernel, int stride, int padding, float[] weights, float[] biases) {
    int side = (int) Math.round(Math.sqrt((double) numbers / channels));
    int height = shape.size() == 3 ? shape.get(1) : side;
    int width = shape.size() == 3 ? shape.get(2) : side;
    if (channels * height * width != numbers) {
      throw new UnreadableScript(
          String.format(
              "gives %d numbers to a transposed convolution of %d channels, whose height and width"
                  + " cannot be told",
              numbers, channels));
    }
    var layer =
        new DecoderLayer.TransposedConvolution(
            channels, height, width, kernel, stride, padding, weights, biases);
    List<Integer> after = List.of(biases.length, layer.outputHeight(), layer.outputWidth());
    return plus(layer, after, biases.length * layer.outputHeight() * layer.outputWidth());
  }

  /** Another shape of the same numbers; only that of an image is kept. */
  LayerChain view(List<Integer> sizes) {
    List<Integer> image = sizes.size() == 4 ? sizes.subList(1, 4) : List.of();
    boolean known = !image.isEmpty() && image.stream().reduce(1, (a, b) -> a * b) == numbers;
    return new LayerChain(layers, known ? List.copyOf(image) : List.of(), numbers, squashed);
  }

  /** The layers up to {@code (1 + tanh) / 2}, which is a sigmoid of the doubled input. */
  List<DecoderLayer> halfTanh() {
    List<DecoderLayer> all = new ArrayList<>(layers);
    int last = all.size() - 1;
    DecoderLayer layer = all.isEmpty() ? new DecoderLayer.Sigmoid() : all.get(last);
    if (layer instanceof DecoderLayer.Dense dense) {
      all.set(last, new DecoderLayer.Dense(doubled(dense.weights()), doubled(dense.biases())));
    } else if (layer instanceof DecoderLayer.TransposedConvolution t) {
      all.set(
          last,
          new DecoderLayer.TransposedConvolution(
              t.channels(),
              t.height(),
              t.width(),
              t.kernel(),
              t.stride(),
              t.padding(),
              doubled(t.weights()),
              doubled(t.biases())));
    } else {
      throw new UnreadableScript("has a hyperbolic tangent behind no layer with weights");
    }
    all.add(new DecoderLayer.Sigmoid());
    return all;
  }

  private static float[] doubled(float[] values) {
    float[] twice = values.clone();
    for (int i = 0; i < twice.length; i++) {
      twice[i] *= 2;
    }
    return twice;
  }

  private LayerChain plus(DecoderLayer layer, List<Integer> after, int gives) {
    requireNotSquashed();
    List<DecoderLayer> more = new ArrayList<>(layers);
    more.add(layer);
    return new LayerChain(List.copyOf(more), after, gives, false);
  }

  private void requireNotSquashed() {
    if (squashed) {
      throw new UnreadableScript("has a hyperbolic tangent between its layers");
    }
  }
}
