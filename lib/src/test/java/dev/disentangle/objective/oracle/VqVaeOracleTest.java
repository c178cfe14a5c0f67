package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.BATCH;
import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.STILL;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.VqVae;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The VQ-VAE's equation 3 (van den Oord et al. 2017) and its autoregressive prior, in loops. */
class VqVaeOracleTest {

  private static final int VECTORS = 4;
  private static final int WIDTH = 2;
  private static final double COMMITMENT = 0.3;

  private final TinyStep step = TinyStep.of(new VqVae(VECTORS, WIDTH, COMMITMENT, STILL, STILL));

  private double[][] codes() {
    return step.network("encoder").of(step.images(0));
  }

  private int nearest(double[] code, int position) {
    int best = 0;
    for (int k = 1; k < VECTORS; k++) {
      best = distance(code, position, k) < distance(code, position, best) ? k : best;
    }
    return best;
  }

  private double distance(double[] code, int position, int k) {
    double sum = 0;
    for (int d = 0; d < WIDTH; d++) {
      sum += Math.pow(code[position * WIDTH + d] - step.table("codebook")[k * WIDTH + d], 2);
    }
    return sum;
  }

  /** The choices that the step made, {@code [batch][position]}. */
  private int[][] choices() {
    double[][] z = codes();
    int[][] choices = new int[BATCH][LATENTS];
    for (int i = 0; i < BATCH; i++) {
      for (int m = 0; m < LATENTS; m++) {
        choices[i][m] = nearest(z[i], m);
      }
    }
    return choices;
  }

  /** The codebook's vectors that were chosen, one after the other. */
  private double[][] chosen(int[][] choices) {
    double[][] c = new double[BATCH][LATENTS * WIDTH];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS * WIDTH; j++) {
        c[i][j] = step.table("codebook")[choices[i][j / WIDTH] * WIDTH + j % WIDTH];
      }
    }
    return c;
  }

  private double reconstruction(double[][] decoded) {
    double[][] logits = step.network("decoder").of(decoded);
    return new PlainPass(step.images(0), decoded, decoded, decoded, logits).reconstruction();
  }

  private static double squares(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        sum += Math.pow(a[i][j] - b[i][j], 2) / a.length;
      }
    }
    return sum;
  }

  /** {@code -log prod_m softmax(b_m + sum_{l<m} W_lm[k_l])[k_m]}, the mean over the batch. */
  private double surprise(int[][] choices) {
    double[] table = step.table("choices");
    int columns = LATENTS * VECTORS;
    double sum = 0;
    for (int[] row : choices) {
      for (int m = 0; m < LATENTS; m++) {
        double[] logits = new double[VECTORS];
        double total = 0;
        for (int k = 0; k < VECTORS; k++) {
          int column = m * VECTORS + k;
          logits[k] = table[columns * columns + column];
          for (int earlier = 0; earlier < m; earlier++) {
            logits[k] += table[(earlier * VECTORS + row[earlier]) * columns + column];
          }
          total += Math.exp(logits[k]);
        }
        sum -= logits[row[m]] - Math.log(total);
      }
    }
    return sum / BATCH;
  }

  @Test
  void everyTerm() {
    int[][] choices = choices();
    double[][] z = codes();
    double[][] c = chosen(choices);
    step.requireTerm(Terms.RECONSTRUCTION, reconstruction(c));
    step.requireTerm(VqVae.CODEBOOK_LOSS, squares(z, c));
    step.requireTerm(VqVae.PRIOR_LOSS, surprise(choices));
    step.requireTerm(Terms.LOSS, reconstruction(c) + (1 + COMMITMENT) * squares(z, c));
    double entropy = 0;
    for (int k = 0; k < VECTORS; k++) {
      int vector = k;
      double share =
          Arrays.stream(choices).flatMapToInt(Arrays::stream).filter(x -> x == vector).count()
              / (double) (BATCH * LATENTS);
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    step.requireTerm(VqVae.PERPLEXITY, Math.exp(entropy));
  }

  /**
   * What stands behind {@code sg} keeps the values of this step: the decoder sees {@code z + sg[c -
   * z]}, so that its gradient reaches the encoder and not the codebook.
   */
  @Test
  void everyPlayersGradient() {
    int[][] choices = choices();
    double[][] still = codes();
    double[][] stillChosen = chosen(choices);
    step.requireGradient(
        "autoencoder",
        () -> {
          double[][] z = codes();
          double[][] straight = new double[BATCH][LATENTS * WIDTH];
          for (int i = 0; i < BATCH; i++) {
            for (int j = 0; j < straight[i].length; j++) {
              straight[i][j] = z[i][j] + stillChosen[i][j] - still[i][j];
            }
          }
          return reconstruction(straight)
              + squares(still, chosen(choices))
              + COMMITMENT * squares(z, stillChosen);
        });
    step.requireGradient("prior", () -> surprise(choices));
  }
}
