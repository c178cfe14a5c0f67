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
import dev.disentangle.objective.adversary.GradientPenalty;
import dev.disentangle.objective.adversary.InformativeGenerator;
import dev.disentangle.objective.adversary.UniformCodes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * InfoWGAN-GP: InfoGAN on the Wasserstein distance with gradient penalty (Gulrajani et al. 2017,
 * Algorithm 1; compared in Kim &amp; Mnih 2018, section 5). The critic {@code C} minimises
 *
 * <pre>{@code
 * E[C(G(c, noise))] - E[C(x)] + penalty E[(|dC(y)/dy| - 1)^2] - lambda E[log Q(c | G(c, noise))]
 * }</pre>
 *
 * <p>with {@code y} on lines between real and generated images, several times per step, each time
 * with images of its own; then the generator minimises {@code -E[C(G(c, noise))] - lambda E[log Q(c
 * | G(c, noise))]}. The recognition network {@code Q} shares the critic's layers.
 *
 * <p>The number of latents is that of all codes, as in {@link InfoGan}.
 *
 * @param lambda weight of the information, at least 0
 * @param penalty weight of the gradient penalty, at least 0; the paper uses 10
 * @param criticSteps critic steps per generator step, at least 1; the paper uses 5
 * @param categories values of the categorical code, at least 2, or 0 for none
 * @param noise noise dimensions, at least 0
 * @param adam the generator's optimiser
 * @param criticAdam the critic's optimiser
 */
public record InfoWganGp(
    double lambda,
    double penalty,
    int criticSteps,
    int categories,
    int noise,
    Adam adam,
    Adam criticAdam)
    implements Objective {

  /** Name of the recorded {@code E[C(x)] - E[C(G)]}, an estimate of the Wasserstein distance. */
  public static final String DISTANCE = "wasserstein_distance";

  /** Name of the recorded gradient penalty, without its weight. */
  public static final String GRADIENT_PENALTY = "gradient_penalty";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public InfoWganGp {
    Requirements.nonNegative("lambda", lambda);
    Requirements.nonNegative("penalty", penalty);
    Requirements.count("criticSteps", criticSteps, 1);
    InformativeGenerator.requireSizes(categories, noise);
  }

  /**
   * Information weight 1; penalty 10, 5 critic steps, Adam 1e-4 (0, 0.9): Gulrajani et al. 2017.
   *
   * @param categories values of the categorical code, or 0 for none
   * @param noise noise dimensions
   */
  public InfoWganGp(int categories, int noise) {
    this(1, 10, 5, categories, noise, Adam.of(1e-4, 0, 0.9), Adam.of(1e-4, 0, 0.9));
  }

  @Override
  public String name() {
    return "InfoWGAN-GP";
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
    return new Rounds(new InformativeGenerator(assembly, categories, noise));
  }

  private final class Rounds implements Learner {

    private final InformativeGenerator model;
    private final Player generator;
    private final Player critic;

    Rounds(InformativeGenerator model) {
      this.model = model;
      generator = new Player("generator", adam, List.of(model.generator()));
      critic = new Player("critic", criticAdam, List.of(model.discriminator()));
    }

    @Override
    public List<Player> players() {
      return List.of(generator, critic);
    }

    @Override
    public EncoderDecoder autoencoder() {
      return model;
    }

    @Override
    public int batchesPerStep() {
      return criticSteps;
    }

    @Override
    public LossTerms step(Step step) {
      LossTerms terms = new LossTerms();
      for (int round = 0; round < criticSteps; round++) {
        criticStep(step, step.images(round), terms);
        step.update();
      }
      NDArray codes = model.drawCodes(step, step.images().getShape().get(0));
      NDArray outputs = model.discriminator().forward(model.generate(step, codes));
      NDArray recognition = model.recognitionLoss(outputs, codes);
      NDArray loss =
          Operations.scale(recognition, lambda).sub(InformativeGenerator.verdict(outputs).mean());
      step.minimise(generator, loss);
      return terms
          .with(InfoGan.RECOGNITION_LOSS, recognition)
          .with(InfoGan.INFORMATION, recognition.neg().add((float) model.entropy()))
          .with(Terms.LOSS, loss);
    }

    private void criticStep(Step step, NDArray real, LossTerms terms) {
      NDArray codes = model.drawCodes(step, real.getShape().get(0));
      NDArray generated = model.generate(step, codes).stopGradient();
      NDArray outputs = model.discriminator().forward(generated);
      NDArray distance = criticOf(real).mean().sub(InformativeGenerator.verdict(outputs).mean());
      NDArray mix = step.uniform(0, 1, real.getShape().get(0), 1, 1, 1);
      NDArray slope = GradientPenalty.of(this::criticOf, real, generated, mix);
      NDArray recognition = model.recognitionLoss(outputs, codes);
      step.minimise(
          critic,
          Operations.scale(slope, penalty)
              .sub(distance)
              .add(Operations.scale(recognition, lambda)));
      terms.with(DISTANCE, distance).with(GRADIENT_PENALTY, slope);
    }

    private NDArray criticOf(NDArray images) {
      return InformativeGenerator.verdict(model.discriminator().forward(images));
    }
  }
}
