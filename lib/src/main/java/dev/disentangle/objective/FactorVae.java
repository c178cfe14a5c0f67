package dev.disentangle.objective;

import static dev.disentangle.objective.adversary.TotalCorrelationAdversary.permuted;
import static dev.disentangle.objective.adversary.TotalCorrelationAdversary.sampled;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Posterior;
import dev.disentangle.objective.adversary.TotalCorrelationAdversary;
import dev.disentangle.objective.adversary.TotalCorrelationAdversary.Lesson;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * FactorVAE (Kim &amp; Mnih 2018, equation 2 and Algorithm 2): minimises
 *
 * <pre>{@code
 * -E_q(z|x)[log p(x|z)] + KL(q(z|x) || p(z)) + gamma KL(q(z) || prod_j q(z_j))
 * }</pre>
 *
 * <p>The last term, the total correlation, is estimated by the density-ratio trick as the mean of
 * {@code log D(z) / (1 - D(z))}, where the discriminator {@code D} learns to tell samples of {@code
 * q(z)} from samples whose dimensions were permuted across a second batch.
 *
 * @param gamma weight of the total correlation, at least 0
 * @param secondBatch where the permuted samples come from
 * @param discriminatorSteps how often the discriminator learns per step, at least 1
 * @param adam the autoencoder's optimiser
 * @param discriminatorAdam the discriminator's optimiser
 */
public record FactorVae(
    double gamma,
    SecondBatch secondBatch,
    int discriminatorSteps,
    Adam adam,
    Adam discriminatorAdam)
    implements Objective {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code gamma} is negative or not finite, or {@code
   *     discriminatorSteps} is below 1
   */
  public FactorVae {
    Requirements.nonNegative("gamma", gamma);
    Requirements.count("discriminatorSteps", discriminatorSteps, 1);
  }

  /**
   * The paper's settings: one step of the discriminator per step, Adam 1e-4 (0.9, 0.999), and 1e-4
   * (0.5, 0.9) for the discriminator.
   *
   * @param gamma weight of the total correlation; the paper uses 35 for 2D Shapes
   */
  public FactorVae(double gamma) {
    this(gamma, SecondBatch.INDEPENDENT, 1, Adam.of(1e-4), Adam.of(1e-4, 0.5, 0.9));
  }

  /**
   * The same with other learning rates, for small networks.
   *
   * @param rate learning rate of both optimisers
   * @return the new settings
   */
  public FactorVae withLearningRate(double rate) {
    return new FactorVae(
        gamma,
        secondBatch,
        discriminatorSteps,
        adam.withLearningRate(rate),
        discriminatorAdam.withLearningRate(rate));
  }

  /**
   * The same with a discriminator that learns more often, for short runs.
   *
   * @param steps how often per step
   * @return the new settings
   * @throws IllegalArgumentException if {@code steps} is below 1
   */
  public FactorVae withDiscriminatorSteps(int steps) {
    return new FactorVae(gamma, secondBatch, steps, adam, discriminatorAdam);
  }

  @Override
  public String name() {
    return "FactorVAE";
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireDensity();
    Autoencoder autoencoder = assembly.autoencoder();
    return new AutoencoderLearner(autoencoder, adam, new Adversary(assembly));
  }

  private final class Adversary implements AutoencoderLearner.Addition {

    private final TotalCorrelationAdversary adversary;

    Adversary(Assembly assembly) {
      adversary = new TotalCorrelationAdversary(assembly, discriminatorAdam);
    }

    @Override
    public List<Player> players() {
      return List.of(adversary.player());
    }

    @Override
    public int batchesPerStep() {
      return secondBatch.batchesPerStep();
    }

    @Override
    public NDArray images(Step step) {
      return secondBatch.trained(step);
    }

    @Override
    public void learn(Pass pass) {
      Step step = pass.step();
      NDArray negativeElbo = pass.reconstruction().add(pass.kl());

      Posterior other = secondBatch.posterior(pass);
      for (int extra = 1; extra < discriminatorSteps; extra++) {
        adversary.learn(step, sampled(step, pass.posterior()), permuted(step, other));
        step.update();
      }
      Lesson lesson = adversary.learn(step, pass.sample(), permuted(step, other));
      NDArray totalCorrelation = lesson.totalCorrelation();
      step.minimise(
          pass.player(), negativeElbo, pass.sample(), Operations.scale(lesson.gradient(), gamma));

      pass.terms()
          .with(Terms.TOTAL_CORRELATION_ESTIMATE, totalCorrelation)
          .with(Terms.LOSS, negativeElbo.add(Operations.scale(totalCorrelation, gamma)))
          .with(Terms.DISCRIMINATOR_LOSS, lesson.loss());
    }
  }
}
