package dev.disentangle.embedding;

import dev.disentangle.embedding.ScriptValue.Constant;
import dev.disentangle.embedding.ScriptValue.Members;
import dev.disentangle.embedding.ScriptValue.Signal;
import dev.disentangle.embedding.ScriptValue.Unknown;
import dev.disentangle.embedding.ScriptValue.Weight;
import dev.disentangle.tensor.TorchScriptModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PyTorch's operations that are layers of {@link LayerChain}. */
final class ScriptOperations {

  private final Map<String, TorchScriptModule.Weight> weights;

  ScriptOperations(Map<String, TorchScriptModule.Weight> weights) {
    this.weights = weights;
  }

  boolean isWeight(String name) {
    return weights.containsKey(name);
  }

  /** Applies {@code torch.NAME}; what gives no picture is unknown. */
  ScriptValue apply(String name, List<ScriptValue> given) {
    if (name.equals("__is__") || name.equals("__isnot__")) {
      return same(name, given);
    }
    if (given.isEmpty() || !(given.get(0) instanceof Signal signal)) {
      boolean later = given.stream().anyMatch(Signal.class::isInstance);
      return new Unknown(later ? "torch." + name : "the result of torch." + name);
    }
    LayerChain chain = signal.chain();
    return switch (name) {
      case "relu", "relu_" -> new Signal(chain.rectifier(0));
      case "leaky_relu", "leaky_relu_" -> new Signal(chain.rectifier(slope(given)));
      case "sigmoid", "sigmoid_" -> new Signal(chain.sigmoid());
      case "tanh", "tanh_" -> new Signal(chain.tanh());
      case "linear" -> new Signal(linear(chain, given));
      case "conv_transpose2d", "_convolution" -> new Signal(convolution(name, chain, given));
      case "view", "reshape" -> new Signal(chain.view(sizes(given.get(1))));
      case "unflatten" -> new Signal(chain.view(unflattened(given.get(2))));
      case "flatten", "squeeze", "unsqueeze" -> new Signal(chain.view(List.of()));
      case "contiguous", "clone", "dropout", "detach" -> signal;
      default -> new Unknown("torch." + name);
    };
  }

  /** Tells whether something is None; a picture is not. */
  private static ScriptValue same(String name, List<ScriptValue> given) {
    ScriptValue first = given.get(0);
    boolean none = first instanceof Constant constant && constant.value() == null;
    return first instanceof Unknown
        ? new Unknown("torch." + name)
        : new Constant(none == name.equals("__is__"));
  }

  private static double slope(List<ScriptValue> given) {
    return given.size() > 1 ? number(given.get(1), "the slope of a rectifier") : 0.01;
  }

  private LayerChain linear(LayerChain chain, List<ScriptValue> given) {
    TorchScriptModule.Weight matrix = weight(given.get(1));
    int outputs = (int) matrix.shape()[0];
    return chain.dense(matrix.values(), biases(given.get(2), outputs));
  }

  /** Strides, paddings, dilations, extra padding and groups come in another order by name. */
  private LayerChain convolution(String name, LayerChain chain, List<ScriptValue> given) {
    boolean general = name.equals("_convolution");
    if (general && !truth(given.get(6))) {
      throw new UnreadableScript("has a convolution that is not transposed");
    }
    int stride = square(given, 3, 1, "stride");
    int padding = square(given, 4, 0, "padding");
    int extra = square(given, general ? 7 : 5, 0, "output padding");
    int groups = given.size() > (general ? 8 : 6) ? whole(given.get(general ? 8 : 6)) : 1;
    int dilation = square(given, general ? 5 : 7, 1, "dilation");
    TorchScriptModule.Weight kernels = weight(given.get(1));
    long[] shape = kernels.shape();
    if (extra != 0 || groups != 1 || dilation != 1 || shape.length != 4 || shape[2] != shape[3]) {
      throw new UnreadableScript(
          "has a transposed convolution with output padding, groups, dilation or kernels that are"
              + " not square");
    }
    return chain.transposed(
        (int) shape[0],
        (int) shape[2],
        stride,
        padding,
        kernels.values(),
        biases(given.get(2), (int) shape[1]));
  }

  /** A transposed convolution given as code, weights, biases, kernel, stride and padding. */
  ScriptValue singleChannel(List<ScriptValue> given) {
    if (!(given.get(0) instanceof Signal signal)) {
      return new Unknown("a transposed convolution of other than the code");
    }
    TorchScriptModule.Weight kernels = weight(given.get(1));
    return new Signal(
        signal
            .chain()
            .transposed(
                (int) kernels.shape()[0],
                (int) number(given.get(3), "the size of a kernel"),
                (int) number(given.get(4), "a stride"),
                (int) number(given.get(5), "a padding"),
                kernels.values(),
                biases(given.get(2), 1)));
  }

  private TorchScriptModule.Weight weight(ScriptValue value) {
    if (value instanceof Weight weight) {
      return weights.get(weight.name());
    }
    throw new UnreadableScript("has weights that are no parameters, as after torch.jit.freeze");
  }

  private float[] biases(ScriptValue value, int count) {
    boolean none = value instanceof Constant constant && constant.value() == null;
    return none ? new float[count] : weight(value).values();
  }

  private static int square(List<ScriptValue> given, int place, int usual, String what) {
    if (place >= given.size()) {
      return usual;
    }
    List<Integer> sizes = sizes(given.get(place));
    if (sizes.isEmpty() || !sizes.get(0).equals(sizes.get(sizes.size() - 1))) {
      throw new UnreadableScript("has a " + what + " that differs by direction or is not known");
    }
    return sizes.get(0);
  }

  private static List<Integer> unflattened(ScriptValue sizes) {
    List<Integer> image = new ArrayList<>(List.of(-1));
    image.addAll(sizes(sizes));
    return image;
  }

  /** The sizes in a list; -1 for one that is not known. */
  private static List<Integer> sizes(ScriptValue value) {
    return value instanceof Members list
        ? list.members().stream()
            .map(
                size ->
                    size instanceof Constant c && c.value() instanceof Double d ? d.intValue() : -1)
            .toList()
        : List.of();
  }

  private static int whole(ScriptValue value) {
    return (int) number(value, "the number of groups");
  }

  private static boolean truth(ScriptValue value) {
    return value instanceof Constant constant && Boolean.TRUE.equals(constant.value());
  }

  private static double number(ScriptValue value, String what) {
    if (value instanceof Constant constant && constant.value() instanceof Double number) {
      return number;
    }
    throw new UnreadableScript("does not say " + what);
  }
}
