package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExitNoticeTest {

  private static StackTraceElement frame(String type, String method, String file, int line) {
    return new StackTraceElement(type, method, file, line);
  }

  private static final StackTraceElement[] EXIT = {
    frame("java.lang.Shutdown", "exit", "Shutdown.java", 1),
    frame("java.lang.Runtime", "exit", "Runtime.java", 2),
    frame("java.lang.System", "exit", "System.java", 3),
    frame("REPL.$JShell$12", "do_it$", "#c4l2n12", 5),
    frame("java.lang.Thread", "run", "Thread.java", 6)
  };

  @Test
  void seesThatCodeOfACellEndedTheProcess() {
    assertTrue(ExitNotice.isCallOfNotebook(EXIT));
  }

  @Test
  void saysNothingWhenTheKernelOrASignalEndsIt() {
    StackTraceElement[] own = EXIT.clone();
    own[3] = frame(Main.class.getName(), "main", "Main.java", 5);
    assertFalse(ExitNotice.isCallOfNotebook(own));
    assertFalse(
        ExitNotice.isCallOfNotebook(
            frame("java.lang.Shutdown", "exit", "Shutdown.java", 1),
            frame("java.lang.Terminator$1", "handle", "Terminator.java", 2),
            frame("java.lang.Thread", "run", "Thread.java", 3)));
    assertFalse(ExitNotice.isCallOfNotebook());
  }
}
