package dev.disentangle.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.sweep.InProcess;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.Runner;
import dev.disentangle.sweep.Sweep;
import dev.disentangle.sweep.SweepTable;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Threads;
import dev.disentangle.training.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** A sweep on a master and two workers of Spark's own. */
class SparkClusterTest {

  @TempDir private Path temporary;

  private static Sweep sweep() {
    return Sweep.over(DSprites::small)
        .methods(new Vae(Adam.of(1e-3)), new BetaVae(4, Adam.of(1e-3)))
        .each(builder -> builder.batchSize(16).recordEvery(10).measureEvery(0))
        .vary("latents", Settings.Builder::latents, 2, 4)
        .seeds(0, 1)
        .steps(40)
        .scores("mig");
  }

  private static SparkCluster on(StandaloneCluster cluster) {
    return new SparkCluster(cluster.master(), 1, List.of("-Xmx1g"), Map.of())
        .with("spark.driver.host", "127.0.0.1")
        .with("spark.executor.memory", "512m")
        .with("spark.ui.enabled", "false");
  }

  /** All but the seconds, which no two runs share. */
  private static String digits(SweepTable table) {
    Table runs = table.runs();
    runs.removeColumns("seconds");
    return runs.printAll();
  }

  /** Whether a worker's executor has started a run's process. */
  private static boolean trains(Process worker) {
    return worker.children().anyMatch(executor -> executor.children().findAny().isPresent());
  }

  /** Ends a worker in the middle of one of its runs. */
  private static void cutOffWhileItTrains(Process worker) {
    try {
      for (int attempt = 0; attempt < 1_200 && !trains(worker); attempt++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertTrue(trains(worker), "the worker was given no run in a minute");
      // Its process has begun to train, not only to start.
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    StandaloneCluster.cutOff(worker);
  }

  @Test
  void aSweepOutlivesAWorkerAndItsNumbersAreTheLocalOnes() throws Exception {
    Threads.set(1);
    SweepTable here = sweep().run(temporary.resolve("here"), new InProcess());
    assertEquals(8, here.outcomes().size());
    assertEquals(List.of(), here.failures());
    try (StandaloneCluster cluster = StandaloneCluster.start(temporary.resolve("spark"), 2)) {
      int[] finished = new int[1];
      Runner withAnAccident =
          (runs, folder, done) ->
              on(cluster)
                  .run(
                      runs,
                      folder,
                      outcome -> {
                        done.accept(outcome);
                        if (++finished[0] == 2) {
                          cutOffWhileItTrains(cluster.worker(0));
                        }
                      });
      SweepTable there = sweep().run(temporary.resolve("there"), withAnAccident);
      assertFalse(cluster.worker(0).isAlive());
      assertEquals(8, finished[0], "every run ends once");
      assertEquals(List.of(), there.failures());
      assertEquals(digits(here), digits(there));

      // The machine that is left takes other work, and a run's own fault is not the cluster's.
      SparkCluster poor =
          new SparkCluster(cluster.master(), 1, List.of("-Xmx1k"), on(cluster).configuration());
      SweepTable failed = sweep().seeds(7).sample(1, 0).run(temporary.resolve("poor"), poor);
      Outcome only = failed.failures().get(0);
      assertTrue(only.failure().orElseThrow().contains("ended with status 1"), only::toString);
    }
  }

  @Test
  void aMasterThatIsNotThereIsNamed() {
    SparkCluster nowhere = SparkCluster.at("spark://127.0.0.1:9");
    IOException error = assertThrows(IOException.class, () -> sweep().run(temporary, nowhere));
    assertTrue(error.getMessage().contains("no Spark master answers at spark://127.0.0.1:9"));
    SparkCluster misspelt = SparkCluster.at("spark://head");
    assertThrows(IllegalArgumentException.class, () -> sweep().run(temporary, misspelt));
    assertThrows(
        IllegalArgumentException.class, () -> new SparkCluster("local", 0, List.of(), Map.of()));
  }
}
