package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.objective.estimator.Pretraining;
import dev.disentangle.objective.estimator.WassersteinCost;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What both Wasserstein autoencoders add to a pass: {@code 0.05 |x - G(z)|^2 + lambda penalty},
 * after first steps in which only the encoder learns.
 */
abstract class WassersteinAddition implements AutoencoderLearner.Addition {

  private final double lambda;
  private final Pretraining firstSteps;

  WassersteinAddition(double lambda, Pretraining firstSteps) {
    this.lambda = lambda;
    this.firstSteps = firstSteps;
  }

  /**
   * Computes the penalty, and reports it.
   *
   * @param pass the pass, for whose sample it is
   * @param prior samples of the prior, {@code [batch, latents]}
   * @param learns whether other players learn in this step
   * @return a scalar
   */
  abstract NDArray penalty(Pass pass, NDArray prior, boolean learns);

  @Override
  public List<Player> players() {
    return List.of(firstSteps.player());
  }

  @Override
  public int[] indices(int batch, ImageData data, int count, long step, RandomGenerator random) {
    return firstSteps.indices(data, count, step, random);
  }

  @Override
  public NDArray images(Step step) {
    return firstSteps.images(step);
  }

  @Override
  public void learn(Pass pass) {
    boolean pretrained = firstSteps.learn(pass.step());
    NDArray prior = pass.drawPrior();
    NDArray cost = WassersteinCost.of(pass.images(), pass.decoded());
    NDArray penalty = penalty(pass, prior, !pretrained);
    NDArray loss = cost.add(Operations.scale(penalty, lambda));
    if (!pretrained) {
      pass.step().minimise(pass.player(), loss);
    }
    pass.terms().with(WaeMmd.COST, cost).with(Terms.LOSS, loss);
  }
}
