package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That every method is one short file, is run by the benchmark, and is in the table of methods. */
class BenchmarkedMethodTest {

  private static final int MOST_LINES = 150;
  private static final Path OBJECTIVES = Path.of("src/main/java/dev/disentangle/objective");

  private static Set<String> methods() throws IOException {
    try (Stream<Path> files = Files.list(OBJECTIVES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> read(file).contains("implements Objective {"))
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyMethodIsRun() throws IOException {
    Set<String> run =
        BenchmarkedMethod.all().stream()
            .map(entry -> entry.method().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(run.isEmpty());
    assertEquals(methods(), run);
  }

  @Test
  void everyMethodIsAShortFileInTheTableOfMethods() throws IOException {
    String readme = read(Path.of("README.md"));
    for (String method : methods()) {
      // Imports say where its parts live, not how long the method is.
      long lines =
          read(OBJECTIVES.resolve(method + ".java"))
              .lines()
              .filter(line -> !line.startsWith("import "))
              .count();
      assertTrue(lines <= MOST_LINES, method + " has " + lines + " lines");
      assertTrue(readme.contains("| `" + method + "` |"), method + " is not in the table");
    }
  }
}
