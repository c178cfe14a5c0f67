package dev.disentangle.command;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Tells what is being computed: on a terminal in one line that is overwritten, otherwise only what
 * took long, a line each.
 */
final class Waiting {

  private static final double LONG_SECONDS = 3;

  private final PrintWriter err;
  private final boolean terminal;
  private int width;

  Waiting(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Says what starts. */
  void begin(String what) {
    if (terminal) {
      err.print("\r" + what + " ".repeat(Math.max(0, width - what.length())));
      err.flush();
      width = what.length();
    }
  }

  /** Says what has ended, if that took long and no line on a terminal said so before. */
  void end(String what, double seconds) {
    if (!terminal && seconds >= LONG_SECONDS) {
      err.printf(Locale.ROOT, "%s: %.1f s%n", what, seconds);
    }
  }

  /** Clears the line. */
  void clear() {
    if (terminal && width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
