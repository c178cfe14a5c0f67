package dev.disentangle.sweep;

import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Does several runs at once, each in a process of its own. Small networks leave the second thread
 * idle most of the time, so that two processes of one thread get more done than one of two. A
 * process that dies fails its run, and no other; what it printed is in {@code output.txt} of the
 * run.
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
    Path output = folder.resolve("output.txt");
    Process process = start(folder, output);
    int status;
    try {
      status = process.waitFor();
    } finally {
      process.destroy();
    }
    Outcome outcome = status == 0 ? Outcome.read(folder).orElse(null) : null;
    if (outcome == null) {
      List<String> lines = Files.readAllLines(output);
      String last = lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
      outcome = Outcome.failed(run, "its process ended with status " + status + ": " + last);
      outcome.write(folder);
    }
    return outcome;
  }

  private Process start(Path folder, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(LocalProcesses.class.getName());
    command.add(folder.toAbsolutePath().toString());
    command.add(Integer.toString(threads));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    return builder.redirectOutput(output.toFile()).start();
  }

  /**
   * The process of one run.
   *
   * @param arguments the run's folder and the number of PyTorch threads
   * @throws IOException if the task cannot be read or its outcome not be written
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Threads.set(Integer.parseInt(arguments[1]));
    SweepRun run = SweepRun.read(folder);
    InProcess.perform(run, run.source().get(), folder);
    // Native pools of threads would keep the process alive for a while.
    System.exit(0);
  }
}
