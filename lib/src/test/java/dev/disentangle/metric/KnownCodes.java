package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Codes of a full grid of factors, all of as many classes, whose scores are known.
 *
 * <p>Latent {@code k} runs over {@code [-1 - 0.3 k, 1 + 0.3 k]}, so that the factors' variances
 * differ: of equal variances a rotation leaves the covariance as it is, and no score that looks at
 * nothing but the covariance could see it.
 */
final class KnownCodes {

  private final FactorSpace space;

  KnownCodes(int factors, int classes) {
    int[] sizes = new int[factors];
    Arrays.fill(sizes, classes);
    space =
        FactorSpace.of(IntStream.range(0, factors).mapToObj(k -> "factor " + k).toList(), sizes);
  }

  FactorSpace space() {
    return space;
  }

  LabelledCodes labelled(float[][] codes) {
    return new LabelledCodes(
        codes, IntStream.range(0, space.size()).mapToObj(space::values).toArray(int[][]::new));
  }

  /** One latent per factor: a perfect representation. */
  float[][] trueFactors() {
    float[][] codes = constant(0);
    for (int i = 0; i < codes.length; i++) {
      for (int k = 0; k < space.count(); k++) {
        float place = 2f * space.value(i, k) / (space.classes(k) - 1) - 1;
        codes[i][k] = (1 + 0.3f * k) * place;
      }
    }
    return codes;
  }

  /** The true factors in reverse order, every other one with the other sign. */
  float[][] reorderedTrueFactors() {
    float[][] codes = trueFactors();
    for (float[] code : codes) {
      float[] z = code.clone();
      for (int j = 0; j < z.length; j++) {
        code[j] = (j % 2 == 0 ? 1 : -1) * z[z.length - 1 - j];
      }
    }
    return codes;
  }

  float[][] constant(float value) {
    float[][] codes = new float[space.size()][space.count()];
    for (float[] code : codes) {
      Arrays.fill(code, value);
    }
    return codes;
  }

  /** The true factors under a rotation or reflection that is uniformly distributed. */
  float[][] rotated(long seed) {
    double[][] rotation = orthogonal(space.count(), new SplittableRandom(seed));
    float[][] codes = trueFactors();
    for (float[] code : codes) {
      float[] z = code.clone();
      for (int j = 0; j < z.length; j++) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
          sum += rotation[j][k] * z[k];
        }
        code[j] = (float) sum;
      }
    }
    return codes;
  }

  /**
   * Posteriors around codes, narrow for a latent that varies and the prior's for one that does not.
   */
  Codes posteriors(float[][] means) {
    double[] variances = Statistics.variances(means);
    float[][] logVariances = new float[means.length][variances.length];
    for (float[] row : logVariances) {
      for (int j = 0; j < row.length; j++) {
        row[j] = variances[j] > 0 ? -4 : 0;
      }
    }
    return new Codes(means, logVariances);
  }

  /** Makes normal rows orthogonal one after the other (Gram and Schmidt). */
  private static double[][] orthogonal(int size, SplittableRandom random) {
    double[][] rows = new double[size][size];
    for (int a = 0; a < size; a++) {
      double[] row = rows[a];
      Arrays.setAll(row, i -> random.nextGaussian());
      for (int b = 0; b < a; b++) {
        addMultiple(row, rows[b], -dot(row, rows[b]));
      }
      double length = Math.sqrt(dot(row, row));
      Arrays.setAll(row, i -> row[i] / length);
    }
    return rows;
  }

  private static void addMultiple(double[] row, double[] other, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] += factor * other[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
