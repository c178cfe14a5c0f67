package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.objective.adversary.LatentAdversary;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The adversarial autoencoder (Makhzani et al. 2016, section 2): encoder and decoder minimise the
 * reconstruction loss {@code -E_q(z|x)[log p(x|z)]}, the encoder also the adversarial loss {@code
 * -E_q(z)[log D(z)]}, while the discriminator {@code D} learns to tell samples of the prior {@code
 * N(0, I)} from codes.
 *
 * <p>As in the paper the two losses are two phases, each with an optimiser of its own, so that they
 * need no relative weight. Here both phases of a step start from the same weights.
 *
 * @param adam optimiser of the reconstruction phase
 * @param discriminatorAdam the discriminator's optimiser
 */
public record Aae(Adam adam, Adam encoderAdam, Adam discriminatorAdam) implements Objective {

  /** Name of the recorded adversarial loss {@code -E[log D(z)]}; log 2 at the optimum. */
  public static final String PENALTY = LatentAdversary.PENALTY;

  /**
   * A deterministic encoder and Adam 1e-4, (0.9, 0.999) for the reconstruction and (0.5, 0.9) for
   * both adversaries. The paper used momentum with schedules; these rates are those of Kim &amp;
   * Mnih 2018 for players of the same sizes.
   */
  public Aae() {
    this(Adam.of(1e-4), Adam.of(1e-4, 0.5, 0.9), Adam.of(1e-4, 0.5, 0.9));
  }

  /**
   * The same with other learning rates, for small networks.
   *
   * @param rate learning rate of all three optimisers
   * @return the new settings
   */
  public Aae withLearningRate(double rate) {
    return new Aae(
        adam.withLearningRate(rate),
        encoderAdam.withLearningRate(rate),
        discriminatorAdam.withLearningRate(rate));
  }

  @Override
  public String name() {
    return "AAE";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new Deterministic();
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireFixedPrior();
    Autoencoder autoencoder = assembly.autoencoder();
    return new AutoencoderLearner(autoencoder, adam, new Regularisation(assembly, autoencoder));
  }

  private final class Regularisation implements AutoencoderLearner.Addition {

    private final Player regulariser;
    private final LatentAdversary adversary;

    Regularisation(Assembly assembly, Autoencoder autoencoder) {
      regulariser = new Player("encoder", encoderAdam, List.of(autoencoder.encoder()));
      adversary = new LatentAdversary(assembly, discriminatorAdam);
    }

    @Override
    public List<Player> players() {
      return List.of(regulariser, adversary.player());
    }

    @Override
    public void learn(Pass pass) {
      Step step = pass.step();
      step.minimiseKeepingGraph(pass.player(), pass.reconstruction());

      NDArray z = pass.sample();
      NDArray discriminatorLoss = adversary.loss(pass.drawPrior(), z);
      step.minimise(adversary.player(), discriminatorLoss);
      NDArray penalty = adversary.penalty(z);
      step.minimise(regulariser, penalty);

      pass.terms()
          .with(PENALTY, penalty)
          .with(Terms.LOSS, pass.reconstruction())
          .with(Terms.DISCRIMINATOR_LOSS, discriminatorLoss);
    }
  }
}
