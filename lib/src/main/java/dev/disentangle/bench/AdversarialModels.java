package dev.disentangle.bench;

import dev.disentangle.data.Image;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VaeGan;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a discriminator's features do to samples. */
final class AdversarialModels {

  private static final int STEPS = 400;

  /** As many as take about as long: a step of VAE-GAN trains a third network and draws twice. */
  private static final int PLAIN_STEPS = 1_000;

  private static final int LATENTS = 10;

  private AdversarialModels() {}

  /** VAE-GAN beside a VAE of as many latents. */
  static void vaeGan(DigitsBench bench) throws IOException {
    List<Image> plain = samples(bench, new Vae(DigitsBench.ADAM), PLAIN_STEPS);
    List<Image> sharp = samples(bench, new VaeGan(0.1), STEPS);
    double real = grey(bench.distance().real());
    bench
        .report()
        .row(
            "VAE-GAN: grey over white in samples",
            grey(sharp),
            "share",
            String.format(
                Locale.ROOT,
                "the VAE's: %.3f; real digits: %.3f; %d steps, the VAE %d; the paper: none",
                grey(plain),
                real,
                STEPS,
                PLAIN_STEPS));
    bench.report().figure("models.vaegan.grey", grey(sharp));
    bench.report().figure("models.vae.grey", grey(plain));
    bench.report().figure("models.digits.grey", real);
    bench.distanceRow("VAE-GAN: samples", "models.vaegan.frechet", sharp, STEPS + " steps");
    bench.distanceRow(
        "the VAE beside it: samples", "models.vae.frechet", plain, PLAIN_STEPS + " steps");
    bench.sheet().show("VAE", plain);
    bench.sheet().show("VAE-GAN", sharp);
  }

  private static List<Image> samples(DigitsBench bench, Objective method, int steps) {
    try (Training training = bench.settings(method, LATENTS).build()) {
      training.run(steps);
      return training.model().sample(DigitDistance.JUDGED, 0);
    }
  }

  /** The sum of {@code p (1 - p)} over that of {@code p}: 0 for pixels that are black or white. */
  static double grey(List<Image> images) {
    double grey = 0;
    double white = 0;
    for (Image image : images) {
      for (float p : image.pixels()) {
        grey += p * (1 - p);
        white += p;
      }
    }
    return grey / white;
  }
}
