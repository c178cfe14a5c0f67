package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

class WrappedNumbersTest {

  private static final class Direct {
    NDArray halve(NDArray x) {
      return x.mul(0.5);
    }
  }

  private static final class InLambda {
    UnaryOperator<NDArray> cube() {
      return x -> x.pow(3);
    }
  }

  /** Calls something unsafe by way of another class of its package. */
  private static final class Indirect {
    NDArray of(NDArray x) {
      return WrappedNumbersHelper.clipped(x);
    }
  }

  @Test
  void callsAreFoundWhereverTheyStand() {
    String own = "dev.disentangle.tensor.WrappedNumbersTest$";
    // The enclosing class names all of its nested ones, so each is asked for the first it meets.
    assertEquals(
        Optional.of("mul(Number) in the class " + own + "Direct"),
        WrappedNumbers.find(Direct.class));
    assertEquals(
        Optional.of("pow(Number) in the class " + own + "InLambda"),
        WrappedNumbers.find(InLambda.class));
    assertEquals(
        Optional.of("clip(Number) in the class dev.disentangle.tensor.WrappedNumbersHelper"),
        WrappedNumbers.find(Indirect.class));
  }

  @Test
  void safeCallsAndTheLibrarysClassesAreLeftAlone() {
    assertEquals(Optional.empty(), WrappedNumbers.find(SafeAlone.class));
    assertEquals(Optional.empty(), WrappedNumbers.find(Operations.class));
    assertEquals(Optional.empty(), WrappedNumbers.find(String.class));
  }

  /** A notebook's cells: one defines a function, the next a record that calls it. */
  @Test
  void callsInCellsAreFound() {
    String found = "dev.disentangle.tensor.WrappedNumbers.find(M.class)";
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      String path = System.getProperty("java.class.path");
      shell.addToClasspath(path);
      run(shell, "import ai.djl.ndarray.NDArray;");
      run(shell, "NDArray twice(NDArray x) { return x.mul(2); }");
      run(shell, "record M(int n) { NDArray of(NDArray x) { return twice(x); } }");
      String answer = run(shell, found);
      assertTrue(answer.contains("mul(Number) in the class"), answer);
      run(shell, "NDArray twice(NDArray x) { return x.add(x); }");
      run(shell, "record M(int n) { NDArray of(NDArray x) { return twice(x); } }");
      assertEquals("Optional.empty", run(shell, found));
    }
  }

  private static String run(JShell shell, String text) {
    SnippetEvent last = null;
    for (SnippetEvent event : shell.eval(text)) {
      last = last == null ? event : last;
    }
    assertTrue(last != null && last.exception() == null, () -> "in " + text);
    return String.valueOf(last.value());
  }
}
