package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Dense layers through the other library: the same numbers and gradients, and only where meant. */
class WideDenseTest {

  private static final List<Layer> LAYERS =
      List.of(
          new Layer.Dense(7),
          new Layer.Rectifier(0.2),
          new Layer.Dense(6),
          new Layer.Rectifier(0.2),
          new Layer.Dense(2));

  @Test
  void theSameNumbersAndGradients() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      TorchScript other =
          TorchScript.shared(LayeredScript.onProcessor(LAYERS, Precision.FLOAT32, Set.of(0, 2, 4)));
      List<float[]> plain = numbers(manager, TorchScript.shared(plain()));
      List<float[]> wide;
      try {
        wide = numbers(manager, other);
      } catch (ai.djl.engine.EngineException e) {
        assumeTrue(false, "this PyTorch was built without oneDNN");
        return;
      }
      assertEquals(8, plain.size());
      for (int i = 0; i < plain.size(); i++) {
        // Sums of at most 35 products of numbers below 1, three layers of them.
        assertArrayEquals(plain.get(i), wide.get(i), 2e-5f, "array " + i);
      }
    }
  }

  private static String plain() {
    return LayeredScript.of(LAYERS, Precision.FLOAT32);
  }

  /** The outputs, then the gradients of input and weights. */
  private static List<float[]> numbers(NDManager manager, TorchScript script) {
    List<NDArray> arrays = new ArrayList<>();
    long[][] shapes = {{5, 4}, {7, 4}, {7}, {6, 7}, {6}, {2, 6}, {2}};
    for (long[] shape : shapes) {
      SplittableRandom random = new SplittableRandom(arrays.size());
      float[] values = new float[(int) new Shape(shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      NDArray array = manager.create(values, new Shape(shape));
      array.setRequiresGradient(true);
      arrays.add(array);
    }
    TorchScript.Arguments arguments =
        new TorchScript.Arguments("forward")
            .tensors(arrays.get(0))
            .tensorList(arrays.subList(1, arrays.size()));
    List<float[]> numbers = new ArrayList<>();
    NDList gradients =
        GradientMode.recording(
            () -> {
              NDArray y = script.call(arguments).singletonOrThrow();
              numbers.add(y.toFloatArray());
              return Gradients.of(y.square().sum(), arrays);
            });
    gradients.forEach(gradient -> numbers.add(gradient.duplicate().toFloatArray()));
    return numbers;
  }

  @Test
  void onlyLayersWithManyInputsAndOutputs() {
    LayeredBlock discriminator = (LayeredBlock) Architectures.paper().discriminator(10, 2);
    assertEquals(Set.of(2, 4, 6, 8, 10), WideDense.wide(discriminator.layers(), 10));
    assertTrue(WideDense.positions(discriminator.layers(), Precision.BFLOAT16, 10).isEmpty());
    List<Layer> mixed =
        List.of(Layer.reshape(1, 32, 32), Layer.reshape(1024), new Layer.Dense(1024));
    assertEquals(Set.of(2), WideDense.wide(mixed, 1024));
    assertTrue(WideDense.positions(mixed, Precision.FLOAT32, 1024).isEmpty());
  }
}
