package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.Drawn;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods that compare codes with samples of the prior. */
class MatchedPriorOracleTest {

  private static final double LAMBDA = 3;
  private static final int BATCH = TinyStep.BATCH;
  private static final int LATENTS = TinyStep.LATENTS;

  /** With certain codes, as published, or with drawn ones. */
  private static TinyStep of(Objective method, boolean drawn) {
    return TinyStep.of(drawn ? new Drawn(method) : method);
  }

  /** The samples of the prior, which a step draws after the posteriors' noise. */
  private static double[][] prior(TinyStep step) {
    PlainNoise noise = step.noise();
    noise.normal(BATCH, LATENTS);
    return noise.normal(BATCH, LATENTS);
  }

  private static double penalty(TinyStep step) {
    double[][] z = PlainPass.of(step).z();
    return -PlainPass.meanLogProbability(step.network("discriminator"), z, 0);
  }

  /** Goodfellow et al. 2014, equation 1; the prior's samples are those to be called real. */
  private static double discriminatorLoss(TinyStep step) {
    PlainNetwork discriminator = step.network("discriminator");
    return -0.5 * PlainPass.meanLogProbability(discriminator, prior(step), 0)
        - 0.5 * PlainPass.meanLogProbability(discriminator, PlainPass.of(step).z(), 1);
  }

  /** Makhzani et al. 2016, section 2. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void adversarialAutoencoder(boolean drawn) {
    TinyStep step = of(new Aae(TinyStep.STILL, TinyStep.STILL, TinyStep.STILL), drawn);
    step.requireTerm(Terms.RECONSTRUCTION, PlainPass.of(step).reconstruction());
    step.requireTerm(Terms.LOSS, PlainPass.of(step).reconstruction());
    step.requireTerm(Aae.PENALTY, penalty(step));
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, discriminatorLoss(step));
    step.requireGradient("autoencoder", () -> PlainPass.of(step).reconstruction());
    step.requireGradient("encoder", () -> penalty(step));
    step.requireGradient("discriminator", () -> discriminatorLoss(step));
  }

  /** Tolstikhin et al. 2018, Algorithm 1. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wassersteinAutoencoderWithDiscriminator(boolean drawn) {
    TinyStep step = of(new WaeGan(LAMBDA, 0, TinyStep.STILL, TinyStep.STILL), drawn);
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(WaeMmd.COST, pass.cost());
    step.requireTerm(WaeGan.PENALTY, penalty(step));
    step.requireTerm(Terms.LOSS, pass.cost() + LAMBDA * penalty(step));
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, discriminatorLoss(step));
    step.requireGradient("autoencoder", () -> PlainPass.of(step).cost() + LAMBDA * penalty(step));
    step.requireGradient("discriminator", () -> discriminatorLoss(step));
    step.requireNoGradient("pretrained encoder");
  }

  static Stream<Arguments> discrepancies() {
    return Stream.of(WaeMmd.Kernel.values())
        .flatMap(kernel -> Stream.of(false, true).map(drawn -> Arguments.of(kernel, drawn)));
  }

  /** Tolstikhin et al. 2018, Algorithm 2. */
  @ParameterizedTest
  @MethodSource("discrepancies")
  void wassersteinAutoencoderWithDiscrepancy(WaeMmd.Kernel kernel, boolean drawn) {
    TinyStep step = of(new WaeMmd(LAMBDA, kernel, 0, TinyStep.STILL), drawn);
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(WaeMmd.COST, pass.cost());
    step.requireTerm(WaeMmd.DISCREPANCY, discrepancy(step, kernel));
    step.requireTerm(Terms.LOSS, pass.cost() + LAMBDA * discrepancy(step, kernel));
    step.requireGradient(
        "autoencoder", () -> PlainPass.of(step).cost() + LAMBDA * discrepancy(step, kernel));
    step.requireNoGradient("pretrained encoder");
  }

  private static double discrepancy(TinyStep step, WaeMmd.Kernel kind) {
    double[][] z = PlainPass.of(step).z();
    double[][] prior = prior(step);
    double width = rank(z, prior) + rank(z, z);
    DoubleUnaryOperator kernel =
        kind == WaeMmd.Kernel.GAUSSIAN
            ? d -> Math.exp(-d / (2 * width))
            : MatchedPriorOracleTest::inverseMultiquadratic;
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < BATCH; j++) {
        if (i != j) {
          sum += kernel.applyAsDouble(distance(z[i], z[j])) / (BATCH * (BATCH - 1));
          sum += kernel.applyAsDouble(distance(prior[i], prior[j])) / (BATCH * (BATCH - 1));
        }
        sum -= 2 * kernel.applyAsDouble(distance(z[i], prior[j])) / (BATCH * BATCH);
      }
    }
    return sum;
  }

  private static double inverseMultiquadratic(double distance) {
    double sum = 0;
    for (double scale : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10}) {
      double c = 2 * LATENTS * scale;
      sum += c / (c + distance);
    }
    return sum;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum;
  }

  /** The n(n-1)/2-th largest of n^2 squared distances. */
  private static double rank(double[][] x, double[][] y) {
    double[] all = new double[BATCH * BATCH];
    for (int i = 0; i < all.length; i++) {
      all[i] = distance(x[i / BATCH], y[i % BATCH]);
    }
    Arrays.sort(all);
    return all[all.length - BATCH * (BATCH - 1) / 2];
  }

  static Stream<Objective> pretrained() {
    WaeMmd.Kernel kernel = WaeMmd.Kernel.GAUSSIAN;
    Objective discrepancy = new WaeMmd(LAMBDA, kernel, 9, TinyStep.STILL);
    Objective discriminator = new WaeGan(LAMBDA, 9, TinyStep.STILL, TinyStep.STILL);
    return Stream.of(discrepancy, discriminator, new Drawn(discrepancy), new Drawn(discriminator));
  }

  /** The published code's {@code pretrain_loss}: means and covariances of codes and samples. */
  @ParameterizedTest
  @MethodSource("pretrained")
  void pretraining(Objective method) {
    TinyStep step = TinyStep.of(method, 0, 0.3);
    assertTrue(LATENTS * moments(step) > 0.1, "or there is nothing to learn");
    step.requireGradient("pretrained encoder", () -> moments(step));
    step.requireNoGradient("autoencoder");
  }

  private static double moments(TinyStep step) {
    double[][] z = PlainPass.of(step).z();
    double[][] prior = prior(step);
    double sum = 0;
    for (int a = 0; a < LATENTS; a++) {
      sum += Math.pow(mean(z, a) - mean(prior, a), 2) / LATENTS;
      for (int b = 0; b < LATENTS; b++) {
        double difference = covariance(z, a, b) - covariance(prior, a, b);
        sum += difference * difference / (LATENTS * LATENTS);
      }
    }
    return sum;
  }

  private static double mean(double[][] x, int column) {
    return Arrays.stream(x).mapToDouble(row -> row[column]).sum() / x.length;
  }

  private static double covariance(double[][] x, int a, int b) {
    double sum = 0;
    for (double[] row : x) {
      sum += (row[a] - mean(x, a)) * (row[b] - mean(x, b));
    }
    return sum / (x.length - 1);
  }
}
