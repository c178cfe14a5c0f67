package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import java.util.List;
import java.util.function.UnaryOperator;

/** Compares gradients with central differences, in float64. */
public final class DoubleGradients {

  private static final double H = 1e-5;

  private DoubleGradients() {}

  /**
   * With h = 1e-5 the differences' error is about h^2 = 1e-10 times the third derivative, plus
   * rounding of 1e-16 / h = 1e-11: the tolerance of 1e-6 leaves room for large derivatives.
   */
  public static void check(
      NDManager manager, UnaryOperator<NDArray> function, double[] values, long... shape) {
    NDArray x = manager.create(values, new Shape(shape));
    x.setRequiresGradient(true);
    double[] exact =
        GradientMode.recording(
            () -> Gradients.of(function.apply(x), List.of(x)).singletonOrThrow().toDoubleArray());
    int stride = Math.max(1, values.length / 8);
    for (int i = 0; i < values.length; i += stride) {
      double difference =
          (at(manager, function, values, i, H, shape) - at(manager, function, values, i, -H, shape))
              / (2 * H);
      assertTrue(
          Math.abs(difference - exact[i]) < 1e-6 * Math.max(1, Math.abs(difference)),
          "element " + i + ": difference " + difference + ", gradient " + exact[i]);
    }
  }

  private static double at(
      NDManager manager,
      UnaryOperator<NDArray> function,
      double[] values,
      int i,
      double h,
      long... shape) {
    double[] moved = values.clone();
    moved[i] += h;
    // Recording, because a gradient penalty differentiates on the way.
    return GradientMode.recording(
        () -> function.apply(manager.create(moved, new Shape(shape))).getDouble());
  }
}
