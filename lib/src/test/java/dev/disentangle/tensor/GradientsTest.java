package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientsTest {

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray leaf(double... values) {
    NDArray leaf = manager.create(values);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Test
  void onlyWhatIsAskedForIsComputedAndNothingAccumulates() {
    NDArray x = leaf(1, 2, 3);
    NDArray w = leaf(2, 2, 2);
    NDArray unused = leaf(7);
    NDList gradients =
        GradientMode.recording(() -> Gradients.of(x.mul(w).sum(), List.of(x, unused)));
    assertArrayEquals(new double[] {2, 2, 2}, gradients.get(0).toDoubleArray());
    assertArrayEquals(new double[] {0}, gradients.get(1).toDoubleArray());
    NDList again = GradientMode.recording(() -> Gradients.of(x.mul(w).sum(), List.of(x)));
    assertArrayEquals(new double[] {2, 2, 2}, again.get(0).toDoubleArray());
  }

  @Test
  void gradientsOfGradientsAreExact() {
    NDArray x = leaf(1, 2, 3);
    double[] second =
        GradientMode.recording(
            () -> {
              NDArray y = x.mul(x).mul(x).sum();
              NDArray first =
                  Gradients.of(y, List.of(x), Gradients.Graph.DIFFERENTIATE).singletonOrThrow();
              return Gradients.of(first.mul(first).sum(), List.of(x))
                  .singletonOrThrow()
                  .toDoubleArray();
            });
    // d/dx (3 x^2)^2 = 36 x^3
    assertArrayEquals(new double[] {36, 288, 972}, second, 1e-9);
  }

  @Test
  void aVectorJacobianProductCombinesOutputs() {
    NDArray x = leaf(1, 2);
    NDArray scale = manager.create(new double[] {10, 100});
    NDArray one = manager.create(1.0);
    double[] gradient =
        GradientMode.recording(
            () ->
                Gradients.of(
                        List.of(x.sum(), x.mul(x)),
                        List.of(one, scale),
                        List.of(x),
                        Gradients.Graph.FREE)
                    .singletonOrThrow()
                    .toDoubleArray());
    assertArrayEquals(new double[] {1 + 20, 1 + 400}, gradient, 1e-9);
  }

  @Test
  void onlyScalarsHaveAGradient() {
    NDArray x = leaf(1, 2);
    assertThrows(IllegalArgumentException.class, () -> Gradients.of(x.mul(2), List.of(x)));
  }

  @Test
  void everyOperationsGradientAgreesWithFiniteDifferences() {
    NDArray kernel = random(2, 3, 3, 3);
    NDArray bias = random(3);
    check(x -> Operations.transposedConvolution(x, kernel, bias, 2, 1).square().sum(), 1, 2, 3, 3);
    NDArray targets = manager.ones(new Shape(2, 4), kernel.getDataType()).mul(0.3);
    check(x -> Operations.bernoulliNegativeLogLikelihood(x, targets), 2, 4);
    NDArray noise = random(3, 2);
    check(x -> Operations.gaussianSample(x, Operations.scale(x, 0.5), noise).square().sum(), 3, 2);
    check(x -> Operations.atMost(x, 0.3).square().sum(), 5, 2);
    check(x -> Operations.gaussianKl(Operations.scale(x, 2), x).sum(), 3, 2);
    check(x -> Operations.logDensityRatio(x).square().sum(), 4, 2);
    check(x -> Operations.softplus(Operations.scale(x, 3)).sum(), 5, 1);
    NDArray index = manager.create(new long[] {1, 0, 0, 1}, new Shape(2, 2));
    check(x -> Operations.permuteDimensions(x, index).mul(noise.get("0:2")).sum(), 2, 2);
  }

  private NDArray random(long... shape) {
    Shape wanted = new Shape(shape);
    SplittableRandom random = new SplittableRandom(wanted.hashCode());
    double[] values = random.doubles(wanted.size(), -1, 1).toArray();
    return manager.create(values, wanted);
  }

  /** Central differences in float64 have an error of about h^2 = 1e-10 and rounding of 1e-11. */
  private void check(UnaryOperator<NDArray> function, long... shape) {
    NDArray x = random(shape);
    x.setRequiresGradient(true);
    double[] exact =
        GradientMode.recording(
            () -> Gradients.of(function.apply(x), List.of(x)).singletonOrThrow().toDoubleArray());
    double[] values = x.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double h = 1e-5;
      double difference =
          (at(function, values, i, h, shape) - at(function, values, i, -h, shape)) / (2 * h);
      assertEquals(difference, exact[i], 1e-7 * Math.max(1, Math.abs(difference)), "element " + i);
    }
  }

  private double at(
      UnaryOperator<NDArray> function, double[] values, int i, double h, long... shape) {
    double[] moved = values.clone();
    moved[i] += h;
    return GradientMode.paused(
        () -> function.apply(manager.create(moved, new Shape(shape))).getDouble());
  }
}
