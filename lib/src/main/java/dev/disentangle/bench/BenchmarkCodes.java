package dev.disentangle.bench;

import dev.disentangle.data.DSpritesGrid;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.format.Npz;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Codes of all 737,280 dSprites images, as benchmarks of scores need them. */
final class BenchmarkCodes {

  static final FactorSpace SPACE = DSpritesGrid.full().space();
  private static final int LATENTS = 10;

  private BenchmarkCodes() {}

  /**
   * Makes ten latents: the five factors, scaled to unit variance, and five of noise, mixed by a
   * random reflection; the posteriors of three latents are as wide as the prior, the others narrow.
   */
  static Codes synthetic(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] normal = new double[LATENTS];
    Arrays.setAll(normal, j -> random.nextGaussian());
    double length = Arrays.stream(normal).map(x -> x * x).sum();
    float[][] means = new float[SPACE.size()][LATENTS];
    for (int i = 0; i < means.length; i++) {
      double projection = 0;
      for (int j = 0; j < LATENTS; j++) {
        means[i][j] = (float) (j < SPACE.count() ? scaled(i, j) : random.nextGaussian());
        projection += means[i][j] * normal[j];
      }
      for (int j = 0; j < LATENTS; j++) {
        means[i][j] -= (float) (2 * projection / length * normal[j]);
      }
    }
    return new Codes(means, logVariances(random));
  }

  private static double scaled(int image, int factor) {
    double half = (SPACE.classes(factor) - 1) / 2.0;
    return Math.sqrt(3) * (SPACE.value(image, factor) - half) / half;
  }

  /** Reads the array {@code means} of a npz file and gives it synthetic variances. */
  static Codes read(Path npz) throws IOException {
    try (Npz file = Npz.open(npz);
        NpyReader array =
            file.array(file.names().contains("means") ? "means" : file.names().get(0))) {
      array.requireShape(SPACE.size(), LATENTS);
      float[] all = array.allFloats();
      float[][] means = new float[SPACE.size()][];
      for (int i = 0; i < means.length; i++) {
        means[i] = Arrays.copyOfRange(all, i * LATENTS, (i + 1) * LATENTS);
      }
      return new Codes(means, logVariances(new SplittableRandom(0)));
    }
  }

  private static float[][] logVariances(SplittableRandom random) {
    float[][] logVariances = new float[SPACE.size()][LATENTS];
    for (float[] row : logVariances) {
      for (int j = 0; j < LATENTS; j++) {
        row[j] = (float) ((j % 3 == 2 ? 0 : -4) + 0.2 * random.nextGaussian());
      }
    }
    return logVariances;
  }
}
