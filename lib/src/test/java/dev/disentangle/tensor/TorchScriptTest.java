package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions as text, what they are called with, and the mode that they are called in. */
class TorchScriptTest {

  private static final String SUMS =
      """
      def sums(self, a: List[Tensor], b: List[Tensor], c: Tensor) -> List[Tensor]:
        return [torch.add(a[0], a[1]), torch.mul(b[0], c)]

      def twice(self, x: Tensor) -> Tensor:
        return torch.add(x, x)
      """;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray array(double... values) {
    return manager.create(values);
  }

  @Test
  void argumentsKeepTheirOrderAndTheirLists() {
    try (TorchScript script = TorchScript.compile(SUMS)) {
      TorchScript.Arguments arguments =
          new TorchScript.Arguments("sums")
              .tensorList(List.of(array(1), array(2)))
              .tensorList(List.of(array(10)))
              .tensors(array(7));
      NDList found = script.call(arguments);
      assertEquals(2, found.size());
      assertArrayEquals(new double[] {3}, found.get(0).toDoubleArray());
      assertArrayEquals(new double[] {70}, found.get(1).toDoubleArray());
    }
  }

  @Test
  void anArrayThatStoodInAListCanStandAlone() {
    try (TorchScript script = TorchScript.compile(SUMS)) {
      NDArray x = array(4);
      new TorchScript.Arguments("sums").tensorList(List.of(x));
      assertArrayEquals(
          new double[] {8}, script.call("twice", x).singletonOrThrow().toDoubleArray());
    }
  }

  @Test
  void impossibleArgumentsAreNamed() {
    NDArray x = array(4);
    TorchScript.Arguments arguments = new TorchScript.Arguments("sums");
    String empty =
        assertThrows(IllegalArgumentException.class, () -> arguments.tensorList(List.of()))
            .getMessage();
    assertEquals("a tensor list must not be empty in sums", empty);
    String twice =
        assertThrows(IllegalArgumentException.class, () -> arguments.tensorList(List.of(x, x)))
            .getMessage();
    assertEquals("an array stands twice in the call of sums", twice);
    try (TorchScript script = TorchScript.compile(SUMS)) {
      assertThrows(EngineException.class, () -> script.call("twice", x, x));
      assertThrows(RuntimeException.class, () -> script.call("thrice", x));
    }
  }

  @Test
  void theSameTextIsCompiledOnce() {
    assertSame(TorchScript.shared(SUMS), TorchScript.shared(SUMS));
    assertNotSame(TorchScript.shared(SUMS), TorchScript.shared(SUMS + "\n"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TorchScript.compile("def f(self, x: Tensor) -> Tensor:\n  return y\n"))
            .getMessage();
    assertTrue(message.startsWith("TorchScript does not compile: "), message);
    assertTrue(message.contains("y"), message);
  }

  @Test
  void theModeIsAsBeforeWhateverHappens() {
    NDArray x = array(3);
    x.setRequiresGradient(true);
    GradientMode.recording(
        () -> {
          NDArray still = GradientMode.paused(() -> Operations.scale(x, 2));
          assertThrows(EngineException.class, () -> Gradients.of(still, List.of(x)));
          assertThrows(
              IllegalStateException.class,
              () ->
                  GradientMode.paused(
                      () -> {
                        throw new IllegalStateException("on the way");
                      }));
          NDArray recorded = Operations.scale(x, 2);
          assertArrayEquals(
              new double[] {2}, Gradients.of(recorded, List.of(x)).get(0).toDoubleArray());
          return null;
        });
    NDArray after = GradientMode.paused(() -> GradientMode.recording(() -> Operations.scale(x, 2)));
    assertArrayEquals(new double[] {2}, Gradients.of(after, List.of(x)).get(0).toDoubleArray());
  }

  @Test
  void threadCountsAreAtLeastOne() {
    int before = Threads.count();
    try {
      Threads.set(3);
      assertEquals(3, Threads.count());
      assertThrows(IllegalArgumentException.class, () -> Threads.set(0));
      Threads.set(1);
      assertEquals(1, Threads.count());
    } finally {
      Threads.set(before);
    }
  }
}
