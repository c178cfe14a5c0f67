package dev.disentangle.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.List;

/** The machine's rate of 32-bit matrix products, which every training step is measured against. */
final class MatrixProduct {

  private static final int SIDE = 2048;

  private MatrixProduct() {}

  /** Median rate of products of 2048 x 2048 matrices, in GFLOP/s. */
  static double gflops(double seconds) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray left = manager.ones(new Shape(SIDE, SIDE));
      NDArray right = manager.ones(new Shape(SIDE, SIDE));
      List<Double> times = new ArrayList<>();
      long end = System.nanoTime() + (long) (seconds * 1e9);
      for (int i = 0; i < 3 || System.nanoTime() < end; i++) {
        long start = System.nanoTime();
        GradientMode.paused(() -> left.matMul(right)).close();
        times.add((System.nanoTime() - start) / 1e9);
      }
      return 2.0 * SIDE * SIDE * SIDE / Medians.of(times.subList(1, times.size())) / 1e9;
    }
  }
}
