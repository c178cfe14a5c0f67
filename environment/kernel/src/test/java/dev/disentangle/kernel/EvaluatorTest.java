package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** All tests share one session, which takes a second to start; each uses names of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class EvaluatorTest {

  private final Evaluator evaluator = Evaluator.withDefaultImports();
  private int cell;

  @AfterAll
  void close() {
    evaluator.close();
  }

  private Optional<Object> run(String source) throws CellException {
    cell++;
    return evaluator.evaluate(cell, source);
  }

  private CellException fails(String source) {
    return assertThrows(CellException.class, () -> run(source));
  }

  @Test
  void givesTheLastExpressionOfACell() throws CellException {
    assertEquals(Optional.of(7), run("int a = 3;\nint b = 4;\na + b"));
    assertEquals(Optional.of("x"), run("\"x\" // a comment behind it;\n// and one more;"));
    assertEquals(Optional.of(3), run("a"));
  }

  @Test
  void givesTheObjectItselfAndNotItsText() throws CellException {
    Object first = run("var list = new ArrayList<String>();\nlist").orElseThrow();
    run("list.add(\"added in a later cell\");");
    assertSame(first, run("list").orElseThrow());
    assertEquals(List.of("added in a later cell"), first);
  }

  @Test
  void givesNothingForStatementsDeclarationsNullAndSilencedExpressions() throws CellException {
    for (String source :
        List.of(
            "",
            "  \n// only a comment\n",
            "int n = 5;",
            "n = 6",
            "n + 1;",
            "n + 1; // behind it",
            "String nothing = null;\nnothing",
            "void f() {}\nf()",
            "class Point {}",
            "import java.awt.Color;",
            "n + 1;\nfor (int i = 0; i < 3; i++) n++;")) {
      assertEquals(Optional.empty(), run(source), source);
    }
  }

  @Test
  void keepsMethodsRecordsAndGenericsFromCellToCell() throws CellException {
    run("record Pair<T>(T left, T right) { T either(boolean l) { return l ? left : right; } }");
    run("<T> Pair<T> twice(T value) {\n  return new Pair<>(value, value);\n}");
    assertEquals(Optional.of("a"), run("twice(\"a\").either(true)"));
  }

  @Test
  void importsWhatJshellImports() throws CellException {
    assertEquals(
        Optional.of(List.of(2)), run("Stream.of(1).map(i -> i + 1).collect(Collectors.toList())"));
    assertEquals(Optional.of("java.nio.file.Path"), run("Path.class.getName()"));
  }

  @Test
  void namesTheExceptionItsPlaceAndItsCauses() {
    CellException failure =
        fails(
            "int half(int n) {\n"
                + "  if (n % 2 == 1) throw new IllegalStateException(\"odd: \" + n);\n"
                + "  return n / 2;\n"
                + "}\n"
                + "\n"
                + "try { half(3); } catch (IllegalStateException e) {\n"
                + "  throw new RuntimeException(\"halving failed\", e);\n"
                + "}");
    String text = String.join("\n", failure.traceback());
    assertEquals("RuntimeException", failure.name());
    assertEquals("halving failed", failure.getMessage());
    assertTrue(text.startsWith("java.lang.RuntimeException: halving failed"), text);
    // JShell knows no more of a statement than the line on which it begins.
    assertTrue(text.contains("at cell " + cell + ", line 6"), text);
    assertTrue(text.contains("Caused by: java.lang.IllegalStateException: odd: 3"), text);
    assertTrue(text.contains("half (cell " + cell + ", line 2)"), text);
  }

  @Test
  void reportsErrorsThatAreNoExceptions() throws CellException {
    assertEquals(
        "StackOverflowError", fails("int deep(int n) { return deep(n + 1); }\ndeep(0)").name());
    assertEquals("AssertionError", fails("throw new AssertionError(\"no\");").name());
    assertEquals(Optional.of(2), run("1 + 1"));
  }

  @Test
  void pointsAtWhatDoesNotCompile() throws CellException {
    CellException failure = fails("int fine = 1;\n\nint wrong = fine + missing;\nint never = 2;");
    String text = String.join("\n", failure.traceback());
    assertEquals("CompilationError", failure.name());
    assertTrue(text.contains("line 3:"), text);
    assertTrue(text.contains("    int wrong = fine + missing;"), text);
    assertTrue(text.contains("                       ^^^^^^^"), text);
    assertTrue(text.contains("symbol:   variable missing"), text);
    assertEquals(Optional.of(1), run("fine"));
    assertEquals("CompilationError", fails("never").name());
  }

  @Test
  void reportsSourceThatBreaksOff() {
    assertEquals("CompilationError", fails("for (int i = 0; i < 3; i++) {").name());
    assertEquals("CompilationError", fails("int x = (1 + ;").name());
  }

  @Test
  void namesWhatADeclarationStillMisses() throws CellException {
    run("int later() { return notYet() + 1; }");
    CellException failure = fails("later()");
    assertTrue(failure.getMessage().contains("notYet"), failure.getMessage());
    run("int notYet() { return 41; }");
    assertEquals(Optional.of(42), run("later()"));
  }

  @Test
  void runsAllCellsOnOneThread() throws CellException {
    Object first = run("Thread.currentThread()").orElseThrow();
    assertSame(first, run("Thread.currentThread()").orElseThrow());
  }
}
