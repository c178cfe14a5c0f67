package dev.disentangle.kernel;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** Standard output, error and input of the cell that runs. */
final class CellIo extends JupyterIO {

  CellIo() {
    super(StandardCharsets.UTF_8);
  }

  /** Sends the process's standard streams to the cell of this request until it is answered. */
  void attach(ShellReplyEnvironment environment, boolean inputAllowed) {
    PrintStream processOut = System.out;
    PrintStream processErr = System.err;
    InputStream processIn = System.in;
    setEnv(environment);
    setJupyterInEnabled(inputAllowed);
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
    environment.defer(
        () -> {
          out.flush();
          err.flush();
          System.setOut(processOut);
          System.setErr(processErr);
          System.setIn(processIn);
          retractEnv(environment);
        });
  }
}
