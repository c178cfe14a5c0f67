package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images with the noise of their pixels. */
class DrawnImagesTest {

  /** So many draws of a deviation of 0.1 give a mean to 0.002 and a deviation to 0.0016. */
  private static final int DRAWS = 2_000;

  private static Training training(Objective method, Likelihood likelihood) {
    return Training.of(method, new Blobs())
        .likelihood(likelihood)
        .architecture(Blobs.architecture())
        .latents(2)
        .measureEvery(0)
        .build();
  }

  private static float[][] codes() {
    float[][] codes = new float[DRAWS][2];
    Arrays.stream(codes).forEach(code -> code[0] = 0.7f);
    return codes;
  }

  private static double mean(List<Image> drawn, int pixel) {
    return drawn.stream().mapToDouble(image -> image.pixels()[pixel]).average().orElseThrow();
  }

  @Test
  void bernoulliPixelsAreOnAsOftenAsTheirMean() {
    try (Training training = training(new Vae(), new Likelihood.Bernoulli())) {
      List<Image> drawn = training.model().drawImages(codes(), 3);
      float[] means = training.model().decode(codes()).get(0).pixels();
      for (int p = 0; p < means.length; p += 37) {
        // Four standard errors of a share near a half.
        assertEquals(means[p], mean(drawn, p), 4 * 0.5 / Math.sqrt(DRAWS), "pixel " + p);
        assertTrue(drawn.get(p % DRAWS).pixels()[p] % 1 == 0, "on or off");
      }
    }
  }

  @Test
  void gaussianPixelsSpreadAroundTheirMeanAndStayInRange() {
    List<Likelihood> likelihoods =
        List.of(
            new Likelihood.Gaussian(0.1),
            new Likelihood.GaussianLearned(),
            new Likelihood.GaussianPerPixel(0.1),
            new StructuredGaussian(1, 0.1));
    // Untrained, the learned logarithm is 0 and outputs are near 0: 0.1 + e^0.
    double[] deviations = {0.1, 1, 1.1, 1.1};
    for (int i = 0; i < deviations.length; i++) {
      try (Training training = training(new Vae(), likelihoods.get(i))) {
        List<Image> drawn = training.model().drawImages(codes(), 3);
        double mean = training.model().decode(codes()).get(0).pixels()[0];
        long cut = drawn.stream().filter(image -> image.pixels()[0] == 0).count();
        double share = normal(-mean / deviations[i]);
        // Untrained outputs differ from 0 by some hundredths; four standard errors are 0.045.
        assertEquals(share, cut / (double) DRAWS, 0.08, likelihoods.get(i).toString());
        for (float pixel : drawn.get(0).pixels()) {
          assertTrue(pixel >= 0 && pixel <= 1, "within [0, 1]");
        }
      }
    }
  }

  /** The share of a standard normal distribution below {@code x}, by the sum of its density. */
  private static double normal(double x) {
    double sum = 0;
    for (double t = -8; t < x; t += 1e-4) {
      sum += 1e-4 * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
    }
    return sum;
  }

  @Test
  void theSeedDecides() {
    try (Training training = training(new Vae(), new StructuredGaussian())) {
      TrainedModel model = training.model();
      float[] first = model.drawImages(codes(), 3).get(0).pixels();
      assertArrayEquals(first, model.drawImages(codes(), 3).get(0).pixels());
      assertFalse(Arrays.equals(first, model.drawImages(codes(), 4).get(0).pixels()));
      assertFalse(Arrays.equals(first, model.drawImages(codes(), 3).get(1).pixels()));
      assertThrows(IllegalArgumentException.class, () -> model.drawImages(new float[0][], 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aGeneratorDrawsItsOwnNoise(int noise) {
    try (Training training = training(new InfoGan(0, noise), new Likelihood.Bernoulli())) {
      TrainedModel model = training.model();
      float[][] codes = {{0.7f, -0.2f}, {0.7f, -0.2f}};
      List<Image> drawn = model.drawImages(codes, 3);
      float[] still = model.decode(codes).get(0).pixels();
      float[] first = drawn.get(0).pixels();
      float[] second = drawn.get(1).pixels();
      assertEquals(noise == 0, Arrays.equals(still, first), "without noise nothing is drawn");
      assertEquals(noise == 0, Arrays.equals(first, second), "every image has its own noise");
      assertArrayEquals(first, model.drawImages(codes, 3).get(0).pixels());
    }
  }

  @Test
  void aModelWithoutOneDecoderSaysSo() {
    try (Training training = training(new GaussianMixtureVae(2), new Likelihood.Bernoulli())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> training.model().drawImages(new float[1][4], 0))
              .getMessage();
      assertEquals("GMVAE has no single decoder whose likelihood images are drawn from", message);
    }
  }
}
