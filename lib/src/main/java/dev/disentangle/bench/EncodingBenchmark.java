package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.metric.Scores;
import dev.disentangle.model.Architectures;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.tensor.Threads;
import dev.disentangle.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images per second through the paper's encoder, reading included, beside an eager PyTorch loop in
 * the same run; then all scores of a model of all of dSprites, as a user asks for them.
 */
final class EncodingBenchmark {

  private static final int IMAGES = 60_000;
  private static final List<String> BATCHES = List.of("64", "256");

  private final Options options;
  private final Report report;
  private final ImageData sprites = DSprites.generate();
  private final int[] some = IntStream.range(0, IMAGES).map(i -> 12 * i).toArray();

  EncodingBenchmark(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run() {
    try (Training training =
        Training.of(new BetaVae(4), sprites)
            .latents(10)
            .architecture(Architectures.paper())
            .measureEvery(0)
            .build()) {
      imagesPerSecond(training, options.seconds());
      compare(training);
      long start = System.nanoTime();
      Scores scores = Scores.of(training.model(), sprites);
      double all = (System.nanoTime() - start) / 1e9;
      double alone = scores.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
      report.row("all scores of a model of all images", all, "s", "");
      report.row("of these the scores themselves", alone, "s", scores.seconds().toString());
      report.figure("scores.full.seconds", all);
    }
  }

  private void compare(Training training) {
    List<Double> own = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    Optional<Yardstick> yardstick = Yardstick.find(options.python());
    Optional<Variant> best = yardstick.map(this::best);
    for (int pair = 0; pair < options.pairs(); pair++) {
      own.add(imagesPerSecond(training, options.seconds()));
      if (best.isPresent()) {
        other.add(imagesPerSecond(yardstick.get(), options.seconds(), best.get()));
        ratios.add(own.get(pair) / other.get(pair));
      }
    }
    report.row("encoding, ours", Medians.of(own), "images/s", own.toString());
    report.figure("encode.images_per_second", Medians.of(own));
    if (best.isPresent()) {
      report.row(
          "encoding, PyTorch " + best.get(), Medians.of(other), "images/s", other.toString());
      report.figure("encode.ratio", Medians.of(ratios));
    } else {
      report.note("no Python with torch found (--python PATH): not compared with eager PyTorch");
    }
  }

  private double imagesPerSecond(Training training, double seconds) {
    long start = System.nanoTime();
    long images = 0;
    double elapsed;
    do {
      training.model().encode(sprites, some);
      images += some.length;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return images / elapsed;
  }

  /** PyTorch's threads of each worker, and the script's options. */
  private record Variant(int threads, List<String> options) {}

  /** One thread after another on all cores, or a worker on each; layouts, batches, fused calls. */
  private Variant best(Yardstick yardstick) {
    int cores = Threads.count();
    List<Variant> variants = new ArrayList<>();
    for (String batch : BATCHES) {
      for (String layout : List.of("0", "1")) {
        for (String fused : List.of("0", "1")) {
          for (int workers : cores == 1 ? new int[] {1} : new int[] {1, cores}) {
            variants.add(
                new Variant(
                    cores / workers,
                    List.of(
                        "--workers",
                        String.valueOf(workers),
                        "--batch",
                        batch,
                        "--channels-last",
                        layout,
                        "--pointwise",
                        fused)));
          }
        }
      }
    }
    return Yardstick.best(variants, variant -> imagesPerSecond(yardstick, 1, variant));
  }

  private static double imagesPerSecond(Yardstick yardstick, double seconds, Variant variant) {
    List<String> all = new ArrayList<>(variant.options());
    all.addAll(List.of("--encode", String.valueOf(IMAGES / 4)));
    return yardstick.imagesPerSecond(true, seconds, variant.threads(), all);
  }
}
