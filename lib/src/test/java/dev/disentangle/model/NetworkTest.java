package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network takes, refuses and is called. */
class NetworkTest {

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private Network network(long... output) {
    List<Layer> layers = List.of(new Layer.Dense(6), Layer.reshape(2, 3));
    LayeredBlock block = new LayeredBlock(Precision.FLOAT32, new long[] {4}, layers);
    return Network.of("judge", block, new long[] {4}, output, manager, new SplittableRandom(1));
  }

  @Test
  void weightsAreNamedAndLearned() {
    Network network = network(2, 3);
    assertEquals("judge", network.name());
    Set<String> names = network.weights().keySet();
    assertEquals(2, names.size());
    assertTrue(names.stream().allMatch(name -> name.startsWith("judge/")), names.toString());
    assertTrue(network.parameters().stream().allMatch(NDArray::hasGradient));
    assertEquals(new Shape(1, 2, 3), network.forward(manager.ones(new Shape(1, 4))).getShape());
    assertEquals(new Shape(3, 2, 3), network.forward(manager.ones(new Shape(3, 4))).getShape());
  }

  @Test
  void anotherShapeThanPromisedIsRefused() {
    String message = assertThrows(IllegalArgumentException.class, () -> network(3, 2)).getMessage();
    assertEquals(
        "the judge must turn (1, 4) into (1, 3, 2) (batch first), but gives (1, 2, 3)", message);
  }

  @ParameterizedTest
  @CsvSource({"2, 5", "0, 4", "4, 0", "4, -1"})
  void otherInputsAreRefused(long rows, long columns) {
    Network network = network(2, 3);
    Shape shape = columns < 0 ? new Shape(rows) : new Shape(rows, columns);
    NDArray x = manager.ones(shape);
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.forward(x)).getMessage();
    assertEquals("the judge takes a batch of (4), was given " + shape, message);
  }

  @Test
  void aNumberIsNoBatch() {
    Network network = network(2, 3);
    NDArray number = manager.create(1f);
    assertThrows(IllegalArgumentException.class, () -> network.forward(number));
  }

  /** Two layers with a rectifier between them, against loops in double. */
  @Test
  void denseLayersHaveRectifiersBetweenThem() {
    SplittableRandom random = new SplittableRandom(3);
    PriorFamily.Model model =
        new PriorFamily.Model(new Blobs(), 2, null, manager, DataType.FLOAT32, random);
    Network network = DenseLayers.of("small", model, 3, 4, 2);
    float[][] w = new float[4][];
    for (int i = 0; i < 4; i++) {
      NDArray weight = network.parameters().get(i);
      Operations.assign(
          weight,
          new Noise(manager, DataType.FLOAT32, random).normal(weight.getShape().getShape()));
      w[i] = weight.toFloatArray();
    }
    float[] x = {0.5f, -1, 2};
    double[] expected = {w[3][0], w[3][1]};
    for (int h = 0; h < 4; h++) {
      double hidden = w[1][h];
      for (int j = 0; j < 3; j++) {
        hidden += w[0][3 * h + j] * x[j];
      }
      for (int k = 0; k < 2; k++) {
        expected[k] += w[2][4 * k + h] * Math.max(0, hidden);
      }
    }
    float[] found = network.forward(manager.create(x, new Shape(1, 3))).toFloatArray();
    assertEquals(expected[0], found[0], 1e-5);
    assertEquals(expected[1], found[1], 1e-5);
  }
}
