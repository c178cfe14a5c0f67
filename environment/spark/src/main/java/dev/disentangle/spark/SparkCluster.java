package dev.disentangle.spark;

import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.RunProcess;
import dev.disentangle.sweep.Runner;
import dev.disentangle.sweep.SweepRun;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Does runs on an Apache Spark cluster: one task per run, and on the machine that Spark chooses a
 * Java process of its own per task ({@link RunProcess}). All machines must see, under the same
 * paths, the folder of the sweep, the kit's classes and libraries, and a JDK of the same version;
 * nothing is sent but the paths. When a machine is lost, Spark gives its runs to others, where each
 * goes on from its last checkpoint.
 *
 * <pre>{@code
 * sweep.run(Path.of("/shared/sweep"), SparkCluster.at("spark://head:7077"))
 * }</pre>
 *
 * @param master Spark's name of the cluster, such as {@code spark://head:7077} or {@code yarn}
 * @param threads PyTorch threads of every run, and processors that Spark reserves for it
 * @param arguments arguments of every run's Java virtual machine, such as {@code -Xmx2g}
 * @param configuration settings of Spark, such as {@code spark.executor.memory}; they come before
 *     those that this class makes
 */
public record SparkCluster(
    String master, int threads, List<String> arguments, Map<String, String> configuration)
    implements Runner {

  /** Losing this many machines in a row fails a run; Spark's own default of four is for hours. */
  private static final String FAILURES = "16";

  private static final int MILLIS_TO_ANSWER = 10_000;

  /** Settings of PyTorch's memory and threads that a process inherits; they change no number. */
  private static final List<String> INHERITED = List.of("MALLOC_", "GOMP_", "KMP_");

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SparkCluster {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, were " + threads);
    }
    arguments = List.copyOf(arguments);
    configuration = Map.copyOf(configuration);
  }

  /**
   * One thread per run, which gets the most runs done when there are more runs than processors.
   *
   * @param master Spark's name of the cluster
   * @return the runner
   */
  public static SparkCluster at(String master) {
    return new SparkCluster(master, 1, List.of(), Map.of());
  }

  /**
   * The same with one more setting of Spark.
   *
   * @param key such as {@code spark.executor.memory}
   * @param value such as {@code 2g}
   * @return the new runner
   */
  public SparkCluster with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(configuration);
    more.put(key, value);
    return new SparkCluster(master, threads, arguments, more);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if a file cannot be written, no master answers, or Spark gives up
   * @throws IllegalStateException if Java was started without the options that Spark needs
   */
  @Override
  public void run(List<SweepRun> runs, Path folder, Consumer<Outcome> done) throws IOException {
    if (runs.isEmpty()) {
      return;
    }
    requireOptions();
    List<String> folders = new ArrayList<>();
    for (SweepRun run : runs) {
      Path own = run.folder(folder.toAbsolutePath());
      run.write(own);
      folders.add(own.toString());
    }
    requireMaster();
    try (JavaSparkContext context = new JavaSparkContext(configured())) {
      RunTask task = new RunTask(RunProcess.of(threads, arguments));
      SparkJob job = SparkJob.start(context, folders, task);
      for (int i = 0; i < runs.size(); i++) {
        SparkJob.Finished finished = job.next();
        SweepRun run = runs.get(finished.position());
        done.accept(Outcome.of(run, finished.reason(), Path.of(folders.get(finished.position()))));
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted; the next call goes on with what is left");
    }
  }

  private SparkConf configured() {
    SparkConf conf = new SparkConf().setMaster(master).setAppName("disentangle sweep");
    conf.set("spark.task.cpus", Integer.toString(threads));
    conf.set("spark.task.maxFailures", FAILURES);
    // A machine needs this much to start a run's process, which has a class path of its own.
    conf.set("spark.executor.extraClassPath", classesOfTheTask());
    System.getenv()
        .forEach(
            (name, value) -> {
              if (INHERITED.stream().anyMatch(name::startsWith)) {
                conf.setExecutorEnv(name, value);
              }
            });
    configuration.forEach(conf::set);
    return conf;
  }

  private static String classesOfTheTask() {
    return Stream.of(RunTask.class, RunProcess.class)
        .map(SparkCluster::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireOptions() {
    Module java = ByteBuffer.class.getModule();
    if (!java.isOpen("sun.nio.ch", SparkCluster.class.getModule())) {
      throw new IllegalStateException(
          "Spark needs Java to be started with --add-opens options: run this from a terminal with"
              + " environment/sweep --spark FILE, or with spark-submit");
    }
  }

  /** Spark itself asks three times and gives up after a minute, in many lines. */
  private void requireMaster() throws IOException {
    if (!master.startsWith("spark://")) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (String host : master.substring("spark://".length()).split(",")) {
      String[] parts = host.split(":");
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(parts[parts.length - 1]);
        socket.connect(new InetSocketAddress(parts[0], port), MILLIS_TO_ANSWER);
        return;
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "master must be like spark://host:7077, was " + master, e);
      } catch (IOException e) {
        reasons.add(e.getMessage());
      }
    }
    throw new IOException(
        "no Spark master answers at "
            + master
            + " ("
            + String.join(", ", reasons)
            + "); start one, or correct the address");
  }
}
