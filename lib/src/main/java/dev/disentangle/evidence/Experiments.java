package dev.disentangle.evidence;

import dev.disentangle.data.DSprites;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.InitialWeights;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.sweep.Sweep;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The experiments. No setting was chosen by looking at the seeds that they report. */
public final class Experiments {

  private static final String[] SCORES = {
    "factorvae", "mig", "higgins", "dci", "sap", "modularity", "explicitness", "irs"
  };
  private static final String UNITS = "discriminator's units";
  private static final Adam QUICK = Adam.of(2e-3);

  private Experiments() {}

  /**
   * Lists them all.
   *
   * @return the quick ones first
   */
  public static List<Experiment> all() {
    return List.of(smallFrontiers(), totalCorrelation(), frontiers());
  }

  /**
   * Score against reconstruction as in the FactorVAE paper's Figures 4 and 5: full dSprites, the
   * paper's networks, rates and ten latents, but 10,000 of its 300,000 steps. About 20 minutes per
   * run on one core.
   *
   * @return VAE, beta-VAE (4) and FactorVAE (35) over five seeds, three further weights of either
   *     over two, and three more methods once
   */
  public static Experiment frontiers() {
    Sweep sweep =
        Sweep.over(DSprites::generate)
            .each(b -> b.latents(10).recordEvery(200).measureEvery(1_000).measureAllEvery(0))
            .each(b -> b.scoreEvery(2_500, SCORES))
            .steps(10_000);
    Objective[] named = {new FactorVae(35), new BetaVae(4), new Vae()};
    Objective[] weights = {
      new BetaVae(2),
      new FactorVae(10),
      new BetaVae(8),
      new FactorVae(60),
      new BetaVae(6),
      new FactorVae(20)
    };
    Objective[] others = {
      new BetaTcVae(4),
      new DipVae(DipVae.Version.II),
      new CapacityVae(1_000, 25, 10_000, Adam.of(5e-4))
    };
    return new Experiment(
        "frontiers",
        "At equal reconstruction, does FactorVAE disentangle better than beta-VAE?",
        sweep.methods(concatenated(named, weights, others)).seeds(0, 1, 2, 3, 4),
        List.of(
            sweep.methods(named).seeds(0, 1),
            sweep.methods(weights).seeds(0),
            sweep.methods(named).seeds(2),
            sweep.methods(weights).seeds(1),
            sweep.methods(named).seeds(3, 4),
            sweep.methods(others).seeds(0)));
  }

  /**
   * The same on the quickstart's hearts with its rate, steps and latents, for everybody: an hour on
   * two cores. The weights reach from the VAE's reconstruction to more than twice its loss on seed
   * 100.
   *
   * @return VAE, four weights of beta-VAE and four of FactorVAE over ten seeds
   */
  public static Experiment smallFrontiers() {
    Sweep sweep =
        Sweep.over(DSprites::hearts)
            .methods(
                new Vae(QUICK),
                new BetaVae(2, QUICK),
                new BetaVae(3, QUICK),
                new BetaVae(4, QUICK),
                new BetaVae(6, QUICK),
                quick(6),
                quick(12),
                quick(24),
                quick(40))
            .each(b -> b.latents(6).recordEvery(100).measureEvery(1_000).scoreEvery(2_000, SCORES))
            .steps(2_000);
    return new Experiment(
        "small-frontiers",
        "The same on large hearts",
        sweep.seeds(LongStream.range(0, 10).toArray()),
        LongStream.range(0, 10).mapToObj(sweep::seeds).toList());
  }

  /**
   * The discriminator's estimate beside the true total correlation over training, as in the
   * FactorVAE paper's Figure 7, on the same hearts, whose posteriors can all be counted. The rate
   * is a quarter of the quickstart's, at which the codes move too fast to be followed.
   *
   * @return three weights, the discriminator learning once and five times per step, three seeds;
   *     and the middle weight with a discriminator of four times as many units
   */
  public static Experiment totalCorrelation() {
    Sweep sweep =
        Sweep.over(DSprites::hearts)
            .each(b -> b.latents(6).recordEvery(100).measureEvery(100))
            .steps(2_000);
    Objective[] learning = {
      slow(6, 1), slow(6, 5), slow(20, 1), slow(20, 5), slow(60, 1), slow(60, 5)
    };
    Sweep usual = sweep.vary(UNITS, Experiments::units, 256).methods(learning);
    Sweep wider = sweep.vary(UNITS, Experiments::units, 1_024).methods(slow(20, 1), slow(20, 5));
    return new Experiment(
        "total-correlation",
        "Does the discriminator's estimate follow the true total correlation?",
        sweep.vary(UNITS, Experiments::units, 256, 1_024).methods(learning).seeds(0, 1, 2),
        List.of(usual.seeds(0), wider.seeds(0), usual.seeds(1), usual.seeds(2)));
  }

  private static FactorVae slow(double gamma, int discriminatorSteps) {
    return new FactorVae(gamma).withLearningRate(5e-4).withDiscriminatorSteps(discriminatorSteps);
  }

  /** The small preset with another width of its discriminator. */
  private static void units(Settings.Builder builder, int units) {
    builder.architecture(
        new Architectures.Convolutional(
            "small-32-" + units,
            List.of(32, 32, 64),
            128,
            3,
            units,
            Precision.FLOAT32,
            InitialWeights.LECUN));
  }

  /** In so short a run the codes move faster than a discriminator follows that learns once. */
  static FactorVae quick(double gamma) {
    return new FactorVae(gamma).withLearningRate(2e-3).withDiscriminatorSteps(2);
  }

  private static Objective[] concatenated(Objective[]... groups) {
    return Arrays.stream(groups).flatMap(Arrays::stream).toArray(Objective[]::new);
  }
}
