package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients as values.
 *
 * <p>A gradient is computed for just the arrays that are asked for, and returned instead of being
 * accumulated inside them. So one player of an adversarial pair is never differentiated in the
 * other's pass, nothing has to be zeroed, and several gradients of one graph can stand side by
 * side.
 */
public final class Gradients {

  private Gradients() {}

  /** What happens to the recorded graph when it has been differentiated. */
  public enum Graph {
    /** The graph is freed; a second differentiation through it fails. */
    FREE,
    /** The graph stays for another differentiation. */
    RETAIN,
    /** The graph stays, and the gradient itself can be differentiated (double backward). */
    DIFFERENTIATE
  }

  /**
   * Computes {@code d scalar / d inputs} and frees the graph.
   *
   * @param scalar an array with one element, computed from {@code inputs} with {@link
   *     GradientMode#recording}
   * @param inputs arrays that require a gradient
   * @return one gradient per input, of the input's shape; zeros where {@code scalar} does not
   *     depend on it
   */
  public static NDList of(NDArray scalar, Iterable<NDArray> inputs) {
    return of(scalar, inputs, Graph.FREE);
  }

  /**
   * Computes {@code d scalar / d inputs}.
   *
   * @param scalar an array with one element
   * @param inputs arrays that require a gradient
   * @param graph what happens to the recorded graph
   * @return one gradient per input
   * @throws IllegalArgumentException if {@code scalar} has more than one element
   */
  public static NDList of(NDArray scalar, Iterable<NDArray> inputs, Graph graph) {
    if (scalar.size() != 1) {
      throw new IllegalArgumentException(
          "only a scalar has a gradient; the array's shape was " + scalar.getShape());
    }
    return of(List.of(scalar), List.of(scalar.onesLike()), inputs, graph);
  }

  /**
   * Computes {@code sum_k (d outputs_k / d inputs)^T outputGradients_k}, a vector-Jacobian product.
   *
   * @param outputs arrays computed from {@code inputs}
   * @param outputGradients one array per output, of its shape
   * @param inputs arrays that require a gradient
   * @param graph what happens to the recorded graph
   * @return one gradient per input, belonging to the first output's manager
   */
  public static NDList of(
      List<NDArray> outputs, List<NDArray> outputGradients, Iterable<NDArray> inputs, Graph graph) {
    NDArray first = outputs.get(0);
    List<NDArray> seeds = new ArrayList<>(outputGradients);
    try (NDArray retain = first.getManager().create(graph == Graph.FREE ? 0f : 1f);
        NDArray differentiate = first.getManager().create(graph == Graph.DIFFERENTIATE ? 1f : 0f)) {
      return Operations.call(
          new TorchScript.Arguments("gradients")
              .tensorList(outputs)
              .tensorList(seeds)
              .tensorList(inputs)
              .tensors(retain, differentiate));
    }
  }
}
