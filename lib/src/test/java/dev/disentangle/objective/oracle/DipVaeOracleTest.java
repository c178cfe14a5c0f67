package dev.disentangle.objective.oracle;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.DipVae;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DIP-VAE: the negative ELBO, and what its covariances lack to the identity. */
class DipVaeOracleTest {

  /** Kumar et al. 2018, equations 6 and 7. */
  private static double penalty(PlainPass pass, DipVae.Version version) {
    double penalty = 0;
    for (int a = 0; a < pass.latents(); a++) {
      for (int b = 0; b < pass.latents(); b++) {
        double product = 0;
        double meanA = 0;
        double meanB = 0;
        double variance = 0;
        for (int i = 0; i < pass.batch(); i++) {
          product += pass.mean()[i][a] * pass.mean()[i][b] / pass.batch();
          meanA += pass.mean()[i][a] / pass.batch();
          meanB += pass.mean()[i][b] / pass.batch();
          variance += Math.exp(pass.logVariance()[i][a]) / pass.batch();
        }
        double covariance = product - meanA * meanB;
        covariance += version == DipVae.Version.II && a == b ? variance : 0;
        penalty += a == b ? 5 * Math.pow(covariance - 1, 2) : 10 * covariance * covariance;
      }
    }
    return penalty;
  }

  @ParameterizedTest
  @EnumSource(DipVae.Version.class)
  void dipVae(DipVae.Version version) {
    TinyStep step = TinyStep.of(new DipVae(version, 10, 5, TinyStep.STILL));
    PlainPass pass = PlainPass.of(step);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(DipVae.COVARIANCE_PENALTY, penalty(pass, version));
    step.requireTerm(Terms.LOSS, pass.reconstruction() + pass.kl() + penalty(pass, version));
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = PlainPass.of(step);
          return moved.reconstruction() + moved.kl() + penalty(moved, version);
        });
  }
}
