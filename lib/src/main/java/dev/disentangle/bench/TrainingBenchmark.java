package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.DSpritesGrid;
import dev.disentangle.data.DSpritesShape;
import dev.disentangle.data.ImageData;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Processor;
import dev.disentangle.tensor.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps per second, alone and beside an eager PyTorch script in the same run. */
final class TrainingBenchmark {

  private static final double GAMMA = 40;
  private static final List<List<String>> LAYOUTS =
      List.of(
          List.of(),
          List.of("--channels-last", "1"),
          List.of("--fused", "1"),
          List.of("--channels-last", "1", "--fused", "1"));

  /** What this kit does with transposed convolutions, see the script. */
  private static final List<String> BIAS_APART = List.of("--bias-apart", "1");

  private final Options options;
  private final Report report;
  private final ImageData large =
      DSprites.generate(new DSpritesGrid(64, List.of(DSpritesShape.values()), 1, 4, 2));

  TrainingBenchmark(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run() {
    int threads = Threads.count();
    alone(threads);
    Optional<Yardstick> yardstick = Yardstick.find(options.python());
    if (yardstick.isEmpty()) {
      report.note("no Python with torch found (--python PATH): not compared with eager PyTorch");
      return;
    }
    compare(yardstick.get(), "betavae", new BetaVae(4), List.of("betavae"), threads);
    compare(yardstick.get(), "factorvae", new FactorVae(GAMMA), List.of("lean", "reuse"), threads);
    compareRounded(yardstick.get(), threads);
  }

  private void alone(int most) {
    Map<String, Objective> methods =
        Map.of("VAE", new Vae(), "beta-VAE", new BetaVae(4), "FactorVAE", new FactorVae(GAMMA));
    for (int threads = 1; threads <= most; threads++) {
      Threads.set(threads);
      double rate = MatrixProduct.gflops(1.5);
      report.row("matrix product 2048, " + threads + " threads", rate, "GFLOP/s", "");
      for (String method : List.of("VAE", "beta-VAE", "FactorVAE")) {
        time(method + " 64x64", methods.get(method), large, Architectures.paper(), 10, threads);
        time(
            method + " 32x32",
            methods.get(method),
            DSprites.small(),
            Architectures.small(),
            6,
            threads);
      }
    }
    Threads.set(most);
  }

  private void time(
      String what,
      Objective objective,
      ImageData data,
      Architecture networks,
      int latents,
      int threads) {
    try (StepTimer timer = new StepTimer(objective, data, networks, latents)) {
      double before = MatrixProduct.gflops(0.5);
      double rate = timer.stepsPerSecond(options.seconds());
      double product = (before + MatrixProduct.gflops(0.5)) / 2;
      double fraction = rate * timer.gflopPerStep() / product;
      report.row(
          what + ", " + threads + " threads",
          rate,
          "steps/s",
          String.format(
              java.util.Locale.ROOT,
              "%.2f GFLOP/step, %.0f %% of the matrix-product rate",
              timer.gflopPerStep(),
              100 * fraction));
      if (what.equals("beta-VAE 64x64") && threads == 2) {
        report.figure("betavae.fraction", fraction);
      }
    }
  }

  private void compare(
      Yardstick yardstick, String key, Objective objective, List<String> steps, int threads) {
    List<List<String>> variants = new ArrayList<>();
    for (String step : steps) {
      for (List<String> layout : LAYOUTS) {
        variants.add(concat(List.of("--step", step), layout));
      }
    }
    for (boolean settings : new boolean[] {false, true}) {
      String name = key + (settings ? ".ratio_same" : ".ratio");
      pairs(yardstick, name, objective, Architectures.paper(), settings, variants, threads);
    }
  }

  private void compareRounded(Yardstick yardstick, int threads) {
    boolean instructions = Processor.hasBfloat16();
    report.note("the processor has " + (instructions ? "" : "no known ") + "bfloat16 instructions");
    Architecture rounded =
        ((Architectures.Convolutional) Architectures.paper()).withPrecision(Precision.BFLOAT16);
    List<List<String>> variants = new ArrayList<>();
    for (String step : List.of("lean", "reuse")) {
      variants.add(List.of("--step", step, "--bf16", "1"));
      variants.add(List.of("--step", step, "--bf16", "1", "--channels-last", "1", "--fused", "1"));
    }
    Objective method = new FactorVae(GAMMA);
    pairs(yardstick, "factorvae.ratio_bf16", method, rounded, true, variants, threads);
  }

  /**
   * Beside the script's best variant, which may also have its biases apart as ours are. Where that
   * is the best one, the best of the others follows under a name that ends in {@code _usual}.
   */
  private void pairs(
      Yardstick yardstick,
      String key,
      Objective objective,
      Architecture networks,
      boolean settings,
      List<List<String>> variants,
      int threads) {
    double seconds = options.seconds() / 2;
    List<String> usual = yardstick.best(settings, seconds, threads, variants);
    List<List<String>> both = List.of(usual, concat(usual, BIAS_APART));
    List<String> best = yardstick.best(settings, seconds, threads, both);
    alternate(yardstick, key, objective, networks, settings, best, threads);
    if (best != usual) {
      alternate(yardstick, key + "_usual", objective, networks, settings, usual, threads);
    }
  }

  /** Alternating timings: the machine's speed drifts, the ratio of neighbours hardly does. */
  private void alternate(
      Yardstick yardstick,
      String key,
      Objective objective,
      Architecture networks,
      boolean settings,
      List<String> variant,
      int threads) {
    List<Double> ratios = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    try (StepTimer timer = new StepTimer(objective, large, networks, 10)) {
      for (int pair = 0; pair < options.pairs(); pair++) {
        own.add(timer.stepsPerSecond(options.seconds()));
        other.add(yardstick.stepsPerSecond(settings, options.seconds(), threads, variant));
        ratios.add(own.get(pair) / other.get(pair));
      }
    }
    report.row(key + ": ours", Medians.of(own), "steps/s", own.toString());
    report.row(
        key + ": PyTorch " + String.join(" ", variant),
        Medians.of(other),
        "steps/s",
        (settings ? "same settings " : "no settings ") + other);
    report.figure(key, Medians.of(ratios));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
