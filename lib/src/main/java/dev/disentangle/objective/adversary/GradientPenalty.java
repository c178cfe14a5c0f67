package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The gradient penalty of Gulrajani et al. 2017, equation 3: {@code E[(|d C(x) / d x| - 1)^2]} at
 * points {@code x} on the lines between real and generated images. It is itself differentiable.
 */
public final class GradientPenalty {

  private GradientPenalty() {}

  /**
   * Computes the penalty.
   *
   * @param critic gives one number per image
   * @param real real images, {@code [batch, ...]}
   * @param generated generated images, of the same shape
   * @param mix where on the lines, in {@code [0, 1]}, one number per image that broadcasts
   * @return a scalar whose gradient towards the critic's weights is exact
   */
  public static NDArray of(
      UnaryOperator<NDArray> critic, NDArray real, NDArray generated, NDArray mix) {
    NDArray points = Operations.leaf(real.mul(mix).add(generated.mul(mix.sub(1f).neg())));
    NDArray slopes =
        Gradients.of(critic.apply(points).sum(), List.of(points), Gradients.Graph.DIFFERENTIATE)
            .singletonOrThrow();
    NDArray squares = slopes.reshape(new Shape(real.getShape().get(0), -1)).square();
    // The small number keeps the root's derivative finite where the critic is flat.
    NDArray norms = squares.sum(new int[] {1}).add(1e-12f).sqrt();
    return norms.sub(1f).square().mean();
  }
}
