package dev.disentangle.objective.oracle;

import dev.disentangle.history.Terms;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.Vae;
import org.junit.jupiter.api.Test;

/** Pixels whose residuals pull at their neighbours (Dorta et al. 2018), as a part of the VAE. */
class StructuredGaussianOracleTest {

  private static final double FLOOR = 0.2;
  private static final int SIDE = 4;

  @Test
  void structuredResiduals() {
    TinyStep step = TinyStep.of(new Vae(TinyStep.STILL), new StructuredGaussian(1, FLOOR));
    step.requireTerm(Terms.RECONSTRUCTION, reconstruction(step));
    step.requireTerm(Terms.KL, pass(step).kl());
    step.requireTerm(Terms.LOSS, reconstruction(step) + pass(step).kl());
    step.requireGradient("autoencoder", () -> reconstruction(step) + pass(step).kl());
  }

  private static PlainPass pass(TinyStep step) {
    double[][] noise = step.noise().normal(TinyStep.BATCH, TinyStep.LATENTS);
    return PlainPass.encoded(step, step.images(0), noise);
  }

  /** The mean of {@code -log} of the product of every pixel's density given the later ones. */
  private static double reconstruction(TinyStep step) {
    double[][] z = pass(step).z();
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double[] outputs = step.network("decoder").of(z[i]);
      for (int p = 0; p < TinyStep.PIXELS; p++) {
        double deviation = FLOOR + Math.exp(outputs[TinyStep.PIXELS + p]);
        double error = residual(step, outputs, i, p);
        int[][] patch = {{0, 1}, {1, -1}, {1, 0}, {1, 1}};
        for (int k = 0; k < patch.length; k++) {
          int row = p / SIDE + patch[k][0];
          int column = p % SIDE + patch[k][1];
          if (row < SIDE && column >= 0 && column < SIDE) {
            double weight = outputs[(2 + k) * TinyStep.PIXELS + p];
            error += weight * residual(step, outputs, i, row * SIDE + column);
          }
        }
        double standard = error / deviation;
        sum -= Math.log(Math.exp(-standard * standard / 2) / deviation / Math.sqrt(2 * Math.PI));
      }
    }
    return sum / z.length;
  }

  private static double residual(TinyStep step, double[] outputs, int image, int pixel) {
    return step.images(0)[image][pixel] - outputs[pixel];
  }
}
