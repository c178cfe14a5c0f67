package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.Terms;
import dev.disentangle.model.GaussianMixture;
import dev.disentangle.model.Likelihood;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.Vae;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ELBO and the two methods that weigh its divergence. */
class VaeOracleTest {

  /** Kingma & Welling 2014, equation 7. */
  @Test
  void vae() {
    TinyStep step = TinyStep.of(new Vae(TinyStep.STILL));
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(Terms.LOSS, pass.reconstruction() + pass.kl());
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = PlainPass.of(step);
          return moved.reconstruction() + moved.kl();
        });
  }

  /** Higgins et al. 2017, equation 4. */
  @Test
  void betaVae() {
    TinyStep step = TinyStep.of(new BetaVae(4, TinyStep.STILL));
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(Terms.LOSS, pass.reconstruction() + 4 * pass.kl());
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = PlainPass.of(step);
          return moved.reconstruction() + 4 * moved.kl();
        });
  }

  /** Burgess et al. 2018, equation 8: below the capacity and above it, half way and afterwards. */
  @ParameterizedTest
  @CsvSource({"0.5, 10, 5", "20, 10, 5", "20, 10, 40", "0.5, 10, 0"})
  void controlledCapacity(double capacity, int steps, long number) {
    double c = number < steps ? capacity * number / steps : capacity;
    TinyStep step = TinyStep.of(new CapacityVae(3, capacity, steps, TinyStep.STILL), number);
    PlainPass pass = PlainPass.of(step);
    assertTrue(capacity > 1 == pass.kl() < c, "the divergence is " + pass.kl());
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(CapacityVae.CAPACITY, c);
    step.requireTerm(CapacityVae.DEVIATION, Math.abs(pass.kl() - c));
    step.requireTerm(Terms.LOSS, pass.reconstruction() + 3 * Math.abs(pass.kl() - c));
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = PlainPass.of(step);
          return moved.reconstruction() + 3 * Math.abs(moved.kl() - c);
        });
  }

  /** What a likelihood makes of a code, {@code [mean, deviation]} of every pixel. */
  private interface Pixels {
    double[][] of(TinyStep step, double... z);
  }

  static Stream<Arguments> likelihoods() {
    Pixels fixed = (step, z) -> new double[][] {step.network("decoder").of(z), filled(0.3)};
    Pixels learned =
        (step, z) ->
            new double[][] {
              step.layersBesideTheConstant().of(z), filled(Math.exp(step.constant()))
            };
    Pixels own =
        (step, z) -> {
          double[] outputs = step.network("decoder").of(z);
          double[] deviations = new double[TinyStep.PIXELS];
          for (int p = 0; p < deviations.length; p++) {
            // log s = log f + log(1 + e^a / f).
            deviations[p] = 0.2 + Math.exp(outputs[TinyStep.PIXELS + p]);
          }
          return new double[][] {outputs, deviations};
        };
    return Stream.of(
        Arguments.of(new Likelihood.Gaussian(0.3), fixed),
        Arguments.of(new Likelihood.GaussianLearned(), learned),
        Arguments.of(new Likelihood.GaussianPerPixel(0.2), own));
  }

  private static double[] filled(double value) {
    double[] values = new double[TinyStep.PIXELS];
    Arrays.fill(values, value);
    return values;
  }

  /** Gaussian pixels, of a fixed deviation, of a learned one, and of one of their own. */
  @ParameterizedTest
  @MethodSource("likelihoods")
  void gaussianPixels(Likelihood likelihood, Pixels pixels) {
    TinyStep step = TinyStep.of(new Vae(TinyStep.STILL), likelihood);
    step.requireTerm(Terms.RECONSTRUCTION, reconstruction(step, pixels));
    step.requireGradient("autoencoder", () -> reconstruction(step, pixels) + pass(step).kl());
  }

  private static PlainPass pass(TinyStep step) {
    double[][] noise = step.noise().normal(TinyStep.BATCH, TinyStep.LATENTS);
    return PlainPass.encoded(step, step.images(0), noise);
  }

  private static double reconstruction(TinyStep step, Pixels pixels) {
    double[][] z = pass(step).z();
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double[][] decoded = pixels.of(step, z[i]);
      for (int p = 0; p < TinyStep.PIXELS; p++) {
        double deviation = decoded[1][p];
        double error = (step.images(0)[i][p] - decoded[0][p]) / deviation;
        sum -= Math.log(Math.exp(-error * error / 2) / (deviation * Math.sqrt(2 * Math.PI)));
      }
    }
    return sum / z.length;
  }

  /** Kingma & Welling 2014, equation 6: without a closed form the step's samples estimate it. */
  @Test
  void aDivergenceWithoutClosedFormIsThatOfTheSamples() {
    TinyStep step = TinyStep.of(new BetaVae(4, TinyStep.STILL), new GaussianMixture(2));
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.KL_SAMPLED, sampledDivergence(step));
    step.requireTerm(Terms.LOSS, pass.reconstruction() + 4 * sampledDivergence(step));
    step.requireGradient(
        "autoencoder", () -> PlainPass.of(step).reconstruction() + 4 * sampledDivergence(step));
  }

  /** The mean of {@code log q(z|x) - log sum_k w_k N(z; m_k, e^v_k)}. */
  private static double sampledDivergence(TinyStep step) {
    PlainPass pass = PlainPass.of(step);
    int latents = pass.latents();
    int width = 2 * latents + 1;
    double[] table = step.network("mixture").weights().get(0);
    double sum = 0;
    for (int i = 0; i < pass.batch(); i++) {
      double prior = 0;
      double normaliser = 0;
      for (int k = 0; k < 2; k++) {
        double density = Math.exp(table[k * width + 2 * latents]);
        normaliser += density;
        for (int j = 0; j < latents; j++) {
          double variance = Math.exp(table[k * width + latents + j]);
          density *= normal(pass.z()[i][j], table[k * width + j], variance);
        }
        prior += density;
      }
      sum -= Math.log(prior / normaliser);
      for (int j = 0; j < latents; j++) {
        double variance = Math.exp(pass.logVariance()[i][j]);
        sum += Math.log(normal(pass.z()[i][j], pass.mean()[i][j], variance));
      }
    }
    return sum / pass.batch();
  }

  private static double normal(double z, double mean, double variance) {
    return Math.exp(-(z - mean) * (z - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }
}
