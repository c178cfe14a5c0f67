package dev.disentangle.sweep;

import dev.disentangle.data.ImageData;
import dev.disentangle.tensor.Threads;
import dev.disentangle.training.FolderInUseException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How one run is done in a Java process of its own. Runners on this machine and on others are made
 * of it: {@link SweepRun#write} leaves the task in the run's folder, and {@link #perform}, here or
 * on another machine that sees the folder, starts a process that leaves the {@link Outcome} there.
 * What the process printed is in {@code output.txt} of the folder. It ends with the process that
 * started it, even if that is killed, so that nobody trains on unseen.
 *
 * @param threads PyTorch threads, at least 1; another number gives other last digits
 * @param arguments arguments of the Java virtual machine, such as {@code -Xmx2g}
 * @param classPath where the kit's classes are, and those that the sweep names
 */
public record RunProcess(int threads, List<String> arguments, String classPath)
    implements Serializable {

  private static final long serialVersionUID = 1;
  private static final String OUTPUT = "output.txt";

  /** How long a run waits for a process that was doing it and has been told to end. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private static final int ORPHANED = 3;

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public RunProcess {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, were " + threads);
    }
    arguments = List.copyOf(arguments);
  }

  /**
   * Takes the class path of this process.
   *
   * @param threads PyTorch threads, at least 1
   * @param arguments arguments of the Java virtual machine
   * @return how a run is done
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public static RunProcess of(int threads, List<String> arguments) {
    return new RunProcess(threads, arguments, System.getProperty("java.class.path"));
  }

  /**
   * Does a run and waits for its end.
   *
   * @param folder the run's folder, with its task
   * @return why the process left no outcome; empty if it left one, be it of a run that failed
   * @throws IOException if no process can be started, or the folder cannot be read or written
   * @throws InterruptedException if the thread is interrupted; the process is ended then
   */
  public Optional<String> perform(Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve(OUTPUT);
    Process process = start(folder.toAbsolutePath(), output);
    int status;
    try {
      status = process.waitFor();
    } finally {
      process.destroy();
    }
    if (status == 0) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(output);
    String last = lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    return Optional.of("its process ended with status " + status + ": " + last);
  }

  private Process start(Path folder, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    command.addAll(List.of("-cp", classPath, RunProcess.class.getName(), folder.toString()));
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
   * @throws InterruptedException never
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread watch = new Thread(RunProcess::endWithTheParent, "parent");
    watch.setDaemon(true);
    watch.start();
    Path folder = Path.of(arguments[0]);
    Threads.set(Integer.parseInt(arguments[1]));
    SweepRun run = SweepRun.read(folder);
    perform(run, run.source().get(), folder);
    // Native pools of threads would keep the process alive for a while.
    System.exit(0);
  }

  /** The parent never writes: input ends when it does. */
  private static void endWithTheParent() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // A broken pipe says the same.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  /** A run that is given to another machine may begin before the first one has stopped. */
  private static void perform(SweepRun run, ImageData data, Path folder)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      try {
        InProcess.perform(run, data, folder);
        return;
      } catch (FolderInUseException e) {
        if (System.nanoTime() - begin > PATIENCE) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }
}
