package dev.disentangle.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names JShell's snippets so that a stack frame can be traced back to its cell and line.
 *
 * <p>JShell puts a snippet's name where a stack frame has its file; the name therefore carries the
 * number of the cell and the line on which the snippet begins.
 */
final class SnippetNames {

  private static final Pattern FILE = Pattern.compile("#c(\\d+)l(\\d+)n\\d+");

  private int cell;
  private int line;
  private int count;

  void begin(int newCell, int firstLine) {
    cell = newCell;
    line = firstLine;
  }

  int line() {
    return line;
  }

  String next() {
    count++;
    return "c" + cell + "l" + line + "n" + count;
  }

  /** Where a frame lies in the notebook, for a frame of a snippet; else its file and line. */
  static String locate(StackTraceElement frame) {
    String file = frame.getFileName();
    if (file == null) {
      return frame.isNativeMethod() ? "native method" : "unknown source";
    }
    Matcher matcher = FILE.matcher(file);
    if (!matcher.matches()) {
      return file + ":" + frame.getLineNumber();
    }
    int first = Integer.parseInt(matcher.group(2));
    return "cell " + matcher.group(1) + ", line " + (first + frame.getLineNumber() - 1);
  }
}
