package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import java.util.List;
import java.util.SplittableRandom;

/** Codes of a small grid of factors made from the factors themselves, for the tests of scores. */
final class SyntheticCodes {

  static final FactorSpace SPACE = FactorSpace.of(List.of("a", "b", "c", "d"), 6, 7, 8, 10);

  private SyntheticCodes() {}

  /** One latent per factor, each factor scaled to [-1, 1]: a perfect representation. */
  static float[][] identity() {
    float[][] codes = new float[SPACE.size()][SPACE.count()];
    for (int i = 0; i < codes.length; i++) {
      for (int k = 0; k < SPACE.count(); k++) {
        codes[i][k] = 2f * SPACE.value(i, k) / (SPACE.classes(k) - 1) - 1;
      }
    }
    return codes;
  }

  /** The same constant for every image. */
  static float[][] constant() {
    return new float[SPACE.size()][SPACE.count()];
  }

  /** Normal noise that knows nothing of the factors. */
  static float[][] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] codes = constant();
    for (float[] code : codes) {
      for (int j = 0; j < code.length; j++) {
        code[j] = (float) random.nextGaussian();
      }
    }
    return codes;
  }

  /** The identity under an orthogonal matrix that mixes all four latents equally (Hadamard). */
  static float[][] rotated() {
    float[][] codes = identity();
    for (float[] code : codes) {
      float[] z = code.clone();
      for (int j = 0; j < 4; j++) {
        code[j] = 0;
        for (int k = 0; k < 4; k++) {
          code[j] += (Integer.bitCount(j & k) % 2 == 0 ? 0.5f : -0.5f) * z[k];
        }
      }
    }
    return codes;
  }

  static LabelledCodes labelled(float[][] codes) {
    int[][] factors = new int[SPACE.size()][];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = SPACE.values(i);
    }
    return new LabelledCodes(codes, factors);
  }
}
