package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.BATCH;
import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.STILL;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.GaussianMixtureVae;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Gaussian-mixture VAE's equation 3 (Dilokthanakul et al. 2017), in loops. */
class GaussianMixtureVaeOracleTest {

  private static final int CLUSTERS = 3;
  private static final int MIXING = 2;

  /** The four terms of a batch. */
  private record Bound(double reconstruction, double conditional, double mixing, double cluster) {
    double loss(double minimum) {
      return reconstruction + conditional + mixing + Math.max(minimum, cluster);
    }
  }

  private static Bound bound(TinyStep step) {
    PlainNoise noise = step.noise();
    double[][] drawZ = noise.normal(BATCH, LATENTS);
    double[][] drawW = noise.normal(BATCH, MIXING);
    double[][] z = new double[BATCH][];
    double conditional = 0;
    double mixing = 0;
    double cluster = 0;
    for (int i = 0; i < BATCH; i++) {
      double[] q = step.network("encoder").of(step.images(0)[i]);
      z[i] = drawn(q, 0, drawZ[i]);
      double[] components = step.layers("components").of(drawn(q, 2 * LATENTS, drawW[i]));
      double[] p = PlainSums.responsibilities(components, z[i]);
      for (int y = 0; y < CLUSTERS; y++) {
        conditional += p[y] * divergence(q, components, y) / BATCH;
        cluster += p[y] * Math.log(p[y] * CLUSTERS) / BATCH;
      }
      for (int j = 0; j < MIXING; j++) {
        double mean = q[2 * LATENTS + j];
        double log = q[2 * LATENTS + MIXING + j];
        mixing += 0.5 * (mean * mean + Math.exp(log) - 1 - log) / BATCH;
      }
    }
    double[][] logits = step.network("decoder").of(z);
    double reconstruction = new PlainPass(step.images(0), z, z, z, logits).reconstruction();
    return new Bound(reconstruction, conditional, mixing, cluster);
  }

  /** A draw of the posterior whose means and log variances begin at some output. */
  private static double[] drawn(double[] q, int from, double[] draw) {
    double[] values = new double[draw.length];
    for (int j = 0; j < draw.length; j++) {
      values[j] = q[from + j] + Math.exp(q[from + draw.length + j] / 2) * draw[j];
    }
    return values;
  }

  /** {@code KL(q(z|x) || p(z|w,y))}. */
  private static double divergence(double[] q, double[] components, int y) {
    double sum = 0;
    for (int j = 0; j < LATENTS; j++) {
      double log = q[LATENTS + j];
      double priorLog = components[2 * LATENTS * y + LATENTS + j];
      double error = q[j] - components[2 * LATENTS * y + j];
      sum += 0.5 * ((Math.exp(log) + error * error) / Math.exp(priorLog) - 1 + priorLog - log);
    }
    return sum;
  }

  /** Below and above what the last term is at these weights, log 3 at most. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 5})
  void everyTermAndTheGradient(double minimum) {
    TinyStep step = TinyStep.of(new GaussianMixtureVae(CLUSTERS, MIXING, 6, minimum, STILL));
    Bound bound = bound(step);
    step.requireTerm(Terms.RECONSTRUCTION, bound.reconstruction());
    step.requireTerm(GaussianMixtureVae.CONDITIONAL_KL, bound.conditional());
    step.requireTerm(GaussianMixtureVae.MIXING_KL, bound.mixing());
    step.requireTerm(GaussianMixtureVae.CLUSTER_KL, bound.cluster());
    step.requireTerm(Terms.LOSS, bound.loss(minimum));
    step.requireGradient("autoencoder", () -> bound(step).loss(minimum));
  }
}
