package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training process twenty times, at random moments of a run that saves itself after every
 * step, so that most of them fall into the writing of a checkpoint.
 */
@Tag("slow")
class KilledProcessTest {

  private static final int KILLS = 20;

  /** Steps after the last resumption. */
  private static final int LAST = 5;

  @Test
  void twentyKillsLeaveTheNumbersOfAnUndisturbedRun(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    SplittableRandom random = new SplittableRandom(1);
    long before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(run, folder.resolve("errors.txt"), 1_000_000);
      try (BufferedReader output = process.inputReader()) {
        String resumed = output.readLine();
        assertTrue(
            resumed != null && resumed.startsWith("at step "),
            () -> "no answer, but " + read(folder.resolve("errors.txt")));
        long step = Long.parseLong(resumed.substring("at step ".length()));
        assertTrue(step >= before, "lost a checkpoint: " + step + " after " + before);
        before = step;
        // Early kills meet the opening of the folder, later ones steps and saves.
        for (int lines = random.nextInt(12) - 2; lines > 0; lines--) {
          output.readLine();
        }
        Thread.sleep(random.nextInt(40));
        process.destroyForcibly();
      }
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
    isAloneWhileItRuns(run, folder.resolve("errors.txt"));
    Process process = start(run, folder.resolve("errors.txt"), LAST);
    assertEquals(0, process.waitFor(), () -> read(folder.resolve("errors.txt")));
    try (Training last = Training.resume(run, new Blobs());
        Training straight = ResumeTest.builder(ResumeTest.factorVae()).build()) {
      assertTrue(last.step() > KILLS, "the run came on between kills: " + last.step());
      straight.run(last.step());
      assertArrayEquals(ResumeTest.means(straight), ResumeTest.means(last));
      assertEquals(straight.history().csv(), last.history().csv());
    }
  }

  /** A second process is told who trains there, and takes nothing from it. */
  private static void isAloneWhileItRuns(Path run, Path errors) throws Exception {
    Process process = start(run, errors, 1_000_000);
    try (BufferedReader output = process.inputReader()) {
      assertTrue(output.readLine().startsWith("at step "));
      output.readLine();
      Throwable refusal = assertThrows(IOException.class, () -> Training.resume(run, new Blobs()));
      String holder = "another process, process " + process.pid() + ", trains into";
      assertTrue(refusal.getMessage().contains(holder), refusal.getMessage());
      process.destroyForcibly();
    }
    process.waitFor();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Process start(Path run, Path errors, int steps) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcessTest.class.getName(),
            run.toString(),
            Integer.toString(steps))
        .redirectError(errors.toFile())
        .start();
  }

  /** The process that is killed. */
  public static void main(String[] arguments) throws IOException {
    Path run = Path.of(arguments[0]);
    boolean begun = Files.isDirectory(run) && CheckpointSeries.newestComplete(run) != null;
    Checkpoints always = Checkpoints.in(run).everySteps(1);
    try (Training training =
        begun
            ? Training.resume(run, new Blobs())
            : ResumeTest.builder(ResumeTest.factorVae()).checkpoints(always).build()) {
      System.out.println("at step " + training.step());
      training.run(Integer.parseInt(arguments[1]), (all, end) -> System.out::println);
    }
    // Native pools of threads would keep the process alive for a while.
    System.exit(0);
  }
}
