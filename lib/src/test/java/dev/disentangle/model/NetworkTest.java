package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
}
