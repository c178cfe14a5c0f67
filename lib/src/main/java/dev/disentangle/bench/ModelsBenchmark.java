package dev.disentangle.bench;

import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Labels;
import dev.disentangle.data.Mnist;
import dev.disentangle.data.Subset;
import dev.disentangle.metric.ModelEvidence;
import dev.disentangle.metric.fit.LogisticRegression;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.model.VampPrior;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VqVae;
import dev.disentangle.plot.ImageGrid;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Settings;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Runs of some minutes on MNIST of the models whose papers report a figure on it: each of ours
 * beside the paper's, and a sheet of samples. The runs are far shorter than the papers'.
 */
final class ModelsBenchmark {

  private static final int CLASSES = 10;
  private static final int KNOWN = 100;
  private static final int SHOWN = 10;
  private static final Adam ADAM = Adam.of(1e-3);

  private final ImageData train;
  private final ImageData test;
  private final Report report;
  private final Path folder;
  private final List<List<Image>> sheet = new ArrayList<>();
  private final List<String> rowLabels = new ArrayList<>();

  private ModelsBenchmark(Path mnist, Path folder, Report report) throws IOException {
    this.train = Mnist.train(mnist);
    this.test = Mnist.test(mnist);
    this.folder = folder;
    this.report = report;
  }

  /**
   * Runs all.
   *
   * @param mnist folder of the four published files
   * @param folder receives {@code models.csv} and {@code models.png}, after every model
   * @param seeds how many seeds compare two priors
   * @param report where rows go
   * @throws IOException if a file cannot be read or written
   */
  static void run(Path mnist, Path folder, int seeds, Report report) throws IOException {
    ModelsBenchmark models = new ModelsBenchmark(mnist, folder, report);
    models.conditional();
    models.stacked();
    models.mixture();
    models.quantised();
    models.semiSupervised();
    models.priors(seeds);
  }

  private Training training(Objective method, int latents) {
    return Training.of(method, train).latents(latents).measureEvery(0).build();
  }

  private void conditional() throws IOException {
    try (Training training = training(new ConditionalVae(Labels.of("digit"), ADAM), 10)) {
      training.run(1_000);
      List<Image> samples = new ArrayList<>();
      int[] labels = new int[CLASSES * 100];
      for (int digit = 0; digit < CLASSES; digit++) {
        samples.addAll(training.model().sample(digit, 100, digit));
        Arrays.fill(labels, digit * 100, (digit + 1) * 100, digit);
      }
      ImageData some = Subset.random(train, 5_000, 0);
      LogisticRegression judge =
          LogisticRegression.fit(
              pixels(images(some, some.size())), digits(some, some.size()), CLASSES);
      double own = judge.accuracy(pixels(images(test, 2_000)), digits(test, 2_000));
      double recognised = judge.accuracy(pixels(samples), labels);
      report.row(
          "CVAE: samples given a digit, recognised",
          recognised,
          "share",
          "by a logistic regression that recognises %.3f of real test digits; 1,000 steps"
              .formatted(own));
      report.figure("models.cvae.recognised", recognised);
      List<Image> row = IntStream.range(0, CLASSES).mapToObj(d -> samples.get(d * 100)).toList();
      show("CVAE", row);
    }
  }

  /**
   * The classifier's weight is far above the paper's 0.1, which after so few steps leaves it
   * without labels, and {@code z} has five latents, which leaves it no room to say what the label
   * says.
   */
  private void semiSupervised() throws IOException {
    Labels labels = Labels.of("digit").known(KNOWN);
    Settings.Builder builder =
        Training.of(new SemiSupervisedVae(labels, 20, Adam.of(2e-3)), train)
            .latents(5)
            .batchSize(32);
    try (Training training = builder.measureEvery(0).build()) {
      training.run(800);
      double accuracy = recognised(training.model(), 5);
      report.row(
          "M2: test accuracy, 100 labels", accuracy, "share", "800 steps of 32; the paper: 0.880");
      report.figure("models.m2.accuracy", accuracy);
      show("M2", oneOfEach(training.model()));
    }
  }

  private void stacked() throws IOException {
    Labels labels = Labels.of("digit").known(KNOWN);
    try (Training training = training(new StackedVae(labels, 600, 10, ADAM), 20)) {
      training.run(1_800);
      double accuracy = recognised(training.model(), 20);
      report.row(
          "M1+M2: test accuracy, 100 labels",
          accuracy,
          "share",
          "600 steps of M1, 1,200 of M2; the paper: 0.967");
      report.figure("models.m1m2.accuracy", accuracy);
      show("M1+M2", oneOfEach(training.model()));
    }
  }

