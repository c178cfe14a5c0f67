package dev.disentangle.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.ImageData;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Threads;
import dev.disentangle.training.Blobs;
import dev.disentangle.training.Settings;
import dev.disentangle.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class SweepTest {

  @TempDir private Path temporary;

  private static Sweep sweep() {
    return Sweep.over(Blobs::new)
        .methods(new Vae(Adam.of(1e-3)), new BetaVae(4, Adam.of(1e-3)))
        .each(b -> b.architecture(Blobs.architecture()).batchSize(16).recordEvery(10))
        .vary("latents", Settings.Builder::latents, 2, 3)
        .seeds(0, 1)
        .steps(30)
        .scores("mig");
  }

  @Test
  void theGridHasEveryCombinationOnce() throws IOException {
    List<SweepRun> runs = sweep().runs();
    assertEquals(8, runs.size());
    assertEquals(8, runs.stream().map(SweepRun::id).distinct().count());
    assertEquals(Map.of("method", "VAE", "latents", "2"), runs.get(0).setting());
    assertEquals(1, runs.get(1).settings().seed());
    assertEquals(3, runs.get(2).settings().latents());
    assertEquals("beta-VAE", runs.get(7).settings().objective().name());
    // The id follows from what decides the numbers, and from nothing else.
    assertEquals(runs, sweep().runs());
    assertEquals(runs.get(7).id(), sweep().seeds(1).runs().get(3).id());
    assertNotEquals(runs.get(0).id(), sweep().steps(31).runs().get(0).id());
    assertNotEquals(runs.get(0).id(), sweep().scores("sap").runs().get(0).id());
  }

  @Test
  void aRandomSearchTakesSomeSettingsWithAllSeeds() throws IOException {
    List<SweepRun> some = sweep().sample(2, 1).runs();
    assertEquals(4, some.size());
    assertEquals(2, some.stream().map(SweepRun::setting).distinct().count());
    assertEquals(some, sweep().sample(2, 1).runs());
    assertEquals(8, sweep().sample(100, 1).runs().size());
    boolean differs = false;
    for (long seed = 2; seed < 8; seed++) {
      differs |= !some.equals(sweep().sample(2, seed).runs());
    }
    assertTrue(differs, "another seed, another sample");
  }

  @Test
  void methodsOfOneNameAreToldApartByWhatDiffers() throws IOException {
    Sweep sweep = sweep().methods(new BetaVae(4), new Vae(), new BetaVae(8)).seeds(0);
    List<String> labels =
        sweep.runs().stream().map(r -> r.setting().get("method")).distinct().toList();
    assertEquals(List.of("beta-VAE beta 4.0", "VAE", "beta-VAE beta 8.0"), labels);
    assertFails("twice", sweep.methods(new Vae(), new Vae()));
    assertFails("methods", Sweep.over(Blobs::new));
    assertThrows(IllegalArgumentException.class, () -> sweep.seeds(1, 1));
    assertThrows(IllegalArgumentException.class, Sweep::over);
    assertThrows(
        IllegalArgumentException.class, () -> sweep.vary("latents", Settings.Builder::latents, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> sweep.vary("batch", Settings.Builder::batchSize, 4, 4));
    // Two axes that set the same choice make the same run twice.
    assertFails("same settings", sweep.vary("again", Settings.Builder::latents, 2, 3));
  }

  private static void assertFails(String part, Sweep sweep) {
    Throwable error = assertThrows(IllegalArgumentException.class, sweep::runs);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void whatIsFinishedIsNotRepeatedAndWhatFailedIs() throws IOException {
    Sweep sweep = sweep().seeds(0).vary("rate", SweepTest::doNothing, "a");
    SweepTable first = sweep.run(temporary, new InProcess());
    assertEquals(4, first.outcomes().size());
    assertEquals(List.of(), first.failures());
    for (Outcome outcome : first.outcomes()) {
      assertTrue(outcome.values().containsKey("reconstruction"), outcome::toString);
      assertTrue(Double.isFinite(outcome.values().get("mig")), outcome::toString);
    }
    Path one = temporary.resolve(first.outcomes().get(0).run()).resolve("result.json");
    Path two = temporary.resolve(first.outcomes().get(1).run()).resolve("result.json");
    Files.setLastModifiedTime(one, FileTime.fromMillis(1_000_000));
    SweepRun failed = sweep.runs().get(1);
    Files.delete(two);
    Outcome.failed(failed, "the machine was switched off").write(failed.folder(temporary));
    SweepTable second = sweep.run(temporary, new InProcess());
    assertEquals(first.outcomes().get(0), second.outcomes().get(0));
    assertEquals(FileTime.fromMillis(1_000_000), Files.getLastModifiedTime(one));
    assertEquals(first.outcomes().get(1).values(), second.outcomes().get(1).values());
    assertTrue(Files.readString(two).contains("mig"));
    // The trained model is there for whatever else is to be asked of it.
    Path checkpoint = one.resolveSibling("checkpoints").resolve("step-000000030");
    try (TrainedModel model = TrainedModel.open(checkpoint)) {
      assertEquals("VAE", model.name());
    }
    assertEquals(4, Table.read().csv(written(second).toFile()).rowCount());
  }

  private static void doNothing(Settings.Builder builder, String label) {
    // An axis for its label alone.
  }

  private Path written(SweepTable table) throws IOException {
    Path file = temporary.resolve("runs.csv");
    table.csv(file);
    return file;
  }

  @Test
  void aRunThatDivergesIsAFailureWithItsReasonAndTheOthersGoOn() throws IOException {
    SweepTable table =
        sweep()
            .methods(new Vae(Adam.of(900)), new Vae(Adam.of(1e-3)))
            .seeds(0)
            .steps(300)
            .run(temporary, new InProcess());
    List<String> failed = table.failures().stream().map(o -> o.setting().get("method")).toList();
    assertEquals(2, failed.size(), table::toString);
    assertTrue(failed.get(0).contains("learningRate=900"), failed::toString);
    String reason = table.failures().get(0).failure().orElseThrow();
    assertTrue(reason.contains("at step") && reason.contains("last checkpoint"), reason);
    Table summary = table.summary("reconstruction");
    assertEquals(List.of(1, 1, 0, 0), summary.intColumn("failed").asList());
    assertEquals(List.of(0, 0, 1, 1), summary.intColumn("runs").asList());
  }

  @Test
  void processesGiveTheSameNumbers() throws IOException {
    Sweep sweep = sweep().methods(new Vae(Adam.of(1e-3))).vary("s", SweepTest::doNothing, "a");
    SweepTable here = sweep.run(temporary.resolve("here"), new InProcess());
    LocalProcesses two =
        new LocalProcesses(2, Threads.count(), List.of("-Xmx512m", "-XX:+UseSerialGC"));
    SweepTable there = sweep.run(temporary.resolve("there"), two);
    assertEquals(List.of(), there.failures());
    for (int i = 0; i < here.outcomes().size(); i++) {
      assertEquals(here.outcomes().get(i).values(), there.outcomes().get(i).values());
      assertEquals(here.outcomes().get(i).setting(), there.outcomes().get(i).setting());
    }
    LocalProcesses poor = new LocalProcesses(1, 1, List.of("-Xmx1k"));
    SweepTable failed = sweep.seeds(7).run(temporary.resolve("poor"), poor);
    assertEquals(2, failed.failures().size());
    String reason = failed.failures().get(0).failure().orElseThrow();
    assertTrue(reason.contains("its process ended with status 1"), reason);
  }

  @Test
  void aSettingCanBeChosenWithoutFactors() throws IOException {
    Sweep sweep = sweep().methods(new BetaVae(0.1, Adam.of(1e-3))).steps(600);
    SweepTable table = sweep.run(temporary, new InProcess());
    assertThrows(IllegalArgumentException.class, () -> table.best("udr"));
    SweepTable ranked = sweep.withRanking(table, temporary);
    for (Outcome outcome : ranked.outcomes()) {
      double udr = outcome.values().get("udr");
      assertTrue(udr > 0 && udr <= 1, outcome::toString);
    }
    // Two models compared with each other have one value between them.
    assertEquals(
        ranked.outcomes().get(0).values().get("udr"),
        ranked.outcomes().get(1).values().get("udr"),
        1e-12);
    assertEquals(1, ranked.best("udr").size() - 1, "method and latents");
    assertEquals(4, ranked.outcomes().size());
    SweepTable single = sweep.seeds(0).withRanking(table, temporary);
    assertTrue(single.outcomes().stream().noneMatch(o -> o.values().containsKey("udr")));
  }

  @Test
  void aFileOfStatementsIsASweep() throws IOException {
    Path file = temporary.resolve("sweep.txt");
    Files.writeString(
        file,
        """
        // What a notebook's cell would hold.
        var sweep = Sweep.over(dev.disentangle.training.Blobs::new)
            .methods(new Vae(), new BetaVae(4))
            .each(b -> b.architecture(dev.disentangle.training.Blobs.architecture()).batchSize(16))
            .steps(20);
        SweepTable table = sweep.run(Path.of("FOLDER"), new InProcess());
        table.csv(Path.of("FOLDER", "runs.csv"));
        table.summary("reconstruction")
        """
            .replace("FOLDER", temporary.resolve("sweep").toString()));
    assertEquals(Optional.empty(), SweepFile.run(file));
    Table runs = Table.read().csv(temporary.resolve("sweep").resolve("runs.csv").toFile());
    assertEquals(2, runs.rowCount());
    Files.writeString(file, "Sweep.over();");
    assertTrue(SweepFile.run(file).orElseThrow().contains("sources must name"));
    Files.writeString(file, "var x = nothing;");
    assertTrue(SweepFile.run(file).orElseThrow().contains("cannot find symbol"));
    Files.writeString(file, "var x = (1;");
    assertTrue(SweepFile.run(file).isPresent());
  }

  @Test
  void aSourceThatAnotherProcessCannotFollowIsRefused() throws IOException {
    ImageData blobs = new Blobs();
    Sweep sweep = Sweep.over(() -> blobs).methods(new Vae());
    Throwable error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                sweep
                    .each(b -> b.architecture(Blobs.architecture()))
                    .run(temporary, LocalProcesses.of(1)));
    assertTrue(error.getMessage().contains("DSprites::small"), error.getMessage());
    DataSource reference = Blobs::new;
    assertEquals(Optional.of("dev.disentangle.training.Blobs#<init>"), reference.reference());
    assertEquals("blobs", DataSource.of(reference.reference().orElseThrow()).get().name());
    assertThrows(IllegalArgumentException.class, () -> DataSource.of("no.such.Class#method"));
    assertThrows(IllegalArgumentException.class, () -> DataSource.of("java.lang.String"));
  }
}
