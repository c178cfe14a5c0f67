package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.adversary.InformativeGenerator;
import dev.disentangle.objective.adversary.UniformCodes;
import dev.disentangle.objective.estimator.DensityRatio;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * InfoGAN (Chen et al. 2016, equation 6): {@code min_G,Q max_D V(D, G) - lambda L(G, Q)} with
 * {@code V = E[log D(x)] + E[log(1 - D(G(c, noise)))]} and {@code L = E[log Q(c | G(c, noise))] +
 * H(c)}, a lower bound of the information that images hold about their codes {@code c}.
 *
 * <p>The generator minimises the non-saturating {@code -E[log D(G(c, noise))]}. The recognition
 * network {@code Q} shares the discriminator's layers and learns with it, and serves as the
 * encoder. Both players move after the same pass. Unlike the paper's, the networks have no batch
 * normalisation.
 *
 * <p>The number of latents is that of all codes: the categories and, beside them, the continuous
 * codes.
 *
 * @param lambda weight of the information, at least 0; the paper uses 1
 * @param categories values of the categorical code, at least 2, or 0 for none; 10 for MNIST
 * @param noise noise dimensions, at least 0; the paper uses 62 for MNIST
 * @param adam the generator's optimiser
 * @param discriminatorAdam the discriminator's optimiser
 */
public record InfoGan(double lambda, int categories, int noise, Adam adam, Adam discriminatorAdam)
    implements Objective {

  /**
   * Name of the recorded bound {@code L}, in nats. It is at most {@code log K} for {@code K}
   * categories, plus {@code log 2 - log(2 pi) / 2 = -0.226} for each continuous code: a Gaussian of
   * variance 1, as the recognition network's is, cannot be as certain about a code as {@code H(c)}
   * asks for, so the bound does not reach {@code H(c)} and may be negative.
   */
  public static final String INFORMATION = "mutual_information_bound";

  /** Name of the recorded {@code -E[log Q(c | G(c, noise))]}, in nats per image. */
  public static final String RECOGNITION_LOSS = "recognition_loss";

  /** Name of the recorded loss of the generator, without the information. */
  public static final String GENERATOR_LOSS = "generator_loss";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public InfoGan {
    Requirements.nonNegative("lambda", lambda);
    InformativeGenerator.requireSizes(categories, noise);
  }

  /**
   * The paper's settings: {@code lambda} 1, Adam 1e-3 (0.5, 0.999) for the generator and 2e-4 for
   * the discriminator.
   *
   * @param categories values of the categorical code, or 0 for none
   * @param noise noise dimensions
   */
  public InfoGan(int categories, int noise) {
    this(1, categories, noise, Adam.of(1e-3, 0.5, 0.999), Adam.of(2e-4, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "InfoGAN";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new Deterministic();
  }

  @Override
  public PriorFamily defaultPrior() {
    return new UniformCodes(categories);
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new Adversaries(new InformativeGenerator(assembly, categories, noise));
  }

  private final class Adversaries implements Learner {

    private final InformativeGenerator model;
    private final Player generator;
    private final Player discriminator;

    Adversaries(InformativeGenerator model) {
      this.model = model;
      generator = new Player("generator", adam, List.of(model.generator()));
      discriminator =
          new Player("discriminator", discriminatorAdam, List.of(model.discriminator()));
    }

    @Override
    public List<Player> players() {
      return List.of(generator, discriminator);
    }

    @Override
    public EncoderDecoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      NDArray codes = model.drawCodes(step, step.images().getShape().get(0));
      NDArray generated = model.generate(step, codes);
      NDArray outputs = model.discriminator().forward(generated);
      NDArray verdict = InformativeGenerator.verdict(outputs);
      NDArray real = InformativeGenerator.verdict(model.discriminator().forward(step.images()));
      NDArray recognition = model.recognitionLoss(outputs, codes);
      NDArray weighted = Operations.scale(recognition, lambda);

      NDArray discriminatorLoss = DensityRatio.discriminatorLoss(real, verdict);
      step.minimiseKeepingGraph(
          discriminator, Operations.scale(discriminatorLoss, 2).add(weighted));
      NDArray generatorLoss = Operations.softplus(verdict.neg()).mean();
      step.minimise(generator, generatorLoss.add(weighted));

      return new LossTerms()
          .with(GENERATOR_LOSS, generatorLoss)
          .with(RECOGNITION_LOSS, recognition)
          .with(INFORMATION, recognition.neg().add((float) model.entropy()))
          .with(Terms.LOSS, generatorLoss.add(weighted))
          .with(Terms.DISCRIMINATOR_LOSS, discriminatorLoss);
    }
  }
}
