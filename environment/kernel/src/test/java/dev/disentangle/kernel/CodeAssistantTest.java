package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class CodeAssistantTest {

  private final Evaluator evaluator = Evaluator.withDefaultImports();
  private final CodeAssistant assistant = evaluator.assistant();

  @AfterAll
  void close() {
    evaluator.close();
  }

  @Test
  void completesMembersInALaterSnippetOfTheCell() {
    String code = "int a = 1;\nString text = \"abc\".isEm";
    ReplacementOptions options = assistant.complete(code, code.length());
    assertEquals(code.indexOf("isEm"), options.getSourceStart());
    assertEquals(code.length(), options.getSourceEnd());
    assertTrue(
        options.getReplacements().contains("isEmpty()"), options.getReplacements()::toString);
  }

  @Test
  void completesWhatEarlierCellsDeclared() throws CellException {
    evaluator.evaluate(1, "int gammaOfTheRun = 35;");
    assertTrue(assistant.complete("gammaOf", 7).getReplacements().contains("gammaOfTheRun"));
    assertEquals(0, assistant.complete("nothingLikeThis", 15).getReplacements().size());
  }

  @Test
  void completesArgumentsOfTheRightTypeFirstAndNoNamelessValues() throws CellException {
    evaluator.evaluate(3, "int aNumber = 1;\nString zText = \"z\";\n\"nameless\"");
    evaluator.evaluate(4, "String twice(String text) {\n  return text + text;\n}");
    List<String> options = assistant.complete("twice(", 6).getReplacements();
    assertTrue(options.indexOf("zText") >= 0, options::toString);
    assertTrue(options.indexOf("zText") < options.indexOf("aNumber"), options::toString);
    assertEquals(List.of(), options.stream().filter(option -> option.startsWith("$")).toList());
  }

  @Test
  void inspectsCallsAndVariables() throws CellException {
    evaluator.evaluate(2, "double learningRate = 1e-3;");
    assertTrue(assistant.inspect("Math.max(1, 2)", 7).orElseThrow().contains("Math.max"));
    assertEquals(Optional.of("learningRate:double"), assistant.inspect("learningRate + 1", 3));
    assertEquals(Optional.empty(), assistant.inspect("", 0));
  }

  @Test
  void tellsCompleteSourceFromUnfinishedAndWrong() {
    assertEquals("complete", assistant.isComplete("int a = 1;\na + 1"));
    assertEquals("complete", assistant.isComplete(""));
    assertEquals("    ", assistant.isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals("", assistant.isComplete("Math.max(1,"));
    assertEquals("invalid", assistant.isComplete("int ) = 1;"));
  }
}
