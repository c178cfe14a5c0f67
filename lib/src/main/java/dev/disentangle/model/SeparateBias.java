package dev.disentangle.model;

import java.util.List;

/**
 * Transposed convolutions whose bias is added behind them. oneDNN adds up a bias's gradient within
 * the backward pass of a transposed convolution, and takes for that as long as for a quarter of its
 * products; PyTorch's own sum takes a tenth of it, and adding the bias in place costs as little.
 */
final class SeparateBias {

  private SeparateBias() {}

  /** Writes a layer as an expression of TorchScript; other layers as they write themselves. */
  static String script(Layer layer, String x, List<String> weights) {
    if (!(layer instanceof Layer.TransposedConvolution transposed) || transposed.filters() == 1) {
      return layer.script(x, weights);
    }
    String products = layer.script(x, List.of(weights.get(0), "None"));
    return "torch.add_(" + products + ", torch.reshape(" + weights.get(1) + ", [1, -1, 1, 1]))";
  }
}
