package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.objective.TinyNetworks;
import dev.disentangle.objective.discrete.MixtureAutoencoder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The infinite mixture of VAEs, Abbasnejad et al. 2017, with a stick that is cut off. */
class InfiniteMixtureVaeOracleTest {

  private static final int BATCH = TinyStep.BATCH;
  private static final int LATENTS = TinyStep.LATENTS;
  private static final int COMPONENTS = 3;

  private static final double[] COUNTS = {30, 0.5, 19.5};
  private static final double CONCENTRATION = 2;

  /** Euler's constant, and {@code psi(x + 1) = psi(x) + 1 / x} down from an asymptotic series. */
  private static double digamma(double x) {
    double far = x;
    double sum = 0;
    while (far < 50) {
      sum -= 1 / far;
      far++;
    }
    double square = far * far;
    double series = 1 / (12 * square) - 1 / (120 * square * square) + 1 / (252 * Math.pow(far, 6));
    return sum + Math.log(far) - 1 / (2 * far) - series;
  }

  /** {@code E[log pi]}: of {@code Beta(1 + n, concentration + later n)} one after the other. */
  static double[] logWeights(double concentration, double... counts) {
    double[] logs = new double[counts.length];
    double left = 0;
    for (int c = 0; c < counts.length - 1; c++) {
      double later = concentration;
      for (int other = c + 1; other < counts.length; other++) {
        later += counts[other];
      }
      double both = digamma(1 + counts[c] + later);
      logs[c] = left + digamma(1 + counts[c]) - both;
      left += digamma(later) - both;
    }
    logs[counts.length - 1] = left;
    return logs;
  }

  /** Reconstruction and divergence of every image and component. */
  private static double[][][] bounds(TinyStep step) {
    PlainNoise noise = step.noise();
    double[][][] bounds = new double[2][BATCH][COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      double[][] drawn = noise.normal(BATCH, LATENTS);
      for (int i = 0; i < BATCH; i++) {
        double[] image = step.images(0)[i];
        double[] q = step.network("encoder-" + c).of(image);
        double[] logits = step.network("decoder-" + c).of(PlainSums.drawn(q, drawn[i]));
        bounds[0][i][c] = PlainSums.bernoulli(image, logits);
        bounds[1][i][c] = PlainSums.divergence(q, new double[2 * LATENTS]);
      }
    }
    return bounds;
  }

  private static double weighted(double[][] r, double[][] values) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int c = 0; c < COMPONENTS; c++) {
        sum += r[i][c] * values[i][c] / BATCH;
      }
    }
    return sum;
  }

  /** Before the warm-up, half way through the warm-up and after it. */
  @ParameterizedTest
  @CsvSource({"0, 0", "6, 0.6", "10, 1", "25, 1"})
  void infiniteMixture(long number, double weight) {
    InfiniteMixtureVae method =
        new InfiniteMixtureVae(COMPONENTS, CONCENTRATION, 10, 0.2, TinyStep.STILL);
    TinyStep step =
        TinyStep.of(
            method,
            number,
            List.of(),
            learner ->
                TinyNetworks.set(
                    learner.autoencoder().prior().networks().get(0).parameters().get(0), COUNTS));
    double[] pi = logWeights(CONCENTRATION, COUNTS);
    double[][][] bounds = bounds(step);
    double[][] r = new double[BATCH][COMPONENTS];
    double[][] information = new double[BATCH][COMPONENTS];
    double[] moved = new double[COMPONENTS];
    for (int i = 0; i < BATCH; i++) {
      for (int c = 0; c < COMPONENTS; c++) {
        r[i][c] = pi[c] - weight * (bounds[0][i][c] + bounds[1][i][c]);
      }
      r[i] = PlainSums.softmax(r[i]);
      for (int c = 0; c < COMPONENTS; c++) {
        information[i][c] = Math.log(r[i][c]) - pi[c];
        moved[c] += 0.2 * TinyStep.SIZE * r[i][c] / BATCH;
      }
    }
    for (int c = 0; c < COMPONENTS; c++) {
      moved[c] += 0.8 * COUNTS[c];
    }
    double total = Arrays.stream(moved).sum();
    assertEquals(TinyStep.SIZE, total, 1e-9, "every image is counted once");
    double assignment = weighted(r, information);
    step.requireTerm(Terms.RECONSTRUCTION, weighted(r, bounds[0]));
    step.requireTerm(Terms.KL, weighted(r, bounds[1]));
    step.requireTerm(InfiniteMixtureVae.ASSIGNMENT_KL, assignment);
    double[] shares = Arrays.stream(moved).map(n -> n / total).toArray();
    step.requireTerm(InfiniteMixtureVae.COMPONENTS_IN_USE, PlainSums.perplexity(shares));
    step.requireTerm(Terms.LOSS, weighted(r, bounds[0]) + weighted(r, bounds[1]) + assignment);
    step.requireMoved("sticks", moved);
    step.requireNoGradient("sticks");
    step.requireGradient(
        "components",
        () -> {
          double[][][] now = bounds(step);
          return weighted(r, now[0]) + weighted(r, now[1]);
        });
  }

  @Test
  void theWeightsHaveTheTypeOfWhatTheyWeigh() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      InfiniteMixtureVae method = new InfiniteMixtureVae(COMPONENTS);
      Learner learner = TinyNetworks.learner(method, manager, LATENTS, BATCH);
      MixtureAutoencoder model = (MixtureAutoencoder) learner.autoencoder();
      for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
        assertEquals(type, model.logWeights(manager.zeros(new Shape(1), type)).getDataType());
      }
      learner.players().forEach(Player::close);
    }
  }
}
