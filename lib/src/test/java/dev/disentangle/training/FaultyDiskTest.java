package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.disentangle.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on a disk of two megabytes that becomes full, and then one that nobody may write to, not
 * even root. The disk is memory that a process mounts in a name space of its own, which Linux lets
 * any user do unless it is told otherwise.
 */
@Tag("slow")
class FaultyDiskTest {

  private static final String MOUNT = "mount -t tmpfs -o size=2m tmpfs \"$1\"";

  @TempDir private Path temporary;

  private static Process inItsOwnSpace(String script, Path disk, Path output) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            script,
            "sh",
            disk.toString(),
            java,
            System.getProperty("java.class.path"),
            FaultyDiskTest.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  @Test
  void nothingIsLostOnAFullDiskOrOneThatNobodyMayWriteTo() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "there is no unshare here");
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Path output = temporary.resolve("output.txt");
    boolean mounts = inItsOwnSpace(MOUNT, disk, output).waitFor() == 0;
    assumeTrue(mounts, "this system lets nobody mount");
    String script = MOUNT + " && exec \"$2\" -Xmx256m -cp \"$3\" \"$4\" \"$1\"";
    int status = inItsOwnSpace(script, disk, output).waitFor();
    String said = Files.readString(output);
    assertEquals(0, status, said);
    assertTrue(said.contains("all is well"), said);
  }

  /** What happens on that disk. */
  public static void main(String[] arguments) throws Exception {
    Path disk = Path.of(arguments[0]);
    Path run = disk.resolve("run");
    fill(disk, run);
    refuseToWrite(disk, run);
    try (Training straight = ResumeTest.builder(ResumeTest.factorVae()).build().run(50);
        Training last = Training.resume(run, new Blobs())) {
      assertEquals(40, last.step());
      last.run(10);
      assertArrayEquals(ResumeTest.means(straight), ResumeTest.means(last));
      assertEquals(straight.history().csv(), last.history().csv());
      assertEquals(last.history().csv(), History.readCsv(run.resolve("history.csv")).csv());
    }
    System.out.println("all is well");
    // Native pools of threads would keep the process alive for a while.
    System.exit(0);
  }

  /** The disk becomes full while a run goes on, which says so, and goes on when there is room. */
  private static void fill(Path disk, Path run) throws IOException {
    Checkpoints often = Checkpoints.in(run).everySteps(5).keep(1);
    Path filler = disk.resolve("filler");
    try (Training training =
        ResumeTest.builder(ResumeTest.factorVae()).checkpoints(often).build()) {
      training.run(5);
      fill(filler);
      // Recorded every 7 steps, saved every 5, measured at 20.
      refused(training, "the history of step 7");
      refused(training, "the checkpoint of step 10");
      refused(training, "the history of step 14");
      refused(training, "the checkpoint of step 15");
      refused(training, "the history of step 20");
      try (Training saved = Training.open(run.resolve("step-000000005"), new Blobs())) {
        assertEquals(5, saved.step());
      }
      Files.delete(filler);
      training.run(40 - training.step());
    }
    // A process that meets a full disk in its first step leaves a folder that another can use.
    fill(filler);
    Path first = disk.resolve("first");
    Checkpoints there = Checkpoints.in(first);
    try (Training training =
        ResumeTest.builder(ResumeTest.factorVae()).checkpoints(there).build()) {
      assertThrows(UncheckedIOException.class, () -> training.run(1));
    }
    Files.delete(filler);
    try (Training training =
        ResumeTest.builder(ResumeTest.factorVae()).checkpoints(there).build()) {
      training.run(1);
    }
  }

  private static void refused(Training training, String what) {
    String message = assertThrows(UncheckedIOException.class, () -> training.run(30)).getMessage();
    assertTrue(message.startsWith(what + " could not be written"), message);
    assertTrue(message.contains("No space left on device. The training is unharmed"), message);
  }

  private static void fill(Path filler) throws IOException {
    byte[] page = new byte[4096];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    }
  }

  /** Reading works, writing says what is wrong. */
  private static void refuseToWrite(Path disk, Path run) throws Exception {
    remount("remount,ro", disk);
    try (Training training = ResumeTest.builder(ResumeTest.factorVae()).build()) {
      Path other = disk.resolve("other");
      String message = assertThrows(IOException.class, () -> training.save(other)).getMessage();
      assertTrue(message.contains("the folder " + other + " cannot be made"), message);
      assertTrue(message.contains("Read-only file system"), message);
      Path step = run.resolve("step-000000040");
      message = assertThrows(IOException.class, () -> training.save(step)).getMessage();
      assertTrue(message.contains("nothing can be written in " + step), message);
      assertTrue(message.contains("choose another folder"), message);
    }
    String message =
        assertThrows(IOException.class, () -> Training.resume(run, new Blobs())).getMessage();
    assertTrue(message.contains("nothing can be written in " + run), message);
    try (Training training = Training.open(run.resolve("step-000000040"), new Blobs());
        TrainedModel model = TrainedModel.open(run)) {
      assertEquals(40, training.step());
      assertEquals("FactorVAE", model.name());
    }
    remount("remount,rw", disk);
  }

  private static void remount(String options, Path disk) throws Exception {
    Process mount = new ProcessBuilder("mount", "-o", options, disk.toString()).inheritIO().start();
    assertEquals(0, mount.waitFor());
  }
}
