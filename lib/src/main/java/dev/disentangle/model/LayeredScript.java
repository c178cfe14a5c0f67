package dev.disentangle.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Writes a chain of layers as the text of one TorchScript function. */
final class LayeredScript {

  private LayeredScript() {}

  /** Writes the layer at a position as one expression. */
  @FunctionalInterface
  private interface Expressions {
    String of(int position, String x, List<String> weights);
  }

  /**
   * Writes {@code forward(x, w)}, in which {@code w} holds all weights in order.
   *
   * @param layers the layers, first to last
   * @param precision number format of the products
   * @return the function's text
   */
  static String of(List<Layer> layers, Precision precision) {
    return of(layers, precision, (position, x, weights) -> layers.get(position).script(x, weights));
  }

  /**
   * Writes {@code forward(x, w)} for the processor that it runs on, quickest ahead and back.
   *
   * @param layers the layers, first to last
   * @param precision number format of the products
   * @param wide positions of dense layers that are written as {@link WideDense}
   * @return the function's text
   */
  static String onProcessor(List<Layer> layers, Precision precision, Set<Integer> wide) {
    return of(
        layers,
        precision,
        (position, x, weights) ->
            wide.contains(position)
                ? WideDense.script(x, weights)
                : SeparateBias.script(layers.get(position), x, weights));
  }

  private static String of(List<Layer> layers, Precision precision, Expressions expressions) {
    String head = "def forward(self, x: Tensor, w: List[Tensor]) -> Tensor:";
    String forward = function(head, layers, precision, expressions, i -> "w[" + i + "]");
    return needsSingleChannel(forward) ? SingleChannel.SCRIPT + forward : forward;
  }

  /**
   * Writes the chain as a method whose weights have names.
   *
   * @param method the method's name
   * @param layers the layers, first to last
   * @param precision number format of the products
   * @param weights expressions of all weights in order
   * @return the method's text, after that of a helper that it calls, if any
   */
  static List<String> method(
      String method, List<Layer> layers, Precision precision, List<String> weights) {
    String head = "def " + method + "(self, x: Tensor) -> Tensor:";
    Expressions plain = (position, x, own) -> layers.get(position).script(x, own);
    String text = function(head, layers, precision, plain, weights::get);
    return needsSingleChannel(text) ? List.of(SingleChannel.SCRIPT, text) : List.of(text);
  }

  private static boolean needsSingleChannel(String function) {
    return function.contains(SingleChannel.NAME);
  }

  private static String function(
      String head,
      List<Layer> layers,
      Precision precision,
      Expressions expressions,
      IntFunction<String> weight) {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    int used = 0;
    for (int position = 0; position < layers.size(); position++) {
      Layer layer = layers.get(position);
      int first = used;
      int count = hasWeights(layer) ? 2 : 0;
      used += count;
      List<String> weights =
          IntStream.range(first, used).mapToObj(i -> cast(weight.apply(i), precision)).toList();
      String x = count > 0 ? cast("x", precision) : "x";
      lines.add("  x = " + expressions.of(position, x, weights));
    }
    lines.add("  return " + (precision == Precision.BFLOAT16 ? "torch.to(x, 6)" : "x"));
    return String.join("\n", lines) + "\n";
  }

  private static boolean hasWeights(Layer layer) {
    return !(layer instanceof Layer.Rectifier
        || layer instanceof Layer.Reshape
        || layer instanceof Layer.Normalisation);
  }

  /** 15 is PyTorch's number for bfloat16, 6 that for 32-bit floats. */
  private static String cast(String expression, Precision precision) {
    return precision == Precision.BFLOAT16 ? "torch.to(" + expression + ", 15)" : expression;
  }
}