  private void mixture() throws IOException {
    try (Training training = training(new GaussianMixtureVae(CLASSES, 8, 128, 0, ADAM), 10)) {
      training.run(1_000);
      float[][] codes = codes(training.model(), 2_000);
      int[] digits = digits(test, 2_000);
      int[][] table = new int[CLASSES][CLASSES];
      for (int i = 0; i < digits.length; i++) {
        table[best(codes[i], 10)][digits[i]]++;
      }
      int right = 0;
      for (int[] cluster : table) {
        right += IntStream.of(cluster).max().orElseThrow();
      }
      report.row(
          "GMVAE: clustering accuracy, 10 clusters",
          (double) right / digits.length,
          "share",
          "each cluster its commonest digit; 1,000 steps; the paper: 0.823 for 10");
      report.figure("models.gmvae.accuracy", (double) right / digits.length);
      show("GMVAE", oneOfEach(training.model()));
    }
  }

  private void quantised() throws IOException {
    Adam prior = Adam.of(1e-3);
    try (Training training = training(new VqVae(64, 8, 0.25, ADAM, prior), 16)) {
      training.run(1_000);
      double perplexity = training.history().last(VqVae.PERPLEXITY);
      report.row(
          "VQ-VAE: codebook perplexity of 64",
          perplexity,
          "vectors",
          "1,000 steps; the paper: none");
      report.figure("models.vqvae.perplexity", perplexity);
      report.row(
          "VQ-VAE: squared error of test digits",
          squaredError(training.model()),
          "per image",
          "black pictures: %.1f".formatted(SquaredError.ofBlack(images(test, 500))));
      int[] first = IntStream.range(0, SHOWN).toArray();
      show("test digits", images(test, SHOWN));
      show("VQ-VAE", training.model().decode(training.model().encode(test, first).means()));
      show("its samples", training.model().sample(SHOWN, 0));
    }
  }

  /** The same VAE with two priors, by the importance-weighted log-likelihood of test images. */
  private void priors(int seeds) throws IOException {
    double difference = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double plain = evidence(new StandardNormal(), seed);
      double vamp = evidence(new VampPrior(100), seed);
      difference += (vamp - plain) / seeds;
      report.row(
          "log p(x), VampPrior of 100 over N(0, I), seed " + seed,
          vamp - plain,
          "nats",
          "%.2f and %.2f; 400 steps, grey values as probabilities".formatted(vamp, plain));
    }
    report.row("its mean", difference, "nats", "the paper, binary MNIST, much longer: 3.0");
    report.figure("models.vamp.difference", difference);
    write();
  }

  private double evidence(PriorFamily prior, long seed) {
    try (Training training =
        Training.of(new Vae(ADAM), train)
            .latents(20)
            .prior(prior)
            .seed(seed)
            .measureEvery(0)
            .build()) {
      training.run(400);
      TrainedModel model = training.model();
      int[] judged = IntStream.range(0, 200).toArray();
      return ModelEvidence.of(
              model.likelihood().orElseThrow(), test, judged, model.encode(test, judged), 64, 0)
          .logLikelihood()
          .nats();
    }
  }

  private List<Image> oneOfEach(TrainedModel model) {
    return IntStream.range(0, CLASSES).mapToObj(k -> model.sample(k, 1, 3).get(0)).toList();
  }

  /** The share of 2,000 test images whose most probable label, after the latents, is right. */
  private double recognised(TrainedModel model, int latents) {
    float[][] codes = codes(model, 2_000);
    int[] digits = digits(test, 2_000);
    long right =
        IntStream.range(0, codes.length).filter(i -> best(codes[i], latents) == digits[i]).count();
    return (double) right / codes.length;
  }

  private float[][] codes(TrainedModel model, int count) {
    return model.encode(test, IntStream.range(0, count).toArray()).means();
  }

  private static int best(float[] code, int latents) {
    int best = latents;
    for (int k = latents; k < code.length; k++) {
      best = code[k] > code[best] ? k : best;
    }
    return best - latents;
  }

  private static List<Image> images(ImageData data, int count) {
    return IntStream.range(0, count).mapToObj(data::image).toList();
  }

  private static float[][] pixels(List<Image> images) {
    return images.stream().map(Image::pixels).toArray(float[][]::new);
  }

  private static int[] digits(ImageData data, int count) {
    Factors factors = data.factors().orElseThrow();
    return IntStream.range(0, count).map(i -> factors.value(i, 0)).toArray();
  }

  private double squaredError(TrainedModel model) {
    int[] judged = IntStream.range(0, 500).toArray();
    return SquaredError.of(images(test, 500), model.decode(model.encode(test, judged).means()));
  }

  private void show(String label, List<Image> row) throws IOException {
    sheet.add(row);
    rowLabels.add(label);
    write();
  }

  private void write() throws IOException {
    Files.createDirectories(folder);
    ImageIO.write(
        ImageGrid.of(sheet).rowLabels(rowLabels).draw(),
        "png",
        folder.resolve("models.png").toFile());
    report.write(folder);
  }
}
