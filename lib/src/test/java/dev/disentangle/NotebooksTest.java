package dev.disentangle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook runs cell by cell through the JDK's own JShell, with the imports that IJava makes
 * and in minimal mode, so that a change of the library that breaks a tutorial fails here and not
 * with its reader. Numbers and pictures mean nothing after so few steps; environment/verify looks
 * at those.
 */
class NotebooksTest {

  private static final Path FOLDER = Path.of("..", "notebooks");

  private static final List<String> IMPORTS =
      Stream.of("io", "math", "net", "util", "util.concurrent", "util.prefs", "util.regex")
          .map(name -> "import java." + name + ".*;")
          .toList();

  private final PrintStream out = System.out;
  private final String mode = System.getProperty(Disentangle.MODE_PROPERTY);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  static Stream<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList().stream();
    }
  }

  @BeforeEach
  void begin() {
    System.setProperty(Disentangle.MODE_PROPERTY, "minimal");
    // The lines "figure KEY VALUE" of these few steps are not for whoever reads a build's output.
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void end() {
    System.setOut(out);
    if (mode == null) {
      System.clearProperty(Disentangle.MODE_PROPERTY);
    } else {
      System.setProperty(Disentangle.MODE_PROPERTY, mode);
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsCellByCell(Path notebook) throws IOException {
    var seconds = new ArrayList<String>();
    try (JShell shell =
        JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      IMPORTS.forEach(shell::eval);
      List<String> cells = cells(notebook);
      assertTrue(cells.size() > 3, "a notebook has more cells than " + cells.size());
      for (int i = 0; i < cells.size(); i++) {
        long begin = System.nanoTime();
        run(shell, cells.get(i), notebook.getFileName() + ", code cell " + (i + 1));
        double passed = (System.nanoTime() - begin) / 1e9;
        seconds.add(String.format(Locale.ROOT, "cell %d: %.1f s", i + 1, passed));
      }
    } finally {
      out.println(notebook.getFileName() + " in minimal mode, " + String.join(", ", seconds));
    }
  }

  private static List<String> cells(Path notebook) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
    return StreamSupport.stream(json.getAsJsonArray("cells").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
        .map(cell -> text(cell.get("source")))
        .filter(source -> !source.isBlank())
        .toList();
  }

  private static String text(JsonElement source) {
    return source instanceof JsonArray lines
        ? StreamSupport.stream(lines.spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining())
        : source.getAsString();
  }

  private void run(JShell shell, String cell, String place) {
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      String snippet = info.completeness().isComplete() ? info.source() : rest;
      rest = info.completeness().isComplete() ? info.remaining() : "";
      for (SnippetEvent event : shell.eval(snippet)) {
        if (event.causeSnippet() == null && !isFine(event)) {
          throw new AssertionError(
              place
                  + "\n"
                  + snippet.strip()
                  + "\n"
                  + reason(shell, event)
                  + "\nprinted:\n"
                  + printed);
        }
      }
    }
  }

  private static boolean isFine(SnippetEvent event) {
    return event.exception() == null && event.status() == Snippet.Status.VALID;
  }

  private static String reason(JShell shell, SnippetEvent event) {
    if (event.exception() instanceof EvalException thrown) {
      return thrown.getExceptionClassName() + ": " + thrown.getMessage();
    }
    return Stream.concat(
            shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)),
            Stream.of(event.status() + " " + event.exception()))
        .collect(Collectors.joining("\n"));
  }
}
