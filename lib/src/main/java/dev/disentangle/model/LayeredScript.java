package dev.disentangle.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a chain of layers as the text of one TorchScript function. */
final class LayeredScript {

  private LayeredScript() {}

  /**
   * Writes {@code forward(x, w)}, in which {@code w} holds all weights in order.
   *
   * @param layers the layers, first to last
   * @param precision number format of the products
   * @return the function's text
   */
  static String of(List<Layer> layers, Precision precision) {
    List<String> lines = new ArrayList<>();
    lines.add("def forward(self, x: Tensor, w: List[Tensor]) -> Tensor:");
    int used = 0;
    for (Layer layer : layers) {
      int first = used;
      int count = hasWeights(layer) ? 2 : 0;
      used += count;
      List<String> weights =
          IntStream.range(first, used).mapToObj(i -> cast("w[" + i + "]", precision)).toList();
      String x = count > 0 ? cast("x", precision) : "x";
      lines.add("  x = " + layer.script(x, weights));
    }
    lines.add("  return " + (precision == Precision.BFLOAT16 ? "torch.to(x, 6)" : "x"));
    String forward = String.join("\n", lines) + "\n";
    return forward.contains(SingleChannel.NAME) ? SingleChannel.SCRIPT + forward : forward;
  }

  private static boolean hasWeights(Layer layer) {
    return !(layer instanceof Layer.Rectifier || layer instanceof Layer.Reshape);
  }

  /** 15 is PyTorch's number for bfloat16, 6 that for 32-bit floats. */
  private static String cast(String expression, Precision precision) {
    return precision == Precision.BFLOAT16 ? "torch.to(" + expression + ", 15)" : expression;
  }
}
