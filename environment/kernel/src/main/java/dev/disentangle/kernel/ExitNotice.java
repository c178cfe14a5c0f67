package dev.disentangle.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds out, while the process ends, whether code of the notebook ended it. Jupyter itself would
 * say no more than that the kernel has died.
 */
final class ExitNotice {

  private static final String TEXT =
      "This cell called System.exit, which ends the kernel and all that its cells have made:"
          + " leave the call out.";

  private ExitNotice() {}

  /** What to tell the reader; empty when the kernel ends for another reason. */
  static Optional<String> text() {
    boolean called =
        Thread.getAllStackTraces().values().stream().anyMatch(ExitNotice::isCallOfNotebook);
    return called ? Optional.of(TEXT) : Optional.empty();
  }

  /** Whether a thread with these frames asked for the end, and is not the kernel's own. */
  static boolean isCallOfNotebook(StackTraceElement... frames) {
    String own = Main.class.getName();
    return Arrays.stream(frames).anyMatch(frame -> isExit(frame))
        && Arrays.stream(frames).noneMatch(frame -> frame.getClassName().equals(own));
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }
}
