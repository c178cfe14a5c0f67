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
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.SecondStage;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The two-stage VAE (Dai &amp; Wipf 2019, section 4): first a VAE of images, then, with its weights
 * kept, another VAE of its codes {@code z ~ q(z|x)}, from which new codes are drawn. A VAE that
 * reconstructs well leaves codes that do not fill {@code N(0, I)}, so that what is decoded from
 * {@code N(0, I)} is no sample of the data.
 *
 * <p>The paper's first stage learns one variance for all pixels: {@code .likelihood(new
 * Likelihood.GaussianLearned())}.
 *
 * @param firstSteps steps of the first stage, at least 1; all that follow are the second's
 * @param hidden units of the second stage's hidden layers, at least 1
 * @param adam the first stage's optimiser
 * @param secondAdam the second stage's optimiser
 */
public record TwoStageVae(int firstSteps, int hidden, Adam adam, Adam secondAdam)
    implements Objective {

  /** Name of the recorded loss of the second stage, nats per code. */
  public static final String SECOND_STAGE_LOSS = "second_stage_loss";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code firstSteps} or {@code hidden} is below 1
   */
  public TwoStageVae {
    Requirements.count("firstSteps", firstSteps, 1);
    Requirements.count("hidden", hidden, 1);
  }

  /**
   * Adam 1e-4 for both stages, as in the paper, and 1,024 hidden units.
   *
   * @param firstSteps steps of the first stage
   */
  public TwoStageVae(int firstSteps) {
    this(firstSteps, 1_024, Adam.of(1e-4), Adam.of(1e-4));
  }

  @Override
  public String name() {
    return "two-stage VAE";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new SecondStage(hidden);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireDensity();
    assembly.requirePrior(defaultPrior());
    Autoencoder autoencoder = assembly.autoencoder();
    return new AutoencoderLearner(autoencoder, adam, new Second(autoencoder));
  }

  private final class Second implements AutoencoderLearner.Addition {

    private final SecondStage.OfLatents stage;
    private final Player player;

    Second(Autoencoder autoencoder) {
      stage = (SecondStage.OfLatents) autoencoder.prior();
      player = new Player("second stage", secondAdam, stage.networks());
    }

    @Override
    public List<Player> players() {
      return List.of(player);
    }

    @Override
    public void learn(Pass pass) {
      NDArray loss = pass.reconstruction().add(pass.kl());
      NDArray second = stage.loss(pass.sample().stopGradient(), pass.step().noise());
      if (pass.step().number() < firstSteps) {
        pass.step().minimise(pass.player(), loss);
      } else {
        pass.step().minimise(player, second);
      }
      pass.terms().with(Terms.LOSS, loss).with(SECOND_STAGE_LOSS, second);
    }
  }
}
