package dev.disentangle.bench;

import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Labels;
import dev.disentangle.data.Mnist;
import dev.disentangle.data.Subset;
import dev.disentangle.metric.fit.LogisticRegression;
import dev.disentangle.objective.Objective;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Settings;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the models on MNIST share: the digits, what judges samples, and where results go. */
final class DigitsBench {

  static final int CLASSES = 10;
  static final Adam ADAM = Adam.of(1e-3);
  static final Labels LABELS = Labels.of("digit");
  static final Labels HUNDRED_LABELS = LABELS.known(100);

  /** Test digits that accuracies are measured on. */
  static final int JUDGED = 2_000;

  private final ImageData train;
  private final ImageData test;
  private final Report report;
  private final SampleSheet sheet;
  private final int seeds;
  private final long seed;
  private LogisticRegression judge;
  private DigitDistance distance;

  /**
   * Opens MNIST.
   *
   * @param mnist folder of the four published files
   * @param seeds how many seeds compare two priors
   * @param seed of all other runs
   * @throws IOException if a file cannot be read
   */
  DigitsBench(Path mnist, Report report, SampleSheet sheet, int seeds, long seed)
      throws IOException {
    this.train = Mnist.train(mnist);
    this.test = Mnist.test(mnist);
    this.report = report;
    this.sheet = sheet;
    this.seeds = seeds;
    this.seed = seed;
  }

  ImageData train() {
    return train;
  }

  ImageData test() {
    return test;
  }

  Report report() {
    return report;
  }

  SampleSheet sheet() {
    return sheet;
  }

  int seeds() {
    return seeds;
  }

  Settings.Builder settings(Objective method, int latents) {
    return Training.of(method, train).latents(latents).seed(seed).measureEvery(0);
  }

  /** The first test digits. */
  List<Image> testImages(int count) {
    return IntStream.range(0, count).mapToObj(test::image).toList();
  }

  /** What the first test digits are. */
  int[] testDigits(int count) {
    return digits(test, IntStream.range(0, count).toArray());
  }

  static int[] digits(ImageData data, int... images) {
    Factors factors = data.factors().orElseThrow();
    return IntStream.of(images).map(i -> factors.value(i, 0)).toArray();
  }

  /** The codes' means of the first test digits. */
  float[][] testCodes(TrainedModel model, int count) {
    return model.encode(test, IntStream.range(0, count).toArray()).means();
  }

  /** The place of the largest number from {@code latents} on: the label, cluster or component. */
  static int best(float[] code, int latents) {
    int best = latents;
    for (int k = latents; k < code.length; k++) {
      best = code[k] > code[best] ? k : best;
    }
    return best - latents;
  }

  static List<Image> oneOfEach(TrainedModel model) {
    return IntStream.range(0, CLASSES).mapToObj(k -> model.sample(k, 1, 3).get(0)).toList();
  }

  /** The share of images that a logistic regression of 5,000 training digits recognises. */
  double recognised(List<Image> images, int[] digits) {
    if (judge == null) {
      ImageData some = Subset.random(train, 5_000, 0);
      int[] all = IntStream.range(0, some.size()).toArray();
      List<Image> shown = IntStream.of(all).mapToObj(some::image).toList();
      judge = LogisticRegression.fit(pixels(shown), digits(some, all), CLASSES);
    }
    return judge.accuracy(pixels(images), digits);
  }

  private static float[][] pixels(List<Image> images) {
    return images.stream().map(Image::pixels).toArray(float[][]::new);
  }

  DigitDistance distance() {
    if (distance == null) {
      distance = new DigitDistance(test);
    }
    return distance;
  }

  /** Adds a row and a figure of samples' distance from test digits. */
  void distanceRow(String what, String key, List<Image> samples, String note) {
    double value = distance().of(samples);
    double floor = distance().ofOtherHalf();
    report.row(
        what,
        value,
        "Fréchet",
        String.format(
            Locale.ROOT, "%s; real digits: %.4f; %s", note, floor, distance().features()));
    report.figure(key, value);
    report.figure("models.digits.frechet", floor);
  }
}
