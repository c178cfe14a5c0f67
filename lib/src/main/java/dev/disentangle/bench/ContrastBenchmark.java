package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.FactorVaeProtocol;
import dev.disentangle.metric.FactorVaeScore;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.plot.Plots;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The contrast that the FactorVAE paper is about, at the small preset: VAE, beta-VAE and FactorVAE,
 * several seeds each, with the FactorVAE score and the reconstruction of every run.
 */
final class ContrastBenchmark {

  private static final int LATENTS = 6;
  private static final int STEPS = 500;
  private static final double GAMMA = 60;
  private static final double BETA = 4;

  /** In so short a run the codes move faster than a discriminator follows that learns once. */
  private static final int DISCRIMINATOR_STEPS = 5;

  private static final double RATE = 1e-3;
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader(
              "method",
              "seed",
              "factorvae_score",
              "reconstruction_nats",
              "kl_nats",
              "true_total_correlation_nats")
          .get();

  /** One run's numbers. */
  private record Run(double score, double reconstruction, double kl, double totalCorrelation) {}

  private ContrastBenchmark() {}

  /**
   * Trains and scores all runs.
   *
   * @param out where the table and the figures go
   * @param seeds runs of each method
   * @param folder receives {@code contrast.csv} and {@code contrast.png}
   * @throws IOException if a file cannot be written
   */
  static void run(PrintStream out, int seeds, Path folder) throws IOException {
    Files.createDirectories(folder);
    DSprites sprites = DSprites.small();
    out.printf("%ncontrast, on %s, %d steps%n", sprites, STEPS);
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    try (Writer writer = Files.newBufferedWriter(folder.resolve("contrast.csv"));
        CSVPrinter csv = new CSVPrinter(writer, CSV)) {
      for (int seed = 0; seed < seeds; seed++) {
        for (Objective method : methods()) {
          Run run = train(method, sprites, seed);
          runs.computeIfAbsent(method.name(), name -> new ArrayList<>()).add(run);
          print(out, csv, method.name(), seed, run);
        }
      }
    }
    draw(runs, seeds, folder.resolve("contrast.png"));
    out.println("written to " + folder.resolve("contrast.csv") + " and contrast.png");
    figures(out, runs);
  }

  private static List<Objective> methods() {
    return List.of(
        new Vae(Adam.of(RATE)),
        new BetaVae(BETA, Adam.of(RATE)),
        new FactorVae(GAMMA).withLearningRate(RATE).withDiscriminatorSteps(DISCRIMINATOR_STEPS));
  }

  private static Run train(Objective method, DSprites sprites, long seed) {
    try (Training training =
        Training.of(method, sprites).latents(LATENTS).seed(seed).measureEvery(STEPS).build()) {
      training.run(STEPS);
      int[] all = IntStream.range(0, sprites.size()).toArray();
      Codes codes = training.model().encode(sprites, all);
      FactorVaeProtocol protocol = FactorVaeProtocol.paper();
      return new Run(
          FactorVaeScore.of(codes, sprites.space(), protocol, 0).evaluationAccuracy(),
          training.history().last(Terms.RECONSTRUCTION),
          training.history().last(Terms.KL),
          training.history().last(Terms.TOTAL_CORRELATION));
    }
  }

  private static void print(PrintStream out, CSVPrinter csv, String name, int seed, Run run)
      throws IOException {
    out.printf(
        Locale.ROOT,
        "  %-10s seed %d: score %.3f, reconstruction %.2f, KL %.2f, true TC %.3f%n",
        name,
        seed,
        run.score(),
        run.reconstruction(),
        run.kl(),
        run.totalCorrelation());
    csv.printRecord(
        name,
        seed,
        rounded(run.score()),
        rounded(run.reconstruction()),
        rounded(run.kl()),
        rounded(run.totalCorrelation()));
    csv.flush();
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static double median(List<Run> runs, Function<Run, Double> value) {
    return Medians.of(runs.stream().map(value).toList());
  }

  /** Bars at the median score, with whiskers of half the range. */
  private static void draw(Map<String, List<Run>> runs, int seeds, Path file) throws IOException {
    List<String> names = List.copyOf(runs.keySet());
    double[] medians = new double[names.size()];
    double[] spreads = new double[names.size()];
    for (int i = 0; i < medians.length; i++) {
      List<Run> group = runs.get(names.get(i));
      medians[i] = median(group, Run::score);
      double highest = group.stream().mapToDouble(Run::score).max().orElseThrow();
      double lowest = group.stream().mapToDouble(Run::score).min().orElseThrow();
      spreads[i] = (highest - lowest) / 2;
    }
    String title = "FactorVAE score, median of " + seeds + " seeds";
    ImageIO.write(Plots.bars(title, names, medians, spreads), "png", file.toFile());
  }

  private static void figures(PrintStream out, Map<String, List<Run>> runs) {
    List<Run> factor = runs.get("FactorVAE");
    List<Run> beta = runs.get("beta-VAE");
    figure(
        out,
        "contrast.factorvae_minus_betavae",
        median(factor, Run::score) - median(beta, Run::score));
    figure(
        out,
        "contrast.reconstruction.factorvae_minus_betavae",
        median(factor, Run::reconstruction) - median(beta, Run::reconstruction));
  }

  private static void figure(PrintStream out, String key, double value) {
    out.printf(Locale.ROOT, "figure %s %.3f%n", key, value);
  }
}
