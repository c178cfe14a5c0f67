package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamOptimizerTest {

  @Test
  void followsAlgorithm1OverManySteps() {
    Adam settings = Adam.of(0.01, 0.5, 0.9);
    SplittableRandom random = new SplittableRandom(3);
    double p = 0.7;
    double m = 0;
    double v = 0;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray parameter = manager.create(new float[] {0.7f});
      NDArray kernel = Operations.channelsLast(manager.ones(new Shape(2, 3, 4, 4)));
      try (AdamOptimizer adam = new AdamOptimizer(settings, List.of(parameter, kernel))) {
        for (int t = 1; t <= 50; t++) {
          double g = random.nextDouble() - 0.3;
          m = 0.5 * m + 0.5 * g;
          v = 0.9 * v + 0.1 * g * g;
          p -= 0.01 * m / (1 - Math.pow(0.5, t)) / (Math.sqrt(v / (1 - Math.pow(0.9, t))) + 1e-8);
          adam.update(
              List.of(
                  manager.create(new float[] {(float) g}),
                  Operations.channelsLast(manager.ones(new Shape(2, 3, 4, 4)).mul(g))));
        }
        // 50 updates of 0.01 in single precision round by about 50 x 6e-8.
        assertEquals(p, parameter.getFloat(0), 1e-5);
        float[] moved = Operations.contiguous(kernel).toFloatArray();
        for (float value : moved) {
          assertEquals(p - 0.7 + 1, value, 1e-5);
        }
        assertEquals(50, adam.step());
        assertThrows(IllegalArgumentException.class, () -> adam.update(List.of(parameter)));
      }
    }
  }

  /**
   * PyTorch's fused kernel runs along the memory of both, and beyond the end of a single number.
   */
  @Test
  void gradientsMayLieInAnotherOrderThanTheirParameters() {
    float[] gradient = {1, 0, -1, 1, 1, -1};
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray transposed = manager.create(gradient, new Shape(2, 3)).transpose();
      NDArray repeated = manager.ones(new Shape(1, 1)).broadcast(new Shape(3, 2));
      NDArray first = manager.zeros(new Shape(3, 2));
      NDArray second = manager.zeros(new Shape(3, 2));
      try (AdamOptimizer adam = new AdamOptimizer(Adam.of(0.5), List.of(first, second))) {
        adam.update(List.of(transposed, repeated));
      }
      // The first update moves by the rate, against the gradient's sign.
      assertArrayEquals(
          new float[] {-0.5f, -0.5f, 0, -0.5f, 0.5f, 0.5f}, first.toFloatArray(), 1e-6f);
      assertArrayEquals(
          new float[] {-0.5f, -0.5f, -0.5f, -0.5f, -0.5f, -0.5f}, second.toFloatArray(), 1e-6f);
    }
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> Adam.of(-1));
    assertThrows(IllegalArgumentException.class, () -> Adam.of(1e-3, 1, 0.9));
    assertThrows(IllegalArgumentException.class, () -> Adam.of(1e-3, 0.9, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Adam(1e-3, 0.9, 0.999, 0));
  }
}
