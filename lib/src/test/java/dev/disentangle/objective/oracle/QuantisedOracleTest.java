package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Codes that are replaced by the nearest vectors. The gradient goes past the choice, so it is that
 * of a loss in which choices, and the distances from codes to vectors, are held fixed.
 */
class QuantisedOracleTest {

  private static final int BATCH = TinyStep.BATCH;
  private static final int POSITIONS = TinyStep.LATENTS;
  private static final int VECTORS = 4;
  private static final int WIDTH = 2;
  private static final int HIDDEN = 5;
  private static final double COMMITMENT = 0.3;
  private static final double DECAY = 0.9;

  /** Which vector each code of a batch chooses, {@code [batch][positions]}. */
  private static int[][] nearest(double[][] z, double... table) {
    int[][] choices = new int[BATCH][z[0].length / WIDTH];
    for (int i = 0; i < BATCH; i++) {
      for (int m = 0; m < choices[i].length; m++) {
        for (int k = 1; k < VECTORS; k++) {
          if (distance(z[i], m, table, k) < distance(z[i], m, table, choices[i][m])) {
            choices[i][m] = k;
          }
        }
      }
    }
    return choices;
  }

  private static double distance(double[] z, int position, double[] table, int vector) {
    double sum = 0;
    for (int w = 0; w < WIDTH; w++) {
      sum += Math.pow(z[position * WIDTH + w] - table[vector * WIDTH + w], 2);
    }
    return sum;
  }

