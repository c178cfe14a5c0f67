package dev.disentangle.bench;

import static dev.disentangle.bench.DigitsBench.ADAM;

import dev.disentangle.data.Image;
import dev.disentangle.metric.ModelEvidence;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.model.VampPrior;
import dev.disentangle.objective.TwoStageVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** VAEs whose prior is learned, beside the same VAEs with {@code N(0, I)}. */
final class PriorModels {

  private static final int FIRST_STAGE = 800;
  private static final int SECOND_STAGE = 1_600;
  private static final int LATENTS = 16;

  private PriorModels() {}

  /** The same VAE with two priors, by the importance-weighted log-likelihood of test images. */
  static void vampPrior(DigitsBench bench) {
    Report report = bench.report();
    double difference = 0;
    for (int seed = 0; seed < bench.seeds(); seed++) {
      double plain = evidence(bench, new StandardNormal(), seed);
      double vamp = evidence(bench, new VampPrior(100), seed);
      difference += (vamp - plain) / bench.seeds();
      report.row(
          "log p(x), VampPrior of 100 over N(0, I), seed " + seed,
          vamp - plain,
          "nats",
          "%.2f and %.2f; 400 steps, grey values as probabilities".formatted(vamp, plain));
    }
    report.row("its mean", difference, "nats", "the paper, binary MNIST, much longer: 3.0");
    report.figure("models.vamp.difference", difference);
  }

  private static double evidence(DigitsBench bench, PriorFamily prior, long seed) {
    try (Training training = bench.settings(new Vae(ADAM), 20).prior(prior).seed(seed).build()) {
      training.run(400);
      TrainedModel model = training.model();
      int[] judged = IntStream.range(0, 200).toArray();
      return ModelEvidence.of(
              model.likelihood().orElseThrow(),
              bench.test(),
              judged,
              model.encode(bench.test(), judged),
              64,
              0)
          .logLikelihood()
          .nats();
    }
  }

  /** One VAE, and its samples with codes from its second stage and from {@code N(0, I)}. */
  static void twoStage(DigitsBench bench) throws IOException {
    TwoStageVae method = new TwoStageVae(FIRST_STAGE, 256, ADAM, ADAM);
    try (Training training =
        bench.settings(method, LATENTS).likelihood(new Likelihood.GaussianLearned()).build()) {
      training.run(FIRST_STAGE + SECOND_STAGE);
      TrainedModel model = training.model();
      List<Image> second = model.sample(DigitDistance.JUDGED, 0);
      List<Image> first = model.decode(normal(DigitDistance.JUDGED));
      String steps = FIRST_STAGE + " and " + SECOND_STAGE + " steps";
      bench.distanceRow(
          "two-stage VAE: samples, codes from the second stage",
          "models.twostage.second.frechet",
          second,
          steps);
      bench.distanceRow(
          "two-stage VAE: samples, codes from N(0, I)",
          "models.twostage.first.frechet",
          first,
          "the same decoder");
      bench.sheet().show("two stages", second);
      bench.sheet().show("its N(0, I)", first);
    }
  }

  private static float[][] normal(int count) {
    SplittableRandom random = new SplittableRandom(0);
    float[][] codes = new float[count][LATENTS];
    for (float[] code : codes) {
      for (int j = 0; j < LATENTS; j++) {
        code[j] = (float) random.nextGaussian();
      }
    }
    return codes;
  }
}
