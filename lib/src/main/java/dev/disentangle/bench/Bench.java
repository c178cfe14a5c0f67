package dev.disentangle.bench;

import dev.disentangle.Disentangle;
import dev.disentangle.evidence.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The benchmarks behind {@code environment/bench}. */
public final class Bench {

  private static final List<String> GROUPS =
      List.of(
          "training",
          "encode",
          "profile",
          "data",
          "tc",
          "scores",
          "methods",
          "models",
          "families",
          "wae",
          "contrast",
          "sweep",
          "evidence",
          "gallery");
  private static final String USAGE =
      """
      usage: environment/bench [GROUP...] [--python PATH] [--seconds S] [--pairs N] [--seeds N] [--mnist DIR] [--only A,B] [--output DIR] [--committed]
             environment/bench kernel [--seconds S] [--pairs N]

      training   steps/s of VAE, beta-VAE and FactorVAE, beside an eager PyTorch script
      encode     images/s through the encoder, beside an eager PyTorch loop; all scores of dSprites
      kernel     a training in a cell of the real kernel beside the same in a process; alone only
      profile    a beta-VAE step layer by layer, beside the floors of products and bytes
      data       dSprites: generation, images/s out of the packed store
      tc         the true total correlation over 737,280 posteriors
      scores     the table of scores from cached codes
      methods    a short run of every method: speed, reconstruction, its own regulariser
      models     models on MNIST, a minute or two each, beside their papers' figures; one needs no --mnist
      families   a picture per family of methods, from a short run each
      wae        VAE, WAE-MMD and WAE-GAN on MNIST as in the WAE paper's table; needs --mnist
      sweep      nine runs of the small preset one after another, and in processes
      contrast   VAE, beta-VAE and FactorVAE, some seeds each, with their FactorVAE scores

      evidence   the papers' findings: runs what is missing in lib/experiments (many hours), and their figures
      gallery    the models that come with the library; --output DIR keeps those that are there

        --committed    only the figures of the runs that are there
        --python PATH  a Python with torch for the comparison (default: python3, if it has torch)
        --seconds S    length of one timing (6)
        --pairs N      alternating timings of ours and the yardstick (5)
        --seeds N      runs of each method in the contrast, of each prior in models and method in wae (3)
        --mnist DIR    folder of MNIST's four files, as published
        --only A,B     of the models these alone; there are
                       %s
        --output DIR   folder of the CSV files (target/bench)
      """
          .formatted(String.join(", ", ModelsBenchmark.names()));

  /** Why a benchmark on MNIST does not run. */
  static final String NO_MNIST = "--mnist DIR says where MNIST's four files are";

  private static final long FAMILIES_SEED = 1;

  private Bench() {}

  /**
   * Runs benchmarks.
   *
   * @param arguments groups and options, see {@code --help}
   * @throws IOException if a CSV cannot be written
   */
  public static void main(String... arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(GROUPS, arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(Disentangle.version());
    for (String group : options.groups()) {
      run(group, options);
    }
  }

  private static void run(String group, Options options) throws IOException {
    switch (group) {
      case "training" -> {
        Report report = new Report(group, System.out);
        new TrainingBenchmark(options, report).run();
        report.finish(options.output());
      }
      case "encode" -> {
        Report report = new Report(group, System.out);
        new EncodingBenchmark(options, report).run();
        report.finish(options.output());
      }
      case "profile" -> {
        Report report = new Report(group, System.out);
        new StepProfile(options, report).run();
        report.finish(options.output());
      }
      case "tc" -> {
        Report report = new Report(group, System.out);
        new TotalCorrelationBenchmark(report).run();
        report.finish(options.output());
      }
      case "sweep" -> {
        Report report = new Report(group, System.out);
        new SweepBenchmark(report).run();
        report.finish(options.output());
      }
      case "evidence" -> {
        Report report = new Report(group, System.out);
        new EvidenceBenchmark(report, Path.of("lib", "experiments")).run(options.committed());
        report.finish(options.output());
      }
      case "gallery" -> gallery(options);
      case "data" -> DataBenchmark.run(System.out::println, Path.of("datasets"));
      case "methods" -> MethodsBenchmark.run(System.out, options.output());
      case "models" -> {
        Report report = new Report(group, System.out);
        ModelsBenchmark.run(options, report);
        report.finish(options.output());
      }
      case "wae" -> wae(options);
      case "families" ->
          FamilyPictures.run(System.out, options.output().resolve("families"), FAMILIES_SEED);
      case "contrast" -> ContrastBenchmark.run(System.out, options.seeds(), options.output());
      case "scores" -> ScoresBenchmark.main(new String[0]);
      default -> throw new IllegalArgumentException("unknown group " + group);
    }
  }

  private static void gallery(Options options) throws IOException {
    Report report = new Report("gallery", System.out);
    Path folder = Files.createDirectories(options.output().resolve("models"));
    GalleryBenchmark gallery = new GalleryBenchmark(folder, report);
    List<String> methods = List.of("VAE", "beta-VAE beta 4.0", "FactorVAE gamma 35.0");
    gallery.experiment(Experiments.frontiers(), Path.of("lib", "experiments"), methods);
    gallery.methods();
    gallery.index();
  }

  private static void wae(Options options) throws IOException {
    Report report = new Report("wae", System.out);
    if (options.mnist() == null) {
      report.note("left out: " + NO_MNIST);
      return;
    }
    new WaeBenchmark(options.mnist(), options.output(), report).run(options.seeds());
    report.finish(options.output());
  }
}