  /** The mean over images of the distances' sum. */
  private static double distance(double[][] z, double[] table, int[][] choices) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int m = 0; m < choices[i].length; m++) {
        sum += distance(z[i], m, table, choices[i][m]) / BATCH;
      }
    }
    return sum;
  }

  /** From the codes to the vectors in their places. */
  private static double[][] offsets(double[][] z, double[] table, int[][] choices) {
    double[][] offsets = new double[BATCH][z[0].length];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < offsets[i].length; j++) {
        offsets[i][j] = table[choices[i][j / WIDTH] * WIDTH + j % WIDTH] - z[i][j];
      }
    }
    return offsets;
  }

  private static double[][] moved(double[][] z, double[][] offsets) {
    double[][] moved = new double[BATCH][z[0].length];
    for (int i = 0; i < BATCH; i++) {
      Arrays.setAll(moved[i], offsetted(z[i], offsets[i]));
    }
    return moved;
  }

  private static IntToDoubleFunction offsetted(double[] z, double[] offset) {
    return j -> z[j] + offset[j];
  }

  private static double reconstruction(TinyStep step, double[][] codes) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double[] logits = step.network("decoder").of(codes[i]);
      sum += PlainSums.bernoulli(step.images(0)[i], logits) / BATCH;
    }
    return sum;
  }

  private static double perplexity(int[][] choices) {
    double[] shares = new double[VECTORS];
    for (int[] row : choices) {
      for (int k : row) {
        shares[k] += 1.0 / (BATCH * row.length);
      }
    }
    return PlainSums.perplexity(shares);
  }

  /** The mean of {@code -log prod_m softmax(b_m + sum_{l < m} W_lm[k_l])[k_m]}. */
  private static double surprise(TinyStep step, int[][] choices) {
    double[] table = step.table("choices");
    int columns = choices[0].length * VECTORS;
    double sum = 0;
    for (int[] row : choices) {
      for (int m = 0; m < row.length; m++) {
        double[] logits = new double[VECTORS];
        for (int k = 0; k < VECTORS; k++) {
          logits[k] = table[columns * columns + m * VECTORS + k];
          for (int l = 0; l < m; l++) {
            logits[k] += table[(l * VECTORS + row[l]) * columns + m * VECTORS + k];
          }
        }
        sum -= Math.log(PlainSums.softmax(logits)[row[m]]) / BATCH;
      }
    }
    return sum;
  }

  /** Sums and counts after a batch, then the vectors: their quotients. */
  private static void requireAveraged(TinyStep step, String name, double[][] z, int[][] choices) {
    double[] averages = step.table(name + "-averages").clone();
    double[] table = step.table(name).clone();
    for (int i = 0; i < averages.length; i++) {
      averages[i] *= DECAY;
    }
    for (int i = 0; i < BATCH; i++) {
      for (int m = 0; m < choices[i].length; m++) {
        int row = choices[i][m] * (WIDTH + 1);
        averages[row + WIDTH] += 1 - DECAY;
        for (int w = 0; w < WIDTH; w++) {
          averages[row + w] += (1 - DECAY) * z[i][m * WIDTH + w];
        }
      }
    }
    for (int k = 0; k < VECTORS; k++) {
      for (int w = 0; w < WIDTH; w++) {
        double sum = averages[k * (WIDTH + 1) + w] + 1e-5 * table[k * WIDTH + w];
        table[k * WIDTH + w] = sum / (averages[k * (WIDTH + 1) + WIDTH] + 1e-5);
      }
    }
    step.requireMoved(name + "-averages", averages);
    step.requireMoved(name, table);
  }

  /** van den Oord et al. 2017, appendix A.1: moving averages. */
  @Test
  void vqVaeWithMovingAverages() {
    TinyStep step =
        TinyStep.of(new VqVae(VECTORS, WIDTH, COMMITMENT, DECAY, TinyStep.STILL, TinyStep.STILL));
    double[] table = step.table("codebook");
    double[][] z = step.network("encoder").of(step.images(0));
    int[][] choices = nearest(z, table);
    double[][] offsets = offsets(z, table, choices);
    double codebook = distance(z, table, choices);
    double reconstruction = reconstruction(step, moved(z, offsets));
    step.requireTerm(Terms.RECONSTRUCTION, reconstruction);
    step.requireTerm(VqVae.CODEBOOK_LOSS, codebook);
    step.requireTerm(VqVae.PERPLEXITY, perplexity(choices));
    step.requireTerm(VqVae.PRIOR_LOSS, surprise(step, choices));
    step.requireTerm(Terms.LOSS, reconstruction + COMMITMENT * codebook);
    step.requireGradient("prior", () -> surprise(step, choices));
    step.requireNoGradient("codebook");
    step.requireGradient(
        "autoencoder",
        () -> {
          double[][] now = step.network("encoder").of(step.images(0));
          return reconstruction(step, moved(now, offsets))
              + COMMITMENT * distance(now, table, choices);
        });
    requireAveraged(step, "codebook", z, choices);
  }

  private static double[][] joined(double[][] first, double[][] then) {
    double[][] rows = new double[BATCH][];
    Arrays.setAll(rows, i -> PlainSums.joined(first[i], then[i]));
    return rows;
  }

  private static double[][] layers(TinyStep step, String name, double[][] x) {
    return Arrays.stream(x).map(step.layers(name)::of).toArray(double[][]::new);
  }

  /** Codes of both levels, with the given distances from the top's codes to their vectors. */
  private static double[][][] levels(TinyStep step, double[][] topOffsets) {
    double[][] features = step.network("encoder").of(step.images(0));
    double[][] top = layers(step, "top-encoder", features);
    double[][] offsets =
        topOffsets == null
            ? offsets(top, step.table("top-codebook"), nearest(top, step.table("top-codebook")))
            : topOffsets;
    double[][] bottom = layers(step, "bottom-encoder", joined(features, moved(top, offsets)));
    return new double[][][] {top, bottom, offsets};
  }

  /** Razavi et al. 2019, equations 2 and 3, with two positions above three. */
  @Test
  void twoLevels() {
    TinyStep step =
        TinyStep.of(
            new VqVae2(
                2, VECTORS, WIDTH, DECAY, COMMITMENT, HIDDEN, TinyStep.STILL, TinyStep.STILL));
    int bottomLength = POSITIONS * WIDTH;
    assertEquals(HIDDEN * bottomLength, step.table("top-encoder").length);
    assertEquals(HIDDEN * (bottomLength + 2 * WIDTH), step.table("bottom-encoder").length);
    double[][][] levels = levels(step, null);
    int[][] top = nearest(levels[0], step.table("top-codebook"));
    int[][] bottom = nearest(levels[1], step.table("bottom-codebook"));
    double[][] bottomOffsets = offsets(levels[1], step.table("bottom-codebook"), bottom);
    double committed =
        distance(levels[0], step.table("top-codebook"), top)
            + distance(levels[1], step.table("bottom-codebook"), bottom);
    double[][] codes = joined(moved(levels[0], levels[2]), moved(levels[1], bottomOffsets));
    double reconstruction = reconstruction(step, codes);
    int[][] choices = new int[BATCH][];
    Arrays.setAll(
        choices, i -> IntStream.concat(Arrays.stream(top[i]), Arrays.stream(bottom[i])).toArray());
    step.requireTerm(Terms.RECONSTRUCTION, reconstruction);
    step.requireTerm(VqVae2.COMMITMENT_LOSS, committed);
    step.requireTerm(VqVae2.TOP_PERPLEXITY, perplexity(top));
    step.requireTerm(VqVae2.BOTTOM_PERPLEXITY, perplexity(bottom));
    step.requireTerm(VqVae2.PRIOR_LOSS, surprise(step, choices));
    step.requireTerm(Terms.LOSS, reconstruction + COMMITMENT * committed);
    step.requireGradient("prior", () -> surprise(step, choices));
    step.requireNoGradient("codebooks");
    step.requireGradient(
        "autoencoder",
        () -> {
          double[][][] now = levels(step, levels[2]);
          double[][] seen = joined(moved(now[0], levels[2]), moved(now[1], bottomOffsets));
          return reconstruction(step, seen)
              + COMMITMENT * distance(now[0], step.table("top-codebook"), top)
              + COMMITMENT * distance(now[1], step.table("bottom-codebook"), bottom);
        });
    requireAveraged(step, "top-codebook", levels[0], top);
    requireAveraged(step, "bottom-codebook", levels[1], bottom);
  }
}
