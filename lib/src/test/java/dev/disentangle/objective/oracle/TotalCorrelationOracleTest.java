package dev.disentangle.objective.oracle;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.SecondBatch;
import dev.disentangle.tensor.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The two methods that split off the total correlation. */
class TotalCorrelationOracleTest {

  private static final double GAMMA = 7;

  /** What FactorVAE draws in a step: the autoencoder's pass and the permuted codes. */
  private record Draw(PlainPass pass, double[][] permuted) {

    static Draw of(TinyStep step, SecondBatch kind, int rounds) {
      int half = TinyStep.BATCH / 2;
      double[][] first = step.images(0);
      double[][] trained = kind == SecondBatch.SPLIT ? Arrays.copyOfRange(first, 0, half) : first;
      double[][] other =
          switch (kind) {
            case INDEPENDENT -> step.images(1);
            case SPLIT -> Arrays.copyOfRange(first, half, first.length);
            case SAME -> first;
          };
      PlainNoise noise = step.noise();
      PlainPass pass = PlainPass.of(step, trained, noise.normal(trained.length, TinyStep.LATENTS));
      // The rounds before the last have samples of their own, and leave nothing behind: here the
      // discriminator stands still.
      for (int round = 1; round < rounds; round++) {
        noise.normal(trained.length, TinyStep.LATENTS);
        noise.permuted(noise.normal(other.length, TinyStep.LATENTS));
      }
      double[][] z = PlainPass.of(step, other, noise.normal(other.length, TinyStep.LATENTS)).z();
      return new Draw(pass, noise.permuted(z));
    }
  }

  /** Kim & Mnih 2018, equation 2 and Algorithm 2: the mean of {@code log D / (1 - D)}. */
  private static double estimate(TinyStep step, double[][] z) {
    PlainNetwork discriminator = step.network("discriminator");
    return PlainPass.meanLogProbability(discriminator, z, 0)
        - PlainPass.meanLogProbability(discriminator, z, 1);
  }

  private static double discriminatorLoss(TinyStep step, Draw draw) {
    PlainNetwork discriminator = step.network("discriminator");
    return -0.5 * PlainPass.meanLogProbability(discriminator, draw.pass().z(), 0)
        - 0.5 * PlainPass.meanLogProbability(discriminator, draw.permuted(), 1);
  }

