package dev.disentangle.bench;

import dev.disentangle.metric.TotalCorrelation;
import dev.disentangle.metric.TrueTotalCorrelation;
import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;

/** The true total correlation over as many posteriors as dSprites has images. */
final class TotalCorrelationBenchmark {

  private static final int IMAGES = 737_280;
  private static final int LATENTS = 10;
  private static final int SAMPLES = 1_000;

  private final Report report;

  TotalCorrelationBenchmark(Report report) {
    this.report = report;
  }

  void run() {
    Codes codes = posteriors();
    long start = System.nanoTime();
    TotalCorrelation result = TrueTotalCorrelation.of(codes, SAMPLES, 0);
    double seconds = (System.nanoTime() - start) / 1e9;
    report.row(
        SAMPLES + " samples, " + IMAGES + " posteriors, " + LATENTS + " latents",
        seconds,
        "s",
        String.format(java.util.Locale.ROOT, "%.3f nats", result.nats()));
    report.row("peak resident memory of the process", Memory.peakMib(), "MiB", "");
    report.figure("tc.seconds", seconds);
  }

  /**
   * Half of the latents informative with narrow posteriors, half of them silent, as models have.
   */
  private static Codes posteriors() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] means = new float[IMAGES][LATENTS];
    float[][] logVariances = new float[IMAGES][LATENTS];
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < LATENTS; j++) {
        boolean informative = j < LATENTS / 2;
        means[i][j] = (float) (random.nextGaussian() * (informative ? 1 : 0.01));
        logVariances[i][j] = informative ? -5 + random.nextFloat() : -0.01f * random.nextFloat();
      }
    }
    return new Codes(means, logVariances);
  }
}
