package dev.disentangle.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.zeromq.ZMQException;

/** Starts the kernel for the connection file that Jupyter names on the command line. */
public final class Main {

  private static final String IMPORTS_VARIABLE = "DISENTANGLE_IMPORTS";
  private static final String PARENT_VARIABLE = "JPY_PARENT_PID";
  private static final long LAST_MESSAGES_MILLIS = 100;

  private Main() {}

  /**
   * Runs the kernel until Jupyter asks it to stop or the process that started it has gone.
   *
   * @param arguments exactly one: the path of Jupyter's connection file
   * @throws IOException when the connection file cannot be read
   * @throws GeneralSecurityException when the signature scheme or key in that file is not usable
   * @throws InterruptedException when the main thread is interrupted while it waits
   */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: java dev.disentangle.kernel.Main CONNECTION_FILE");
      System.exit(2);
    }
    var properties = KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
    var connection = new PromptConnection(properties);
    var kernel = new JavaKernel(newEvaluator(System.getenv(IMPORTS_VARIABLE)));
    kernel.becomeHandlerForConnection(connection);
    kernel.onStartup();
    connectOrExit(connection, properties);
    exitWithParent(Optional.ofNullable(System.getenv(PARENT_VARIABLE)));
    connection.waitUntilClose();
    // Sockets send in the background; the reply to the shutdown request must still get out.
    Thread.sleep(LAST_MESSAGES_MILLIS);
    System.exit(0);
  }

  private static Evaluator newEvaluator(String imports) {
    return "ijava".equals(imports)
        ? Evaluator.withImportsOfIjava()
        : Evaluator.withDefaultImports();
  }

  private static void connectOrExit(
      PromptConnection connection, KernelConnectionProperties properties) {
    try {
      connection.connect();
    } catch (ZMQException e) {
      System.err.println(
          "error: the kernel cannot listen on the ports that Jupyter chose (shell port "
              + properties.getShellPort()
              + "): "
              + e.getMessage()
              + "; start it again, Jupyter then chooses others");
      System.exit(1);
    }
  }

  /** A kernel whose Jupyter was killed would otherwise train on for ever, seen by nobody. */
  private static void exitWithParent(Optional<String> parent) {
    parent
        .filter(text -> text.matches("\\d+"))
        .map(Long::parseLong)
        .filter(pid -> pid > 1)
        .flatMap(ProcessHandle::of)
        .ifPresent(process -> process.onExit().thenRun(Main::exitWithoutJupyter));
  }

  private static void exitWithoutJupyter() {
    System.err.println("The process that started this kernel has ended, and so does the kernel.");
    Runtime.getRuntime().halt(1);
  }
}
