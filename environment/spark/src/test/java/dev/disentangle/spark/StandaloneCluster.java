package dev.disentangle.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A master and workers of Spark's own, each a process, on this machine's loopback. As in a real
 * installation, workers find Spark's libraries in the folder {@code jars} of Spark's home.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final Path home;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** Starts a master, and workers of one processor each. */
  static StandaloneCluster start(Path home, int workers) throws IOException, InterruptedException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      // All but the kit's own: a task must find these by what the runner says.
      if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("disentangle")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    StandaloneCluster cluster = new StandaloneCluster(home, freePort());
    cluster.launch("Master", "--host", HOST, "--port", "" + cluster.port, "--webui-port", "0");
    cluster.awaitMaster();
    for (int i = 0; i < workers; i++) {
      Path work = Files.createDirectories(home.resolve("work-" + i));
      cluster.launch(
          "Worker",
          "--host",
          HOST,
          "--webui-port",
          "0",
          "--cores",
          "1",
          "--memory",
          "512m",
          "--work-dir",
          work.toString(),
          cluster.master());
    }
    return cluster;
  }

  String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** The process of a worker, counted from 0. */
  Process worker(int position) {
    return processes.get(1 + position);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private void launch(String role, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-cp", home.resolve("jars") + File.separator + "*"));
    command.add("org.apache.spark.deploy." + role.toLowerCase(Locale.ROOT) + "." + role);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_LOCAL_DIRS", home.resolve("local").toString());
    Path log = home.resolve(role + "-" + processes.size() + ".log");
    processes.add(builder.redirectOutput(log.toFile()).start());
  }

  private void awaitMaster() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try {
        new Socket(HOST, port).close();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    throw new IOException(
        "the master did not start: " + Files.readString(home.resolve("Master-0.log")));
  }

  /** Ends a process and all that it started at once, as when a machine loses its power. */
  static void cutOff(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    processes.forEach(StandaloneCluster::cutOff);
    try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
      for (Path link : jars.toList()) {
        Files.delete(link);
      }
    }
  }
}
