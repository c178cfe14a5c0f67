package dev.disentangle.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Processor;
import dev.disentangle.tensor.TorchScript;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Dense layers that are quicker through oneDNN than through MKL, by which PyTorch computes them
 * otherwise: wide ones, on processors where MKL does not use all instructions. The input is copied
 * into oneDNN's layout and the output back, which is little beside the product. Their gradient
 * cannot itself be differentiated, so that only chains of nothing but dense layers have them, such
 * as discriminators of codes; critics with a gradient penalty judge images.
 */
final class WideDense {

  /** Inputs and outputs of a layer from which on it pays. */
  private static final int LEAST = 512;

  private static final String PROBE =
      """
      def probe(self, x: Tensor) -> Tensor:
        return torch.to_dense(torch.linear(torch.to_mkldnn(x), x, None))
      """;

  private WideDense() {}

  /** Asked once per process. */
  private static final class Holder {
    static final boolean USED = Processor.prefersOneDnn() && works();

    private static boolean works() {
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        TorchScript script = TorchScript.shared(PROBE);
        GradientMode.paused(() -> script.call("probe", manager.ones(new Shape(2, 2))));
        return true;
      } catch (EngineException | IllegalArgumentException withoutOneDnn) {
        return false;
      }
    }
  }

  /**
   * Finds the layers.
   *
   * @param layers a chain, first to last
   * @param precision number format of the products
   * @param input shape of one input, without the batch axis
   * @return their positions
   */
  static Set<Integer> positions(List<Layer> layers, Precision precision, long... input) {
    boolean dense =
        layers.stream()
            .allMatch(layer -> layer instanceof Layer.Dense || layer instanceof Layer.Rectifier);
    return dense && precision == Precision.FLOAT32 && Holder.USED ? wide(layers, input) : Set.of();
  }

  /** The wide ones, used or not. */
  static Set<Integer> wide(List<Layer> layers, long... input) {
    Set<Integer> positions = new HashSet<>();
    long[] shape = input;
    for (int i = 0; i < layers.size(); i++) {
      long[] next = layers.get(i).output(shape);
      long least = Math.min(LongStream.of(shape).max().orElse(0), next[0]);
      if (layers.get(i) instanceof Layer.Dense && least >= LEAST) {
        positions.add(i);
      }
      shape = next;
    }
    return positions;
  }

  /** Writes one of them as an expression of TorchScript. */
  static String script(String x, List<String> weights) {
    return "torch.to_dense(torch.linear(torch.to_mkldnn("
        + x
        + "), "
        + String.join(", ", weights)
        + "))";
  }
}
