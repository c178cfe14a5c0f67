package dev.disentangle.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What the commands share: one line per error, and their exit codes. */
final class CommandLines {

  private CommandLines() {}

  /**
   * Runs a command: 0 when all is well, 1 when its input cannot be used, 2 when its arguments are
   * wrong.
   */
  static int run(Callable<Integer> command, PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(command)
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(
            (wrong, given) -> {
              err.println("error: " + line(wrong) + "; --help lists the options");
              return 2;
            })
        .setExecutionExceptionHandler(
            (wrong, line, result) -> {
              if (!(wrong instanceof IOException || wrong instanceof IllegalArgumentException)) {
                throw wrong; // a mistake of ours, with its trace
              }
              err.println("error: " + line(wrong));
              return 1;
            })
        .execute(arguments);
  }

  private static String line(Exception wrong) {
    return String.valueOf(wrong.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
