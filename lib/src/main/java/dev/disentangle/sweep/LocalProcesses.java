package dev.disentangle.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Does several runs at once, each in a process of its own. That gets more done where a machine has
 * more processors than one run can use threads; {@code environment/bench sweep} compares. A process
 * that dies fails its run, and no other.
 *
 * @param processes how many at once, at least 1
 * @param threads PyTorch threads of each, at least 1
 * @param arguments arguments of every Java virtual machine, such as {@code -Xmx2g}
 */
public record LocalProcesses(int processes, int threads, List<String> arguments) implements Runner {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public LocalProcesses {
    if (processes < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "processes and threads must be at least 1, were " + processes + " and " + threads);
    }
    arguments = List.copyOf(arguments);
  }

  /**
   * Divides the machine's processors evenly.
   *
   * @param processes how many at once, at least 1
   * @return the runner
   * @throws IllegalArgumentException if {@code processes} is below 1
   */
  public static LocalProcesses of(int processes) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new LocalProcesses(
        processes, Math.max(1, processors / Math.max(1, processes)), List.of());
  }

  @Override
  public void run(List<SweepRun> runs, Path folder, Consumer<Outcome> done) throws IOException {
    for (SweepRun run : runs) {
      run.write(run.folder(folder));
    }
    ExecutorService pool = Executors.newFixedThreadPool(processes);
    try {
      ExecutorCompletionService<Outcome> outcomes = new ExecutorCompletionService<>(pool);
      for (SweepRun run : runs) {
        outcomes.submit(() -> perform(run, run.folder(folder)));
      }
      for (int i = 0; i < runs.size(); i++) {
        done.accept(outcomes.take().get());
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted; the next call goes on with what is left");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unwritable) {
        throw unwritable;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      // Interrupts the threads that wait, and those end their processes.
      pool.shutdownNow();
    }
  }

  private Outcome perform(SweepRun run, Path folder) throws IOException, InterruptedException {
    return Outcome.of(run, RunProcess.of(threads, arguments).perform(folder), folder);
  }
}
