package dev.disentangle.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Blobs;
import dev.disentangle.training.Checkpoints;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own, and those who start or disturb them. */
class RunProcessTest {

  private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");

  @TempDir private Path temporary;

  private static Sweep sweep(long steps) {
    return Sweep.over(Blobs::new)
        .methods(new Vae(Adam.of(1e-3)))
        .each(b -> b.architecture(Blobs.architecture()).batchSize(16).recordEvery(10))
        .steps(steps);
  }

  /** The process that is killed: a sweep that would take hours. */
  public static void main(String[] arguments) throws IOException {
    sweep(100_000_000).run(Path.of(arguments[0]), new LocalProcesses(1, 1, SMALL));
  }

  @Test
  void nobodyTrainsOnWhenTheSweepIsKilled() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process sweep =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RunProcessTest.class.getName(),
                temporary.toString())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("sweep.txt").toFile())
            .start();
    Path history =
        InProcess.checkpoints(sweep(100_000_000).runs().get(0).folder(temporary))
            .resolve("history.csv");
    while (!Files.exists(history)) {
      assertTrue(sweep.isAlive(), () -> "the sweep ended by itself");
      TimeUnit.MILLISECONDS.sleep(50);
    }
    List<ProcessHandle> runs = sweep.children().toList();
    assertEquals(1, runs.size());
    sweep.destroyForcibly();
    // It notices at once; the time is for a machine with much other work.
    runs.get(0).onExit().get(60, TimeUnit.SECONDS);
    assertFalse(runs.get(0).isAlive());
  }

  @Test
  void aRunWaitsForTheOneThatIsJustEnding() throws Exception {
    SweepRun run = sweep(20).runs().get(0);
    Path folder = run.folder(temporary);
    run.write(folder);
    Checkpoints elsewhere = Checkpoints.in(InProcess.checkpoints(folder));
    Training other = Training.of(run.settings(), new Blobs()).checkpoints(elsewhere).build();
    other.run(5);
    Thread end =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(4);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              other.close();
            });
    end.start();
    assertEquals(Optional.empty(), RunProcess.of(1, SMALL).perform(folder));
    end.join();
    Outcome outcome = Outcome.read(folder).orElseThrow();
    assertEquals(Optional.empty(), outcome.failure());
    // The five steps of the other were not repeated, and the numbers are those of twenty.
    Outcome straight =
        sweep(20).run(temporary.resolve("straight"), new InProcess()).outcomes().get(0);
    assertEquals(straight.values(), outcome.values());
  }

  @Test
  void aRunThatIsBeingDoneElsewhereIsSaidAndNothingOfItIsLost() throws IOException {
    SweepRun run = sweep(20).runs().get(0);
    Path folder = run.folder(temporary);
    Checkpoints elsewhere = Checkpoints.in(InProcess.checkpoints(folder));
    try (Training other = Training.of(run.settings(), new Blobs()).checkpoints(elsewhere).build()) {
      other.run(5);
      SweepTable table = sweep(20).run(temporary, new InProcess());
      String reason = table.failures().get(0).failure().orElseThrow();
      assertTrue(reason.contains("another training of this process trains into"), reason);
    }
    SweepTable table = sweep(20).run(temporary, new InProcess());
    assertEquals(List.of(), table.failures());
    // Whoever gives up late takes nothing away.
    Outcome standing = Outcome.failed(run, "gave up").write(folder);
    assertEquals(table.outcomes().get(0), standing);
    assertEquals(Optional.of(standing), Outcome.read(folder));
    assertNotEquals(Optional.of("gave up"), standing.failure());
  }

  @Test
  void aProcessThatLeavesNoOutcomeIsAFailureOfItsRun() throws IOException {
    SweepRun run = sweep(20).runs().get(0);
    Path folder = run.folder(temporary);
    Outcome failed = Outcome.of(run, Optional.empty(), folder);
    assertEquals(Optional.of("its process left no outcome"), failed.failure());
    assertEquals(Optional.of(failed), Outcome.read(folder));
    assertThrows(IllegalArgumentException.class, () -> RunProcess.of(0, SMALL));
  }

  /** Every bit of both files counts, and so does every missing end. */
  @Test
  void damageIsNamedWithTheFile() throws IOException {
    SweepRun run = sweep(0).runs().get(0);
    Path folder = run.folder(temporary);
    run.write(folder);
    assertEquals(run.id(), SweepRun.read(folder).id());
    new Outcome(run.id(), run.setting(), 0, Optional.empty(), Map.of("mig", 0.25), 1).write(folder);
    SplittableRandom random = new SplittableRandom(2);
    for (String name : List.of("task.json", "result.json")) {
      Path file = folder.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int trial = 0; trial < 60; trial++) {
        byte[] bad = good.clone();
        bad[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(7));
        Files.write(file, trial < 50 ? bad : Arrays.copyOf(good, random.nextInt(good.length - 1)));
        if (name.equals("result.json")) {
          Throwable error = assertThrows(IOException.class, () -> Outcome.read(folder));
          assertTrue(error.getMessage().contains(file + " is not the outcome"), error.getMessage());
        } else if (trial >= 50) {
          Throwable error = assertThrows(IOException.class, () -> SweepRun.read(folder));
          assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        }
      }
      Files.write(file, good);
    }
    // Of the task, what decides the numbers counts: here how many steps.
    Path task = folder.resolve("task.json");
    Files.writeString(task, Files.readString(task).replace("\"steps\": 0", "\"steps\": 1"));
    Throwable error = assertThrows(IOException.class, () -> SweepRun.read(folder));
    assertTrue(error.getMessage().contains("it is damaged"), error.getMessage());
  }

  /** Blobs that are not those that the sweep was described with. */
  @Test
  void otherImagesThanTheSweepsAreRefused() throws IOException {
    SweepRun run = sweep(5).runs().get(0);
    Path folder = run.folder(temporary);
    run.write(folder);
    SweepRun changed =
        SweepRun.of(
            run.setting(), run.settings(), run.steps(), run.scores(), run.source(), "blobs 0");
    Outcome outcome = InProcess.perform(changed, new Blobs(), folder);
    String reason = outcome.failure().orElseThrow();
    assertTrue(reason.contains("described with the images blobs 0, here are blobs 1"), reason);
  }
}
