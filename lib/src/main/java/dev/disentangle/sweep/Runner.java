package dev.disentangle.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Where the runs of a sweep are done. */
@FunctionalInterface
public interface Runner {

  /**
   * Does runs and leaves an outcome of each in its folder, one that failed included.
   *
   * @param runs what is to be done
   * @param folder the sweep's folder; every run has one of its own below it, named by its id
   * @param done told of every outcome, by one thread at a time
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if a run cannot be done by this runner
   * @throws CancellationException if the thread is interrupted; what is finished stays finished
   */
  void run(List<SweepRun> runs, Path folder, Consumer<Outcome> done) throws IOException;
}
