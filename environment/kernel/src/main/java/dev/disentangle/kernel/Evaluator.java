package dev.disentangle.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs cells one after another in one JShell session; what a cell declares, later cells can use.
 *
 * <p>The value of a cell is the value of its last expression, unless a semicolon ends it.
 */
public final class Evaluator implements AutoCloseable {

  private final CellExecutionControl control = new CellExecutionControl();
  private final SnippetNames names = new SnippetNames();
  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  private Evaluator(List<String> imports) {
    shell =
        JShell.builder()
            .executionEngine(new InProcess(), Map.of())
            .idGenerator((snippet, number) -> names.next())
            .build();
    analysis = shell.sourceCodeAnalysis();
    imports.forEach(shell::eval);
  }

  /**
   * A session with JShell's default imports, {@code render}, {@code display} and {@code
   * updateDisplay}, and every {@code dev.disentangle} package on the class path.
   *
   * @return a new session
   */
  public static Evaluator withDefaultImports() {
    return new Evaluator(DefaultImports.of(System.getProperty("java.class.path")));
  }

  /**
   * A session with the imports that IJava makes and nothing else, to see whether a notebook runs
   * elsewhere too.
   *
   * @return a new session
   */
  public static Evaluator withImportsOfIjava() {
    return new Evaluator(DefaultImports.ofIjava());
  }

  /**
   * Runs one cell.
   *
   * @param number the cell's execution count, which error reports name
   * @param source Java, and lines that start with {@code %classpath} or {@code %jars}
   * @return the value of the last expression; empty when there is none, it is null, or a semicolon
   *     follows it
   * @throws CellException when a snippet does not compile or throws, or the cell is interrupted;
   *     the snippets before it have taken effect, those behind it have not run
   */
  public Optional<Object> evaluate(int number, String source) throws CellException {
    control.beginCell();
    try {
      return runAll(number, source);
    } finally {
      control.endCell();
    }
  }

  private Optional<Object> runAll(int number, String source) throws CellException {
    Optional<Object> result = Optional.empty();
    String rest = source;
    while (!rest.isBlank()) {
      rest = rest.stripLeading();
      names.begin(number, lineOf(source, source.length() - rest.length()));
      if (rest.startsWith("%")) {
        rest = runMagic(rest);
        result = Optional.empty();
        continue;
      }
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      boolean complete = info.completeness().isComplete();
      String snippet = complete ? info.source() : rest;
      rest = complete ? info.remaining() : "";
      boolean silenced =
          info.completeness() == Completeness.COMPLETE && SourceEnd.isSemicolon(snippet);
      Optional<Object> value = run(snippet);
      result = silenced ? Optional.empty() : value;
    }
    return result;
  }

  private Optional<Object> run(String snippet) throws CellException {
    Optional<Object> value = Optional.empty();
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      if (control.isStopRequested()) {
        throw CellException.interrupted(control.stopMessage().orElse("the cell was interrupted"));
      }
      if (control.failure() != null) {
        throw Traceback.of(shell, control.failure());
      }
      if (event.exception() != null) {
        throw thrown(event.exception());
      }
      if (!event.status().isDefined()) {
        throw Diagnostics.rejected(shell, event.snippet(), names);
      }
      value = showsValue(event.snippet()) ? Optional.ofNullable(control.value()) : Optional.empty();
    }
    return value;
  }

  private CellException thrown(JShellException exception) {
    return Traceback.of(shell, exception);
  }

  private static boolean showsValue(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  private static int lineOf(String source, int offset) {
    return 1 + (int) source.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /** Runs the first line of the text and gives the text behind it. */
  private String runMagic(String text) throws CellException {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    for (Path entry : ClassPathMagic.entries(line.strip())) {
      addToClassPath(entry);
    }
    return end < 0 ? "" : text.substring(end + 1);
  }

  /**
   * Makes the classes of a jar or folder known to later cells.
   *
   * @param entry a jar or a folder of classes
   * @throws IllegalArgumentException when nothing is there
   */
  public void addToClassPath(Path entry) {
    if (!Files.exists(entry)) {
      throw new IllegalArgumentException("class path entry " + entry + " does not exist");
    }
    shell.addToClasspath(entry.toAbsolutePath().toString());
  }

  /**
   * Stops the cell that runs, from another thread: interrupts its thread and, when that has not
   * helped after half a second, ends the cell's own code. Does nothing when no cell runs.
   */
  public void interrupt() {
    try {
      control.interrupt();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java release keeps its stop flag elsewhere", e);
    }
  }

  /** Completion and documentation for this session. */
  CodeAssistant assistant() {
    return new CodeAssistant(shell);
  }

  @Override
  public void close() {
    shell.close();
    control.close();
  }

  /** Hands JShell the control that this evaluator keeps hold of. */
  private final class InProcess implements ExecutionControlProvider {
    @Override
    public String name() {
      return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
