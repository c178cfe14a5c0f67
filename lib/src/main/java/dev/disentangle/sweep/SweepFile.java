package dev.disentangle.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Runs a file of Java statements, such as the cell of a notebook that describes a sweep, from a
 * terminal: {@code environment/sweep FILE}. The kit's packages are imported. Since a sweep never
 * repeats what is finished, calling it again goes on where it stopped.
 */
public final class SweepFile {

  private static final List<String> IMPORTS =
      List.of(
          "java.nio.file.*",
          "java.util.*",
          "dev.disentangle.data.*",
          "dev.disentangle.history.*",
          "dev.disentangle.metric.*",
          "dev.disentangle.model.*",
          "dev.disentangle.objective.*",
          "dev.disentangle.plot.*",
          "dev.disentangle.sweep.*",
          "dev.disentangle.tensor.*",
          "dev.disentangle.training.*");

  private SweepFile() {}

  /**
   * Runs a file.
   *
   * @param arguments the file
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || arguments[0].startsWith("-")) {
      System.err.println("usage: environment/sweep FILE   (Java statements; see lib/README.md)");
      System.exit(2);
    }
    Optional<String> failure = run(Path.of(arguments[0]));
    failure.ifPresent(System.err::println);
    // Native pools of threads would keep the process alive for a while.
    System.exit(failure.isPresent() ? 1 : 0);
  }

  /**
   * Runs a file in this process; the values of expressions are printed.
   *
   * @param file Java statements
   * @return what went wrong, with the statement; empty if nothing did
   * @throws IOException if the file cannot be read
   */
  public static Optional<String> run(Path file) throws IOException {
    String rest = Files.readString(file);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
      // There only where environment/sweep --spark put it on the class path.
      shell.eval("import dev.disentangle.spark.*;");
      while (!rest.isBlank()) {
        SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        if (!next.completeness().isComplete()) {
          return Optional.of("cannot be read: " + rest.strip());
        }
        for (SnippetEvent event : shell.eval(next.source())) {
          Optional<String> failure = failure(shell, event);
          if (failure.isPresent()) {
            return failure;
          }
          show(shell, event);
        }
        rest = next.remaining();
      }
      return Optional.empty();
    }
  }

  private static Optional<String> failure(JShell shell, SnippetEvent event) {
    JShellException exception = event.exception();
    if (exception != null) {
      return Optional.of("in " + event.snippet().source().strip() + "\n" + exception.getMessage());
    }
    if (event.status() == Snippet.Status.REJECTED) {
      Diag first = shell.diagnostics(event.snippet()).findFirst().orElseThrow();
      return Optional.of("in " + event.snippet().source().strip() + "\n" + first.getMessage(null));
    }
    return Optional.empty();
  }

  /** Prints the value of an expression that is not assigned, whole, as a notebook shows it. */
  private static void show(JShell shell, SnippetEvent event) {
    if (event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      String name = ((jdk.jshell.VarSnippet) event.snippet()).name();
      shell.eval("System.out.println(" + name + ");");
    }
  }
}
