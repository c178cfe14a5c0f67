package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.history.Terms;
import dev.disentangle.model.EncoderKind;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * A method with settings for a short run.
 *
 * @param method the method
 * @param regulariser name of the recorded term that is the method's own
 * @param latents size of the code
 * @param steps length of the run
 */
record BenchmarkedMethod(Objective method, String regulariser, int latents, int steps) {

  private static final int LATENTS = 6;
  private static final int STEPS = 600;

  /** Adversarial methods learn to draw more slowly. */
  private static final int LONG = 1_500;

  private static final int CRITIC_ROUNDS_STEPS = 300;

  /** The images of the small preset. */
  static DSprites images() {
    return DSprites.small();
  }

  /** All methods, in the order of the table. */
  static List<BenchmarkedMethod> all() {
    Adam adam = Adam.of(1e-3);
    Adam adversary = Adam.of(1e-3, 0.5, 0.9);
    // An encoder that follows its adversary as fast as its decoder never gets to reconstruct.
    Adam slow = Adam.of(1e-4, 0.5, 0.9);
    // Squared error behind a sigmoid: a faster start ends in black images, and stays there.
    Adam careful = Adam.of(2e-4);
    WaeMmd.Kernel kernel = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    EncoderKind certain = EncoderKind.DETERMINISTIC;
    return List.of(
        of(new Vae(adam), Terms.KL),
        of(new BetaVae(4, adam), Terms.KL),
        of(new CapacityVae(5, 10, STEPS, adam), CapacityVae.DEVIATION),
        of(new FactorVae(10).withLearningRate(1e-3), Terms.TOTAL_CORRELATION_ESTIMATE),
        of(
            new BetaTcVae(1, 4, 1, BetaTcVae.Sampling.STRATIFIED, adam),
            Terms.TOTAL_CORRELATION_ESTIMATE),
        of(new DipVae(DipVae.Version.I, 10, 100, adam), DipVae.COVARIANCE_PENALTY),
        of(new DipVae(DipVae.Version.II, 10, 10, adam), DipVae.COVARIANCE_PENALTY),
        of(new Aae(certain, adam, slow, adversary), Aae.PENALTY),
        of(new WaeMmd(1, kernel, certain, 200, careful), WaeMmd.DISCREPANCY, LONG),
        of(new WaeGan(1, certain, 200, careful, slow), WaeGan.PENALTY, LONG),
        of(new InfoGan(0, 10), InfoGan.RECOGNITION_LOSS, LONG),
        of(
            new InfoWganGp(1, 10, 5, 0, 10, adversary, adversary),
            InfoWganGp.GRADIENT_PENALTY,
            CRITIC_ROUNDS_STEPS),
        new BenchmarkedMethod(
            new DcIgn(0.01, adam), DcIgn.CLAMPED_VARIANCE, images().space().count(), STEPS));
  }

  private static BenchmarkedMethod of(Objective method, String regulariser) {
    return of(method, regulariser, STEPS);
  }

  private static BenchmarkedMethod of(Objective method, String regulariser, int steps) {
    return new BenchmarkedMethod(method, regulariser, LATENTS, steps);
  }
}
