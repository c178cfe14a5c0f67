package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.disentangle.history.History;
import dev.disentangle.learner.NonFiniteException;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ResumeTest {

  @TempDir private Path temporary;

  private final Blobs blobs = new Blobs();

  static Settings.Builder builder(Objective method) {
    return Training.of(method, new Blobs())
        .latents(3)
        .batchSize(16)
        .seed(5)
        .architecture(Blobs.architecture())
        .recordEvery(7)
        .measureEvery(20);
  }

  static FactorVae factorVae() {
    return new FactorVae(5).withLearningRate(1e-3);
  }

  private Training saving(Path folder) {
    return builder(factorVae()).checkpoints(Checkpoints.in(folder).everySteps(10).keep(2)).build();
  }

  static float[][] means(Training training) {
    int[] all = IntStream.range(0, training.data().size()).toArray();
    return training.model().encode(training.data(), all).means();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLastCheckpointsAreKeptAndTheHistoryGrowsWithTheRun() throws IOException {
    Path folder = temporary.resolve("runs").resolve("one");
    try (Training training = saving(folder)) {
      training.run(
          41,
          (run, end) ->
              step -> {
                // Every row is in the file as soon as it is in the history.
                try {
                  String file = History.readCsv(folder.resolve("history.csv")).csv();
                  assertEquals(training.history().csv(), file);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertEquals(
          List.of(".lock", "history.csv", "step-000000040", "step-000000041"), names(folder));
      Table table = Table.read().csv(folder.resolve("history.csv").toFile());
      assertTrue(table.columnNames().contains("total_correlation"), table::toString);
      assertEquals("step", table.column(0).name());
    }
    // Each is complete in itself.
    try (Training one = Training.open(folder.resolve("step-000000040"), blobs)) {
      assertEquals(40, one.step());
    }
  }

  @Test
  void resumeGoesOnFromTheNewestGoodCheckpointBitForBit() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training straight = builder(factorVae()).build();
        Training first = saving(folder)) {
      straight.run(60);
      first.run(47);
    }
    try (Training straight = builder(factorVae()).build().run(60)) {
      Path newest = folder.resolve("step-000000047");
      byte[] weights = Files.readAllBytes(newest.resolve("weights.npz"));
      weights[weights.length / 2] ^= 1;
      Files.write(newest.resolve("weights.npz"), weights);
      Path newer = folder.resolve("step-000000050");
      Files.createDirectory(newer);
      try (Training resumed = Training.resume(folder, blobs)) {
        Resumption resumption = resumed.resumption().orElseThrow();
        assertEquals(40, resumption.step());
        assertEquals(List.of(newer, newest), List.copyOf(resumption.skipped().keySet()));
        assertTrue(resumption.skipped().get(newest).contains("weights.npz is damaged"));
        assertTrue(resumption.toString().contains("no run.json"), resumption::toString);
        // Cut back to the checkpoint's rows.
        assertEquals(resumed.history().csv(), Files.readString(folder.resolve("history.csv")));
        assertEquals(40, resumed.history().lastStep());
        assertEquals(10, resumed.checkpoints().orElseThrow().everySteps());
        resumed.run(20);
        assertArrayEquals(means(straight), means(resumed));
        assertEquals(straight.history().csv(), resumed.history().csv());
        assertEquals(
            straight.history().csv(), History.readCsv(folder.resolve("history.csv")).csv());
      }
    }
  }

  @Test
  void whatCannotBeResumedIsSaid() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = saving(folder)) {
      training.run(10);
      Path newest = folder.resolve("step-000000010");
      JsonObject run = CheckpointFolder.read(newest).run();
      run.addProperty("format", 7);
      CheckpointFolder.commit(newest, run);
      try (Training other = builder(new Vae()).checkpoints(Checkpoints.in(folder)).build()) {
        String message = assertThrows(IOException.class, other::resume).getMessage();
        assertTrue(message.contains("another training of this process trains into"), message);
      }
    }
    try (Training other = builder(new Vae()).checkpoints(Checkpoints.in(folder)).build()) {
      String message = assertThrows(IOException.class, other::resume).getMessage();
      assertTrue(message.contains("step-000000010"), message);
      assertTrue(message.contains("format 7"), message);
      assertTrue(message.contains("step-000000000"), message);
      assertTrue(message.contains("saved with objective FactorVAE"), message);
      message = assertThrows(IllegalStateException.class, () -> other.run(1)).getMessage();
      assertTrue(message.contains("earlier run, up to step-000000010"), message);
    }
    assertThrows(IOException.class, () -> Training.resume(temporary.resolve("none"), blobs));
    try (Training plain = builder(new Vae()).build()) {
      assertThrows(IllegalStateException.class, plain::resume);
    }
  }

  @Test
  void aRunThatWasKilledInItsFirstSaveStartsAnew() throws IOException {
    Path folder = temporary.resolve("run");
    Path first = Files.createDirectories(folder.resolve("step-000000000"));
    Files.createFile(folder.resolve(".lock"));
    Files.createFile(first.resolve(".lock"));
    Files.write(first.resolve("weights.npz"), new byte[3]);
    try (Training training = saving(folder)) {
      training.run(1);
      assertEquals(
          List.of(".lock", "history.csv", "step-000000000", "step-000000001"), names(folder));
    }
  }

  @Test
  void anInterruptedRunIsSavedWhereItStopped() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = builder(factorVae()).checkpoints(folder).build()) {
      assertThrows(
          CancellationException.class,
          () ->
              training.run(
                  100,
                  (run, end) ->
                      step -> {
                        if (step == 13) {
                          Thread.currentThread().interrupt();
                        }
                      }));
    }
    try (Training resumed = Training.resume(folder, blobs)) {
      assertEquals(13, resumed.step());
      assertEquals(Duration.ofMinutes(10), resumed.checkpoints().orElseThrow().every());
    }
  }

  @Test
  void theClockCountsToo() throws IOException {
    Path folder = temporary.resolve("run");
    Checkpoints often = Checkpoints.in(folder).every(Duration.ofNanos(1)).keep(4);
    try (Training training = builder(factorVae()).checkpoints(often).build()) {
      training.run(5);
    }
    assertEquals(6, names(folder).size(), names(folder)::toString);
    assertThrows(IllegalArgumentException.class, () -> often.keep(0));
    assertThrows(IllegalArgumentException.class, () -> often.everySteps(0));
    assertThrows(IllegalArgumentException.class, () -> often.every(Duration.ofSeconds(-1)));
  }

  @Test
  void divergenceNamesTheLastGoodCheckpoint() {
    Path folder = temporary.resolve("run");
    try (Training training =
        builder(new Vae(Adam.of(900))).checkpoints(Checkpoints.in(folder).everySteps(1)).build()) {
      NonFiniteException error = assertThrows(NonFiniteException.class, () -> training.run(200));
      String last = String.format("step-%09d", training.step());
      assertTrue(error.getMessage().contains(last), error.getMessage());
      assertTrue(error.getMessage().contains("at step " + training.step()), error.getMessage());
      assertTrue(error.getMessage().contains("Training.resume"), error.getMessage());
    }
  }

  @Test
  void aRunRepeatsItselfFromItsRecordAndAnotherSeedIsSeen() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = builder(factorVae()).build().run(30)) {
      training.save(folder);
    }
    Rerun same = Rerun.of(folder, blobs);
    assertTrue(same.agrees(), same::toString);
    assertEquals(30, same.step());
    assertEquals(List.of(), same.environment());
    assertEquals("30 steps again: the same numbers to the last bit", same.toString());
    // A run that was not what its record says: its weights come from another seed.
    JsonObject run = CheckpointFolder.read(folder).run();
    assertEquals(Threads.device(), run.getAsJsonObject("environment").get("device").getAsString());
    run.getAsJsonObject("settings").addProperty("seed", "6");
    run.getAsJsonObject("setup").addProperty("seed", 6);
    run.getAsJsonObject("environment").addProperty("threads", "77");
    CheckpointFolder.commit(folder, run);
    Rerun other = Rerun.of(folder, blobs);
    assertTrue(other.toString().contains("reconstruction at step 7 was"), other::toString);
    assertTrue(other.toString().contains("weights encoder/"), other::toString);
    assertTrue(other.environment().get(0).startsWith("threads was 77, is "), other::toString);
  }
}
