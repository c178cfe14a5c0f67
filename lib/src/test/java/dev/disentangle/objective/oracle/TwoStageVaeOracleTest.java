package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.BATCH;
import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.STILL;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.TwoStageVae;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The two-stage VAE (Dai & Wipf 2019, section 4): which stage learns when, and from what. */
class TwoStageVaeOracleTest {

  private static final int FIRST_STEPS = 7;
  private static final TwoStageVae METHOD = new TwoStageVae(FIRST_STEPS, 5, STILL, STILL);

  private static double firstLoss(TinyStep step) {
    PlainPass pass = PlainPass.of(step);
    return pass.reconstruction() + pass.kl();
  }

  /** {@code -E_q(u|z)[log N(z; f(u), g^2)] + KL(q(u|z) || N(0, I))} of given codes. */
  private static double secondLoss(TinyStep step, double[][] z) {
    PlainNoise noise = step.noise();
    noise.normal(BATCH, LATENTS);
    double[][] draw = noise.normal(BATCH, LATENTS);
    double logDeviation = step.table("second-deviation")[0];
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double[] q = step.layers("second-encoder").of(z[i]);
      double[] u = new double[LATENTS];
      for (int j = 0; j < LATENTS; j++) {
        double variance = Math.exp(q[LATENTS + j]);
        u[j] = q[j] + Math.sqrt(variance) * draw[i][j];
        sum += 0.5 * (q[j] * q[j] + variance - 1 - q[LATENTS + j]);
      }
      double[] mean = step.layers("second-decoder").of(u);
      for (int j = 0; j < LATENTS; j++) {
        double error = (z[i][j] - mean[j]) / Math.exp(logDeviation);
        sum += 0.5 * (error * error + Math.log(2 * Math.PI)) + logDeviation;
      }
    }
    return sum / BATCH;
  }

  @Test
  void bothLossesAreRecordedInBothStages() {
    for (long number : new long[] {0, FIRST_STEPS}) {
      TinyStep step = TinyStep.of(METHOD, number);
      step.requireTerm(Terms.LOSS, firstLoss(step));
      step.requireTerm(TwoStageVae.SECOND_STAGE_LOSS, secondLoss(step, PlainPass.of(step).z()));
    }
  }

  @Test
  void theFirstStageLearnsUpToItsLastStep() {
    TinyStep step = TinyStep.of(METHOD, FIRST_STEPS - 1);
    step.requireGradient("autoencoder", () -> firstLoss(step));
    step.requireNoGradient("second stage");
  }

  @Test
  void afterwardsOnlyTheSecondLearns() {
    TinyStep step = TinyStep.of(METHOD, FIRST_STEPS);
    double[][] z =
        Arrays.stream(PlainPass.of(step).z()).map(double[]::clone).toArray(double[][]::new);
    step.requireGradient("second stage", () -> secondLoss(step, z));
    step.requireNoGradient("autoencoder");
  }
}
