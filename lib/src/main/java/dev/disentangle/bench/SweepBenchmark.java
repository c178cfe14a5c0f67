package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.sweep.InProcess;
import dev.disentangle.sweep.LocalProcesses;
import dev.disentangle.sweep.Runner;
import dev.disentangle.sweep.Sweep;
import dev.disentangle.sweep.SweepTable;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Nine runs of the small preset one after another, and the same in processes side by side. */
final class SweepBenchmark {

  private static final int STEPS = 300;
  private static final double RATE = 1e-3;

  private final Report report;

  SweepBenchmark(Report report) {
    this.report = report;
  }

  void run() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    double here = seconds(new InProcess());
    String each = "9 runs of " + STEPS + " steps, VAE, beta-VAE and FactorVAE";
    report.row(each + ", one after another", here, "s", processors + " threads");
    double there = seconds(new LocalProcesses(processors, 1, List.of()));
    report.row(each + ", processes", there, "s", processors + " of one thread each");
    report.row("ratio", there / here, "", "");
    report.figure("sweep.ratio", there / here);
  }

  private static double seconds(Runner runner) throws IOException {
    // A folder of its own, for what is finished is not repeated.
    Path folder = Files.createTempDirectory("disentangle-sweep");
    long start = System.nanoTime();
    SweepTable table =
        Sweep.over(DSprites::small)
            .methods(
                new Vae(Adam.of(RATE)),
                new BetaVae(4, Adam.of(RATE)),
                new FactorVae(20).withLearningRate(RATE))
            .each(builder -> builder.latents(6))
            .seeds(0, 1, 2)
            .steps(STEPS)
            .run(folder, runner);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!table.failures().isEmpty()) {
      throw new IllegalStateException("a run failed: " + table.failures().get(0));
    }
    return seconds;
  }
}
