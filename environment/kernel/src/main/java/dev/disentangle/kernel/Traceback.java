package dev.disentangle.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.UnresolvedReferenceException;

/** Words what a snippet threw: the exception, where, and all its causes. */
final class Traceback {

  private static final int MAX_FRAMES = 40;

  private Traceback() {}

  static CellException of(JShell shell, Throwable exception) {
    List<String> lines = new ArrayList<>();
    String prefix = "";
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      lines.add(prefix + header(shell, cause));
      addFrames(cause.getStackTrace(), lines);
      prefix = "Caused by: ";
    }
    String name = className(exception);
    return new CellException(
        name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1),
        message(shell, exception),
        lines);
  }

  private static String header(JShell shell, Throwable exception) {
    String message = message(shell, exception);
    return message.isEmpty() ? className(exception) : className(exception) + ": " + message;
  }

  private static String className(Throwable exception) {
    return exception instanceof EvalException evaluated
        ? evaluated.getExceptionClassName()
        : exception.getClass().getName();
  }

  private static String message(JShell shell, Throwable exception) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return Diagnostics.unresolved(shell, unresolved.getSnippet());
    }
    return exception.getMessage() == null ? "" : exception.getMessage();
  }

  private static void addFrames(StackTraceElement[] frames, List<String> lines) {
    for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
      lines.add("    at " + describe(frames[i]));
    }
    if (frames.length > MAX_FRAMES) {
      lines.add("    ... " + (frames.length - MAX_FRAMES) + " more");
    }
  }

  private static String describe(StackTraceElement frame) {
    String type = frame.getClassName();
    String method = frame.getMethodName();
    String name = type.isEmpty() || method.isEmpty() ? type + method : type + "." + method;
    String place = SnippetNames.locate(frame);
    return name.isEmpty() ? place : name + " (" + place + ")";
  }
}
