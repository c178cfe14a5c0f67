package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codes drawn from the posteriors of given images. */
class PosteriorDrawsTest {

  private final Blobs blobs = new Blobs();
  private final Training training =
      Training.of(new Vae(Adam.of(1e-2)), blobs)
          .latents(2)
          .batchSize(16)
          .posterior(new FullCovariance())
          .architecture(Blobs.architecture())
          .measureEvery(0)
          .build()
          .run(30);

  @AfterEach
  void close() {
    training.close();
  }

  @Test
  void drawsOfAnImageHaveItsMeanAndCovariance() {
    int[] indices = new int[8000];
    Arrays.setAll(indices, i -> 3 + 20 * (i % 2));
    float[][] codes = training.model().drawCodes(blobs, indices, new SplittableRandom(1));
    assertEquals(indices.length, codes.length);
    for (int which = 0; which < 2; which++) {
      int own = which;
      float[] means = training.model().encode(blobs, new int[] {indices[own]}).means()[0];
      double[][] covariance = covariance(indices[own]);
      double[][] found = new double[2][2];
      for (int i = own; i < codes.length; i += 2) {
        for (int k = 0; k < 4; k++) {
          found[k / 2][k % 2] +=
              (codes[i][k / 2] - means[k / 2]) * (codes[i][k % 2] - means[k % 2]) / 4000;
        }
      }
      for (int k = 0; k < 4; k++) {
        double spread = Math.sqrt(covariance[k / 2][k / 2] * covariance[k % 2][k % 2]);
        // A variance of 4,000 draws has a standard deviation of sqrt(2 / 4000) = 0.022 of itself.
        assertEquals(covariance[k / 2][k % 2], found[k / 2][k % 2], 0.1 * spread);
      }
    }
  }

  private double[][] covariance(int image) {
    try (NDManager scope = training.manager().newSubManager()) {
      float[] pixels = new float[64];
      blobs.read(new int[] {image}, pixels);
      NDArray one = scope.create(pixels, new Shape(1, 1, 8, 8));
      float[] flat =
          GradientMode.paused(() -> training.autoencoder().encode(one).meanCovariance())
              .toFloatArray();
      return new double[][] {{flat[0], flat[1]}, {flat[2], flat[3]}};
    }
  }

  @Test
  void aSeedDecidesTheDraws() {
    int[] all = IntStream.range(0, blobs.size()).toArray();
    int arrays = training.manager().getManagedArrays().size();
    float[][] first = training.model().drawCodes(blobs, all, new SplittableRandom(4));
    float[][] again = training.model().drawCodes(blobs, all, new SplittableRandom(4));
    for (int i = 0; i < all.length; i++) {
      assertArrayEquals(first[i], again[i]);
    }
    assertEquals(arrays, training.manager().getManagedArrays().size(), "arrays leak");
  }

  @Test
  void refusesNoImages() {
    TrainedModel model = training.model();
    var random = new SplittableRandom(1);
    assertThrows(IllegalArgumentException.class, () -> model.drawCodes(blobs, new int[0], random));
  }
}
