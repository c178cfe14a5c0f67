package dev.disentangle.objective.oracle;

import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kingma et al. 2014, section 3.1: M2 on samples of M1's posteriors, whose weights rest then. */
class StackedVaeOracleTest {

  private static final int CLASSES = 2;
  private static final int[] LABELS = {1, 0, 0, 1, 1};
  private static final int FIRST = 4;
  private static final int KNOWN = 20;
  private static final double ALPHA = 0.6;
  private static final int BATCH = TinyStep.BATCH;
  private static final int LATENTS = TinyStep.LATENTS;

  private TinyStep step;

  /** {@code KL(N(mean, e^v) || N(0, I))} of a row. */
  private static double divergence(double... outputs) {
    double sum = 0;
    for (int j = 0; j < LATENTS; j++) {
      double v = outputs[LATENTS + j];
      sum += 0.5 * (outputs[j] * outputs[j] + Math.exp(v) - v - 1);
    }
    return sum;
  }

  /** {@code L(z1, y)} without {@code log K} of every row. */
  private double[] bounds(double[][] z1, int[] labels, double[][] noise) {
    double[][] y = PlainRows.oneHot(labels, CLASSES);
    double[][] outputs = step.network("code-encoder").of(PlainRows.beside(z1, y));
    double[][] z2 = new double[BATCH][LATENTS];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS; j++) {
        z2[i][j] = outputs[i][j] + Math.exp(outputs[i][LATENTS + j] / 2) * noise[i][j];
      }
    }
    double[][] decoded = step.network("code-decoder").of(PlainRows.beside(z2, y));
    double[] bounds = new double[BATCH];
    Arrays.setAll(bounds, i -> PlainSums.gaussian(decoded[i], z1[i]) + divergence(outputs[i]));
    return bounds;
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private PlainPass pass(PlainNoise noise, int batch) {
    return PlainPass.of(step, step.images(batch), noise.normal(BATCH, LATENTS));
  }

  private double second(boolean hidden) {
    PlainNoise noise = step.noise();
    double[][] own = pass(noise, hidden ? 1 : 0).z();
    double[][] known = hidden ? pass(noise, 0).z() : own;
    double[] bounds = bounds(known, LABELS, noise.normal(BATCH, LATENTS));
    double labelled = mean(bounds) + Math.log(CLASSES);
    double share = hidden ? (double) KNOWN / TinyStep.SIZE : 1;
    double loss = share * labelled + ALPHA * classification(known);
    return hidden ? loss + (1 - share) * unlabelled(own, noise) : loss;
  }

  private double classification(double[][] known) {
    return PlainRows.surprise(step.network("code-classifier").of(known), LABELS);
  }

  private double unlabelled(double[][] z1, PlainNoise noise) {
    double[][] logits = step.network("code-classifier").of(z1);
    double sum = 0;
    for (int label = 0; label < CLASSES; label++) {
      int[] all = new int[BATCH];
      Arrays.fill(all, label);
      double[] bounds = bounds(z1, all, noise.normal(BATCH, LATENTS));
      for (int i = 0; i < BATCH; i++) {
        double q = Math.exp(logits[i][label]) / Arrays.stream(logits[i]).map(Math::exp).sum();
        sum += q * (bounds[i] + Math.log(CLASSES) + Math.log(q)) / BATCH;
      }
    }
    return sum;
  }

  private double first(boolean hidden) {
    PlainPass pass = pass(step.noise(), hidden ? 1 : 0);
    return pass.reconstruction() + pass.kl();
  }

  /**
   * Changes go unnoticed that let the second stage's loss know where its codes come from: its
   * player minimises over weights behind them.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachStageMovesItsOwnWeights(boolean hidden) {
    Labels all = Labels.of("tone");
    Labels labels = hidden ? all.known(KNOWN) : all;
    StackedVae method = new StackedVae(labels, FIRST, ALPHA, TinyStep.STILL);
    List<int[]> given = List.of(LABELS, new int[] {-1, -1, -1, -1, -1});
    step = TinyStep.of(method, FIRST - 1, given, learner -> {});
    PlainPass pass = pass(step.noise(), hidden ? 1 : 0);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(Terms.LOSS, first(hidden));
    step.requireTerm(StackedVae.SECOND_STAGE_LOSS, second(hidden));
    step.requireGradient("autoencoder", () -> first(hidden));
    step.requireNoGradient("second stage");

    step = TinyStep.of(method, FIRST, given, learner -> {});
    PlainNoise noise = step.noise();
    double[][] own = pass(noise, hidden ? 1 : 0).z();
    double[][] known = hidden ? pass(noise, 0).z() : own;
    step.requireTerm(SemiSupervisedVae.CLASSIFICATION_LOSS, classification(known));
    step.requireNoGradient("autoencoder");
    step.requireGradient("second stage", () -> second(hidden));
  }
}
