package dev.disentangle.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;

/** Completes, documents and checks source that has not run yet. */
final class CodeAssistant {

  private static final String INDENT = "    ";

  /** JShell's names for the values of expressions that nobody named. */
  private static final Pattern UNNAMED = Pattern.compile("\\$\\d+");

  private final SourceCodeAnalysis analysis;

  CodeAssistant(JShell shell) {
    this.analysis = shell.sourceCodeAnalysis();
  }

  /**
   * What can stand at the cursor, and the range of the source that it replaces: first what has the
   * type that is asked for there, each in JShell's order. Values without a name stay out.
   */
  ReplacementOptions complete(String code, int cursor) {
    int start = snippetStart(code, cursor);
    int[] anchor = {cursor - start};
    List<String> options =
        analysis.completionSuggestions(code.substring(start), cursor - start, anchor).stream()
            .sorted(Comparator.comparing(Suggestion::matchesType).reversed())
            .map(Suggestion::continuation)
            .filter(text -> !UNNAMED.matcher(text).matches())
            .distinct()
            .toList();
    return new ReplacementOptions(options, start + anchor[0], cursor);
  }

  /** Signatures and documentation of the name or call at the cursor; empty when unknown. */
  Optional<String> inspect(String code, int cursor) {
    int end = nameEnd(code, cursor);
    int start = snippetStart(code, end);
    boolean called = end < code.length() && code.charAt(end) == '(';
    String documentation =
        analysis
            .documentation(code.substring(start), (called ? end + 1 : end) - start, true)
            .stream()
            .map(entry -> describe(entry.signature(), entry.javadoc()))
            .collect(Collectors.joining("\n\n"));
    return documentation.isEmpty() ? Optional.empty() : Optional.of(documentation);
  }

  /** One of the base class's three answers, or the indent of the next line. */
  String isComplete(String code) {
    String rest = code;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case COMPLETE:
          rest = info.remaining();
          break;
        case UNKNOWN:
          return BaseKernel.IS_COMPLETE_BAD;
        case DEFINITELY_INCOMPLETE:
          return rest.stripTrailing().endsWith("{") ? INDENT : "";
        default:
          return BaseKernel.IS_COMPLETE_YES;
      }
      if (rest.isBlank()) {
        return BaseKernel.IS_COMPLETE_YES;
      }
    }
  }

  /** Where the snippet that contains the cursor begins. */
  private int snippetStart(String code, int cursor) {
    int start = 0;
    while (start < cursor) {
      CompletionInfo info = analysis.analyzeCompletion(code.substring(start));
      boolean behind = info.completeness().isComplete() && info.remaining() != null;
      int next = behind ? code.length() - info.remaining().length() : code.length();
      if (next >= cursor || next <= start) {
        return start;
      }
      start = next;
    }
    return start;
  }

  private static int nameEnd(String code, int cursor) {
    int end = Math.min(cursor, code.length());
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }

  private static String describe(String signature, String javadoc) {
    return javadoc == null || javadoc.isBlank() ? signature : signature + "\n" + javadoc.strip();
  }
}
