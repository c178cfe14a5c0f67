package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathMagicTest {

  @TempDir Path folder;

  @Test
  void findsTheJarsThatAPatternNames() throws IOException, CellException {
    for (String name : List.of("b.jar", "a.jar", "c.txt")) {
      Files.createFile(folder.resolve(name));
    }
    assertEquals(
        List.of(folder.resolve("a.jar"), folder.resolve("b.jar")),
        ClassPathMagic.entries("%jars " + folder + "/*.jar"));
    assertEquals(List.of(folder), ClassPathMagic.entries("%classpath " + folder));
  }

  @Test
  void saysWhatIsWrong() {
    assertMessage("%maven a:b:1", "there is no magic %maven");
    assertMessage("%jars", "%jars needs at least one path");
    assertMessage("%jars " + folder + "/*.jar", "no file matches");
    assertMessage("%jars " + folder + "/none/*.jar", "cannot list");
    assertMessage("%classpath " + folder + "/none", "does not exist");
  }

  private static void assertMessage(String line, String part) {
    CellException failure = assertThrows(CellException.class, () -> ClassPathMagic.entries(line));
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }

  @Test
  void makesClassesKnownToTheCellsBehindIt() throws IOException, CellException {
    Path source =
        Files.writeString(
            folder.resolve("Extra.java"), "public class Extra { public static int n = 9; }");
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
    try (var evaluator = Evaluator.withImportsOfIjava()) {
      evaluator.evaluate(1, "int before = 1;\n%classpath " + folder + "\nint after = before + 1;");
      assertEquals(Optional.of(2), evaluator.evaluate(2, "after"));
      // JShell cannot import from the unnamed package; reflection shows that the class is there.
      assertEquals(
          Optional.of(9),
          evaluator.evaluate(
              3,
              "Thread.currentThread();\nnew Object(){}.getClass().getClassLoader().loadClass(\"Extra\").getField(\"n\").get(null)"));
    }
  }
}
