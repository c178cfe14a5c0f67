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
  private static final long FLUSH_MILLIS = 2_000;

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
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sayLastWords(connection)));
    exitWithParent(Optional.ofNullable(System.getenv(PARENT_VARIABLE)));
    connection.waitUntilClose();
    System.exit(0);
  }

  /** Lets out what was printed last, and the reply to the request to shut down. */
  private static void sayLastWords(PromptConnection connection) {
    try {
      ExitNotice.text().ifPresent(System.err::println);
      connection.getIOPub().flush(FLUSH_MILLIS);
      // Sockets send in the background.
      Thread.sleep(LAST_MESSAGES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
