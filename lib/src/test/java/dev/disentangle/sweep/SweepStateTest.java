package dev.disentangle.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.training.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** A sweep of two methods and two seeds, 100 steps each, at seconds that the test makes up. */
class SweepStateTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private int writes;

  private static List<SweepRun> runs() throws IOException {
    return Sweep.over(Blobs::new)
        .methods(new Vae(), new BetaVae(4))
        .each(b -> b.architecture(Blobs.architecture()))
        .seeds(0, 1)
        .steps(100)
        .scores("mig")
        .runs();
  }

  /** What a run appends to its history. */
  private void records(SweepRun run, long step, double reconstruction) throws IOException {
    Path file = InProcess.checkpoints(run.folder(folder)).resolve("history.csv");
    Files.createDirectories(file.getParent());
    History history = new History();
    history.record(step, Map.of("reconstruction", reconstruction));
    history.writeCsv(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * ++writes));
  }

  private static Outcome outcome(SweepRun run, double mig) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("reconstruction", 30.0);
    values.put("mig", mig);
    return new Outcome(run.id(), run.setting(), run.settings().seed(), Optional.empty(), values, 9);
  }

  @Test
  void aSweepIsFollowedFromItsFiles() throws IOException {
    List<SweepRun> runs = runs();
    // Left by a call that was interrupted: no sign of life.
    records(runs.get(3), 40, 99);
    SweepState state = new SweepState(runs, Map.of(), folder, 0);
    state.look(SECOND);
    assertEquals("0 of 4 runs done, 0 running", state.headline(SECOND));

    records(runs.get(0), 10, 60);
    state.look(2 * SECOND);
    records(runs.get(0), 50, 40);
    state.look(6 * SECOND);
    // The run: 40 steps in four seconds, 50 more in five. The sweep: 40 in six, 350 more in 52.5.
    assertEquals(
        "0 of 4 runs done, 1 running, about 53 s left | method VAE, seed 0 step 50 of 100, 5 s left",
        state.line(6 * SECOND));
    Table table = state.table();
    assertEquals(
        List.of("method", "done", "running", "failed", "waiting", "now", "reconstruction"),
        table.columnNames());
    assertEquals(List.of(1, 0), table.intColumn("running").asList());
    assertEquals(List.of(1, 2), table.intColumn("waiting").asList());
    assertEquals("seed 0: step 50 of 100, 5 s left", table.stringColumn("now").get(0));
    assertEquals(40, table.doubleColumn("reconstruction").get(0), 0);

    state.ended(outcome(runs.get(0), 0.5), 10 * SECOND);
    state.ended(Outcome.failed(runs.get(2), "died"), 11 * SECOND);
    table = state.table();
    assertEquals(List.of(1, 0), table.intColumn("done").asList());
    assertEquals(List.of(0, 1), table.intColumn("failed").asList());
    assertEquals(0.5, table.doubleColumn("mig").get(0), 0);
    assertTrue(table.doubleColumn("mig").isMissing(1));
    assertTrue(state.headline(11 * SECOND).startsWith("1 of 4 runs done, 1 failed, 0 running"));
  }

  @Test
  void whatWasFinishedBeforeCountsAndTakesNoTime() throws IOException {
    List<SweepRun> runs = runs();
    Map<String, Outcome> finished = new LinkedHashMap<>();
    runs.forEach(run -> finished.put(run.id(), outcome(run, 0.25)));
    SweepState state = new SweepState(runs, finished, folder, 0);
    assertEquals("4 of 4 runs done", state.line(SECOND));
    assertEquals(List.of(2, 2), state.table().intColumn("done").asList());
    assertEquals("90 s", SweepState.duration(90));
    assertEquals("90 min", SweepState.duration(5_400));
    assertEquals("3.0 h", SweepState.duration(10_800));
  }
}
