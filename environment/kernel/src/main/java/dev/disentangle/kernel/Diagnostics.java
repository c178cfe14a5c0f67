package dev.disentangle.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Words the compiler's complaints about a snippet: the line, a mark under the place, the reason.
 */
final class Diagnostics {

  private static final String NAME = "CompilationError";

  private Diagnostics() {}

  static CellException rejected(JShell shell, Snippet snippet, SnippetNames names) {
    List<String> lines = new ArrayList<>();
    String first = "the snippet does not compile";
    for (Diag diag : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
      String message = diag.getMessage(Locale.ENGLISH).strip();
      if (lines.isEmpty()) {
        first = message.lines().findFirst().orElse(first);
      }
      lines.addAll(place(snippet.source(), diag, names.line()));
      message.lines().forEach(line -> lines.add("error: " + line.strip()));
    }
    List<String> report = new ArrayList<>();
    report.add(NAME + ": " + first);
    report.addAll(lines);
    return new CellException(NAME, first, report);
  }

  /** Names what a declaration refers to and what nobody has declared yet. */
  static String unresolved(JShell shell, DeclarationSnippet snippet) {
    List<String> missing = shell.unresolvedDependencies(snippet).toList();
    return missing.isEmpty() ? "it does not compile" : "undeclared: " + String.join(", ", missing);
  }

  private static List<String> place(String source, Diag diag, int firstLine) {
    int position = (int) Math.max(0, Math.min(diag.getPosition(), source.length()));
    int start = source.lastIndexOf('\n', position - 1) + 1;
    int end = source.indexOf('\n', position);
    String text = source.substring(start, end < 0 ? source.length() : end);
    int width =
        (int) Math.min(diag.getEndPosition() - position, (long) text.length() + start - position);
    int line =
        firstLine + (int) source.substring(0, position).chars().filter(c -> c == '\n').count();
    return List.of(
        "line " + line + ":",
        "    " + text,
        "    " + " ".repeat(position - start) + "^".repeat(Math.max(1, width)));
  }
}
