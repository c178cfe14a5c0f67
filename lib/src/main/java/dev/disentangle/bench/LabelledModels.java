package dev.disentangle.bench;

import static dev.disentangle.bench.DigitsBench.ADAM;
import static dev.disentangle.bench.DigitsBench.CLASSES;
import static dev.disentangle.bench.DigitsBench.HUNDRED_LABELS;
import static dev.disentangle.bench.DigitsBench.JUDGED;
import static dev.disentangle.bench.DigitsBench.LABELS;

import dev.disentangle.data.Image;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.CvaeGanWeights;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Settings;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Models that are told digits, all or a hundred of them. */
final class LabelledModels {

  private LabelledModels() {}

  static void conditional(DigitsBench bench) throws IOException {
    givenDigits(bench, bench.settings(new ConditionalVae(LABELS, ADAM), 10), 1_000, "cvae");
  }

  /**
   * Four latents and ten times the paper's weight of the divergence leave {@code z} no room to say
   * what the label says: with ten latents and the paper's 3, 0.414 of the samples were recognised.
   */
  static void conditionalGan(DigitsBench bench) throws IOException {
    CvaeGan method =
        new CvaeGan(
            LABELS,
            new CvaeGanWeights(30, 1, 1e-3, 1e-3),
            Adam.of(1e-3, 0.5, 0.999),
            Adam.of(2e-4, 0.5, 0.999));
    givenDigits(bench, bench.settings(method, 4).batchSize(32), 500, "cvaegan");
  }

  /** Samples of every digit, and how many a judge of real digits takes for what they should be. */
  private static void givenDigits(
      DigitsBench bench, Settings.Builder settings, int steps, String key) throws IOException {
    try (Training training = settings.build()) {
      training.run(steps);
      List<Image> samples = new ArrayList<>();
      int[] labels = new int[CLASSES * 100];
      for (int digit = 0; digit < CLASSES; digit++) {
        samples.addAll(training.model().sample(digit, 100, digit));
        Arrays.fill(labels, digit * 100, (digit + 1) * 100, digit);
      }
      double recognised = bench.recognised(samples, labels);
      double own = bench.recognised(bench.testImages(JUDGED), bench.testDigits(JUDGED));
      bench
          .report()
          .row(
              training.name() + ": samples given a digit, recognised",
              recognised,
              "share",
              "by a logistic regression that recognises %.3f of real test digits; %,d steps"
                  .formatted(own, steps));
      bench.report().figure("models." + key + ".recognised", recognised);
      bench
          .sheet()
          .show(
              training.name(),
              IntStream.range(0, CLASSES).mapToObj(d -> samples.get(d * 100)).toList());
    }
  }

  /**
   * The classifier's weight is far above the paper's 0.1, which after so few steps leaves it
   * without labels, and {@code z} has five latents, which leaves it no room to say what the label
   * says.
   */
  static void semiSupervised(DigitsBench bench) throws IOException {
    SemiSupervisedVae method = new SemiSupervisedVae(HUNDRED_LABELS, 20, Adam.of(2e-3));
    try (Training training = bench.settings(method, 5).batchSize(32).build()) {
      training.run(800);
      accuracy(bench, training, 5, "m2", "800 steps of 32; the paper: 0.880");
    }
  }

  static void stacked(DigitsBench bench) throws IOException {
    StackedVae method = new StackedVae(HUNDRED_LABELS, 600, 10, ADAM);
    try (Training training = bench.settings(method, 20).build()) {
      training.run(1_800);
      String note = "600 steps of M1, 1,200 of M2; the paper: 0.967";
      accuracy(bench, training, 20, "m1m2", note);
    }
  }

  /** The share of test digits whose most probable label, after the latents, is right. */
  private static void accuracy(
      DigitsBench bench, Training training, int latents, String key, String note)
      throws IOException {
    TrainedModel model = training.model();
    float[][] codes = bench.testCodes(model, JUDGED);
    int[] digits = bench.testDigits(JUDGED);
    long right =
        IntStream.range(0, JUDGED)
            .filter(i -> DigitsBench.best(codes[i], latents) == digits[i])
            .count();
    double accuracy = (double) right / JUDGED;
    bench.report().row(training.name() + ": test accuracy, 100 labels", accuracy, "share", note);
    bench.report().figure("models." + key + ".accuracy", accuracy);
    bench.sheet().show(training.name(), DigitsBench.oneOfEach(model));
  }
}
