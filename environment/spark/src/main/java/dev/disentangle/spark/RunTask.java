package dev.disentangle.spark;

import dev.disentangle.sweep.RunProcess;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One run, as a task of Spark's: starts the run's process on the machine that Spark chose. The
 * result is why the process left no outcome, and empty if it left one.
 */
final class RunTask extends AbstractFunction1<Iterator<String>, String> implements Serializable {

  private static final long serialVersionUID = 1;

  private final RunProcess process;

  RunTask(RunProcess process) {
    this.process = process;
  }

  @Override
  public String apply(Iterator<String> folders) {
    Path folder = Path.of(folders.next());
    try {
      if (!Files.isDirectory(folder)) {
        throw new NoSuchFileException(
            InetAddress.getLocalHost() + " does not see the folder " + folder);
      }
      return process.perform(folder).orElse("");
    } catch (IOException e) {
      // Spark tries another machine: this one may not see the folder.
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Spark ended the task");
    }
  }
}
