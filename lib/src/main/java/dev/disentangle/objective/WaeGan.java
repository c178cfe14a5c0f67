package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.objective.adversary.LatentAdversary;
import dev.disentangle.objective.estimator.Pretraining;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Wasserstein autoencoder with a discriminator of codes (Tolstikhin et al. 2018, Algorithm 1):
 * encoder and decoder minimise
 *
 * <pre>{@code
 * 0.05 |x - G(z)|^2 - lambda E_q(z)[log D(z)]
 * }</pre>
 *
 * <p>while the discriminator {@code D} learns to tell samples of the prior {@code N(0, I)}, for
 * which {@code D} is to be 1, from codes. The penalty is the non-saturating one; the factor 0.05 is
 * that of the published code, whose settings for MNIST also add a little Gaussian noise to the
 * encoder's input; this does not.
 *
 * <p>During the first steps only the encoder learns, to give codes of the prior's mean and
 * covariance, see {@link Pretraining}. They have an optimiser of their own: Adam's moments of the
 * decoder would gather zeros in them, which make its next steps several learning rates long.
 *
 * @param lambda weight of the penalty, at least 0
 * @param pretraining largest number of those first steps, at least 0
 * @param adam the autoencoder's optimiser, and the pretrained encoder's
 * @param discriminatorAdam the discriminator's optimiser
 */
public record WaeGan(double lambda, int pretraining, Adam adam, Adam discriminatorAdam)
    implements Objective {

  /**
   * Name of the recorded penalty {@code -E[log D(z)]}, without its weight; log 2 at the optimum.
   */
  public static final String PENALTY = LatentAdversary.PENALTY;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public WaeGan {
    Requirements.nonNegative("lambda", lambda);
    Requirements.count("pretraining", pretraining, 0);
  }

  /**
   * The published settings for MNIST, where {@code lambda} is 10 and there are 8 latents:
   * deterministic encoder, up to 200 steps of pretraining, Adam 1e-3 (0.5, 0.999) for the
   * autoencoder and 5e-4 for the discriminator.
   *
   * @param lambda weight of the penalty
   */
  public WaeGan(double lambda) {
    this(lambda, 200, Adam.of(1e-3, 0.5, 0.999), Adam.of(5e-4, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "WAE-GAN";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new Deterministic();
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireFixedPrior();
    Autoencoder autoencoder = assembly.autoencoder();
    Pretraining firstSteps = new Pretraining(autoencoder, assembly.batchSize(), pretraining, adam);
    LatentAdversary adversary = new LatentAdversary(assembly, discriminatorAdam);
    return new AutoencoderLearner(autoencoder, adam, new Adversary(firstSteps, adversary));
  }

  private final class Adversary extends WassersteinAddition {

    private final LatentAdversary adversary;

    Adversary(Pretraining firstSteps, LatentAdversary adversary) {
      super(lambda, firstSteps);
      this.adversary = adversary;
    }

    @Override
    public List<Player> players() {
      return Stream.concat(Stream.of(adversary.player()), super.players().stream()).toList();
    }

    @Override
    NDArray penalty(Pass pass, NDArray prior, boolean learns) {
      NDArray discriminatorLoss = adversary.loss(prior, pass.sample());
      NDArray penalty = adversary.penalty(pass.sample());
      if (learns) {
        pass.step().minimise(adversary.player(), discriminatorLoss);
      }
      pass.terms().with(PENALTY, penalty).with(Terms.DISCRIMINATOR_LOSS, discriminatorLoss);
      return penalty;
    }
  }
}
