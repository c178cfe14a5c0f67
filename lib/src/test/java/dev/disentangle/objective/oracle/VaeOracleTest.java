package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.Vae;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
