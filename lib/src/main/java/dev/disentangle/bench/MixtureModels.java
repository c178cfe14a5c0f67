package dev.disentangle.bench;

import static dev.disentangle.bench.DigitsBench.ADAM;
import static dev.disentangle.bench.DigitsBench.CLASSES;
import static dev.disentangle.bench.DigitsBench.HUNDRED_LABELS;
import static dev.disentangle.bench.DigitsBench.JUDGED;

import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;

/** Models that sort digits into groups by themselves. */
final class MixtureModels {

  private static final int COMPONENTS = 10;
  private static final int LATENTS = 10;

  private MixtureModels() {}

  static void gaussian(DigitsBench bench) throws IOException {
    GaussianMixtureVae method = new GaussianMixtureVae(CLASSES, 8, 128, 0, ADAM);
    try (Training training = bench.settings(method, LATENTS).build()) {
      training.run(1_000);
      float[][] codes = bench.testCodes(training.model(), JUDGED);
      int[] digits = bench.testDigits(JUDGED);
      int[][] table = new int[CLASSES][CLASSES];
      for (int i = 0; i < digits.length; i++) {
        table[DigitsBench.best(codes[i], LATENTS)][digits[i]]++;
      }
      int right = 0;
      for (int[] cluster : table) {
        right += IntStream.of(cluster).max().orElseThrow();
      }
      bench
          .report()
          .row(
              "GMVAE: clustering accuracy, 10 clusters",
              (double) right / digits.length,
              "share",
              "each cluster its commonest digit; 1,000 steps; the paper: 0.823 for 10");
      bench.report().figure("models.gmvae.accuracy", (double) right / digits.length);
      bench.sheet().show("GMVAE", DigitsBench.oneOfEach(training.model()));
    }
  }

  /** A digit takes the label of the nearest code, among the 100 known ones, of its component. */
  static void infinite(DigitsBench bench) throws IOException {
    InfiniteMixtureVae method = new InfiniteMixtureVae(COMPONENTS, 1, 200, 0.05, ADAM);
    try (Training training = bench.settings(method, LATENTS).batchSize(32).build()) {
      training.run(400);
      TrainedModel model = training.model();
      float[][] codes = bench.testCodes(model, JUDGED);
      int[] sizes = new int[COMPONENTS];
      for (float[] code : codes) {
        sizes[DigitsBench.best(code, LATENTS)]++;
      }
      long used = IntStream.of(sizes).filter(size -> size >= JUDGED / 100).count();
      bench
          .report()
          .row(
              "infinite mixture: components in use, of 10",
              used,
              "components",
              String.format(
                  Locale.ROOT,
                  "that have 1%% of test digits or more; perplexity %.1f; 400 steps of 32",
                  training.history().last(InfiniteMixtureVae.COMPONENTS_IN_USE)));
      bench.report().figure("models.infinite.components", used);
      int[] known = HUNDRED_LABELS.on(bench.train()).images();
      double accuracy =
          nearest(
              model.encode(bench.train(), known).means(),
              DigitsBench.digits(bench.train(), known),
              codes,
              bench.testDigits(JUDGED));
      bench
          .report()
          .row(
              "infinite mixture: test accuracy, 100 labels",
              accuracy,
              "share",
              "each digit the label of the nearest known code of its component");
      bench.report().figure("models.infinite.accuracy", accuracy);
      bench.sheet().show("infinite mixture", DigitsBench.oneOfEach(model));
    }
  }

  /**
   * The share of codes that get their digit from the nearest known code of their component; one
   * whose component has no known code is counted as wrong.
   */
  static double nearest(float[][] known, int[] labels, float[][] codes, int[] digits) {
    int right = 0;
    for (int i = 0; i < codes.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      int label = -1;
      for (int k = 0; k < known.length; k++) {
        boolean same = DigitsBench.best(known[k], LATENTS) == DigitsBench.best(codes[i], LATENTS);
        double distance = same ? SquaredError.between(known[k], codes[i]) : least;
        if (distance < least) {
          least = distance;
          label = labels[k];
        }
      }
      right += label == digits[i] ? 1 : 0;
    }
    return (double) right / codes.length;
  }
}