  @ParameterizedTest
  @CsvSource({"INDEPENDENT, 1", "SPLIT, 1", "SAME, 1", "INDEPENDENT, 3", "SPLIT, 2"})
  void factorVae(SecondBatch kind, int rounds) {
    TinyStep step = TinyStep.of(new FactorVae(GAMMA, kind, rounds, TinyStep.STILL, TinyStep.STILL));
    Draw draw = Draw.of(step, kind, rounds);
    PlainPass pass = draw.pass();
    double estimate = estimate(step, pass.z());
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(Terms.TOTAL_CORRELATION_ESTIMATE, estimate);
    step.requireTerm(Terms.LOSS, pass.reconstruction() + pass.kl() + GAMMA * estimate);
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, discriminatorLoss(step, draw));
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = Draw.of(step, kind, rounds).pass();
          return moved.reconstruction() + moved.kl() + GAMMA * estimate(step, moved.z());
        });
    step.requireGradient("discriminator", () -> discriminatorLoss(step, draw));
  }

  private static double[][] drawn(TinyStep step, int batch, PlainNoise noise) {
    double[][] normal = noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    return PlainPass.of(step, step.images(batch), normal).z();
  }

  /** The last round's gradient is that at the weights which the first round has left. */
  @Test
  void everyRoundMovesTheDiscriminator() {
    double rate = 0.1;
    Adam moving = Adam.of(rate, 0, 0.9);
    SecondBatch kind = SecondBatch.INDEPENDENT;
    TinyStep step = TinyStep.of(new FactorVae(GAMMA, kind, 2, TinyStep.STILL, moving));
    PlainNoise noise = step.noise();
    double[][] own = noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    double[][] first = drawn(step, 0, noise);
    double[][] permuted = noise.permuted(drawn(step, 1, noise));
    Draw early = new Draw(new PlainPass(first, first, first, first, first), permuted);
    Draw last =
        new Draw(PlainPass.of(step, step.images(0), own), noise.permuted(drawn(step, 1, noise)));
    List<double[]> weights = step.network("discriminator").weights();
    List<double[]> moves = new ArrayList<>();
    for (double[] array : weights) {
      double[] move = new double[array.length];
      for (int i = 0; i < move.length; i++) {
        // Adam's first step is g / (|g| + 1e-8) times the rate (Kingma & Ba 2015, Algorithm 1).
        double slope = TinyStep.slope(() -> discriminatorLoss(step, early), array, i);
        move[i] = rate * slope / (Math.abs(slope) + 1e-8);
      }
      moves.add(move);
    }
    for (int a = 0; a < moves.size(); a++) {
      for (int i = 0; i < moves.get(a).length; i++) {
        weights.get(a)[i] -= moves.get(a)[i];
      }
    }
    step.requireTerm(Terms.TOTAL_CORRELATION_ESTIMATE, estimate(step, last.pass().z()));
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, discriminatorLoss(step, last));
    step.requireGradient("discriminator", () -> discriminatorLoss(step, last));
  }

  /** Chen et al. 2018, equation 4, with the sums of its section 3.1 and Appendix C.2. */
  @ParameterizedTest
  @EnumSource(BetaTcVae.Sampling.class)
  void betaTcVae(BetaTcVae.Sampling sampling) {
    TinyStep step = TinyStep.of(new BetaTcVae(0.5, 4, 2, sampling, TinyStep.STILL));
    boolean weighted = sampling == BetaTcVae.Sampling.WEIGHTED;
    PlainPass pass = PlainPass.of(step);
    Densities terms = Densities.of(pass, weighted);
    step.requireTerm(Terms.RECONSTRUCTION, pass.reconstruction());
    step.requireTerm(Terms.KL, pass.kl());
    step.requireTerm(
        weighted ? BetaTcVae.WEIGHTED_MUTUAL_INFORMATION : BetaTcVae.MUTUAL_INFORMATION,
        terms.mutualInformation());
    step.requireTerm(
        weighted ? BetaTcVae.WEIGHTED_TOTAL_CORRELATION : Terms.TOTAL_CORRELATION_ESTIMATE,
        terms.totalCorrelation());
    step.requireTerm(
        weighted ? BetaTcVae.WEIGHTED_DIMENSION_KL : BetaTcVae.DIMENSION_KL, terms.dimensionKl());
    step.requireTerm(Terms.LOSS, pass.reconstruction() + terms.weighed());
    step.requireGradient(
        "autoencoder",
        () -> {
          PlainPass moved = PlainPass.of(step);
          return moved.reconstruction() + Densities.of(moved, weighted).weighed();
        });
  }

  /** The means of the four logarithms that the terms are differences of. */
  private record Densities(double posterior, double joint, double marginals, double prior) {

    static Densities of(PlainPass pass, boolean weighted) {
      int m = pass.batch();
      double n = TinyStep.SIZE;
      double posterior = 0;
      double joint = 0;
      double marginals = 0;
      double prior = 0;
      for (int i = 0; i < m; i++) {
        double[] z = pass.z()[i];
        double jointSum = 0;
        double[] marginalSums = new double[z.length];
        for (int k = 0; k < m; k++) {
          double others = k == (i + 1) % m ? (n - m + 1) / (n * (m - 1)) : 1.0 / (m - 1);
          double weight = weighted ? 1 / (n * m) : k == i ? 1 / n : others;
          double product = 1;
          for (int j = 0; j < z.length; j++) {
            double one = density(z[j], pass.mean()[k][j], Math.exp(pass.logVariance()[k][j]));
            product *= one;
            marginalSums[j] += weight * one;
            posterior += k == i ? Math.log(one) / m : 0;
          }
          jointSum += weight * product;
        }
        joint += Math.log(jointSum) / m;
        for (int j = 0; j < z.length; j++) {
          marginals += Math.log(marginalSums[j]) / m;
          prior += Math.log(density(z[j], 0, 1)) / m;
        }
      }
      return new Densities(posterior, joint, marginals, prior);
    }

    private static double density(double z, double mean, double variance) {
      return Math.exp(-(z - mean) * (z - mean) / (2 * variance))
          / Math.sqrt(2 * Math.PI * variance);
    }

    double mutualInformation() {
      return posterior - joint;
    }

    double totalCorrelation() {
      return joint - marginals;
    }

    double dimensionKl() {
      return marginals - prior;
    }

    double weighed() {
      return 0.5 * mutualInformation() + 4 * totalCorrelation() + 2 * dimensionKl();
    }
  }
}
