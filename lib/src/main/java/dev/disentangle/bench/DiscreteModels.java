package dev.disentangle.bench;

import static dev.disentangle.bench.DigitsBench.ADAM;

import dev.disentangle.data.Image;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.List;

/** Models whose codes are choices from codebooks. */
final class DiscreteModels {

  private static final int VECTORS = 64;
  private static final int ERRORS_OF = 500;

  /** The prior is a table, and learns late what the choices have come to mean. */
  private static final Adam PRIOR_ADAM = Adam.of(1e-2);

  private DiscreteModels() {}

  static void vqVae(DigitsBench bench) throws IOException {
    VqVae method = new VqVae(VECTORS, 8, 0.25, ADAM, PRIOR_ADAM);
    try (Training training = bench.settings(method, 16).build()) {
      training.run(1_000);
      double perplexity = training.history().last(VqVae.PERPLEXITY);
      bench
          .report()
          .row(
              "VQ-VAE: codebook perplexity of 64",
              perplexity,
              "vectors",
              "1,000 steps; the paper: none");
      bench.report().figure("models.vqvae.perplexity", perplexity);
      redrawnAndDrawn(bench, training, "vqvae");
    }
  }

  static void vqVae2(DigitsBench bench) throws IOException {
    VqVae2 method = new VqVae2(4, VECTORS, 8, 0.99, 0.25, 128, ADAM, PRIOR_ADAM);
    try (Training training = bench.settings(method, 16).build()) {
      training.run(1_000);
      double top = training.history().last(VqVae2.TOP_PERPLEXITY);
      double bottom = training.history().last(VqVae2.BOTTOM_PERPLEXITY);
      bench
          .report()
          .row(
              "VQ-VAE-2: perplexity of the lower codebook of 64",
              bottom,
              "vectors",
              "%.1f of the upper; 1,000 steps; the paper: none".formatted(top));
      bench.report().figure("models.vqvae2.perplexity", bottom);
      redrawnAndDrawn(bench, training, "vqvae2");
    }
  }

  /** What becomes of test digits, and what the learned prior of the choices draws. */
  private static void redrawnAndDrawn(DigitsBench bench, Training training, String key)
      throws IOException {
    TrainedModel model = training.model();
    List<Image> real = bench.testImages(ERRORS_OF);
    List<Image> redrawn = model.decode(bench.testCodes(model, ERRORS_OF));
    bench
        .report()
        .row(
            training.name() + ": squared error of test digits",
            SquaredError.of(real, redrawn),
            "per image",
            "black pictures: %.1f".formatted(SquaredError.ofBlack(real)));
    List<Image> samples = model.sample(DigitDistance.JUDGED, 0);
    bench.distanceRow(
        training.name() + ": samples of the learned prior",
        "models." + key + ".frechet",
        samples,
        "1,000 steps");
    bench.sheet().show(training.name() + ", redrawn", redrawn);
    bench.sheet().show("its samples", samples);
  }
}
