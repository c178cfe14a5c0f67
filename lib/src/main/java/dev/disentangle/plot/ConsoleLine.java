package dev.disentangle.plot;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line of printed text that changes: rewritten in place where somebody redraws it, a terminal
 * or a notebook, and now and then a line of its own elsewhere, such as in a log file.
 */
public final class ConsoleLine {

  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PrintStream out;
  private final boolean redrawn;
  private final LongSupplier clock;
  private String shown = "";
  private String waiting = "";
  private long logged;

  /** A line on standard output. */
  public ConsoleLine() {
    this(System.out);
    Notebook.install();
  }

  ConsoleLine(PrintStream out) {
    this(out, Notebook.isRunning() || isTerminal(System.console()), System::nanoTime);
  }

  /**
   * A line that a test can watch.
   *
   * @param out where to print
   * @param redrawn whether a carriage return goes back to the line's begin there
   * @param clock nanoseconds from any origin
   */
  ConsoleLine(PrintStream out, boolean redrawn, LongSupplier clock) {
    this.out = out;
    this.redrawn = redrawn;
    this.clock = clock;
    this.logged = clock.getAsLong() - LOG_NANOS;
  }

  /** From Java 22 on there is a console without a terminal too, which has to be asked. */
  private static boolean isTerminal(Console console) {
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Replaces what the line says. Where nobody redraws, the first text is printed, then one every
   * ten seconds, and at {@link #end} the last.
   *
   * @param text the new text; line breaks become blanks
   */
  public void show(String text) {
    String line = text.replaceAll("\\R", " ");
    if (redrawn) {
      // Blanks wipe what a longer text before left behind.
      String wipe = " ".repeat(Math.max(0, shown.length() - line.length()));
      out.print((shown.isEmpty() ? "" : "\r") + line + wipe);
      out.flush();
      shown = line;
    } else if (clock.getAsLong() - logged >= LOG_NANOS) {
      print(line);
    } else {
      waiting = line;
    }
  }

  private void print(String line) {
    out.println(line);
    logged = clock.getAsLong();
    waiting = "";
  }

  /** Takes the line away, so that something else can be printed in its place. */
  public void clear() {
    if (!shown.isEmpty()) {
      out.print("\r" + " ".repeat(shown.length()) + "\r");
      shown = "";
    }
    waiting = "";
  }

  /** Ends the line, so that what is printed next starts on a new one. */
  public void end() {
    if (!waiting.isEmpty()) {
      print(waiting);
    }
    if (!shown.isEmpty()) {
      out.println();
      shown = "";
    }
    logged = clock.getAsLong() - LOG_NANOS;
  }
}
