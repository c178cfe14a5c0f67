package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import dev.disentangle.objective.estimator.DensityRatio;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * FactorVAE's discriminator {@code D}, which learns to tell samples of {@code q(z)} from samples
 * whose dimensions were permuted (Kim &amp; Mnih 2018, section 3): {@code D(z)} is the probability
 * that they were not, and the mean of {@code log D(z) / (1 - D(z))} estimates the total
 * correlation.
 */
public final class TotalCorrelationAdversary {

  /**
   * What one pass of both kinds of samples gives.
   *
   * @param totalCorrelation the estimate, in nats
   * @param loss what the discriminator minimises
   * @param gradient of the estimate at the samples of {@code q(z)}, {@code [batch, latents]}
   */
  public record Lesson(NDArray totalCorrelation, NDArray loss, NDArray gradient) {}

  private final Network discriminator;
  private final Player player;

  /**
   * Builds the discriminator.
   *
   * @param assembly what it must fit
   * @param adam its optimiser's settings
   */
  public TotalCorrelationAdversary(Assembly assembly, Adam adam) {
    discriminator = assembly.discriminator(2);
    player = new Player("discriminator", adam, List.of(discriminator));
  }

  /**
   * Returns who learns to tell both kinds of samples apart.
   *
   * @return the discriminator with its optimiser
   */
  public Player player() {
    return player;
  }

  /**
   * Draws fresh samples of {@code q(z)}, without a graph.
   *
   * @param step source of the noise
   * @param posterior {@code q(z|x)} of a batch
   * @return one sample per image, {@code [batch, latents]}
   */
  public static NDArray sampled(Step step, Posterior posterior) {
    return GradientMode.paused(() -> posterior.sample(step.normalLike(posterior.mean())));
  }

  /**
   * Draws samples of the product of marginals (Algorithm 1), without a graph.
   *
   * @param step source of the noise and of the permutations
   * @param posterior {@code q(z|x)} of a batch
   * @return {@code [batch, latents]}, each column in an order of its own
   */
  public static NDArray permuted(Step step, Posterior posterior) {
    return GradientMode.paused(
        () -> {
          NDArray z = sampled(step, posterior);
          int rows = Math.toIntExact(z.getShape().get(0));
          int columns = Math.toIntExact(z.getShape().get(1));
          return Operations.permuteDimensions(z, step.permutations(rows, columns));
        });
  }

  /**
   * Learns from one batch of each kind. One pass through {@code D}, and one back, serves both
   * players: it gives the gradients of D's weights and, row by row up to a known factor, that of
   * the total correlation at {@code z}.
   *
   * @param step the step, which takes the gradients of D's weights
   * @param z samples of {@code q(z)}, {@code [batch, latents]}; no gradient reaches their encoder
   * @param permuted samples of the product of marginals, {@code [batch, latents]}
   * @return the estimate, the loss, and the estimate's gradient at {@code z}
   */
  public Lesson learn(Step step, NDArray z, NDArray permuted) {
    NDArray leaf = Operations.leaf(z);
    NDArray both = leaf.concat(permuted, 0);
    // Half of an odd batch has one image less than the other half.
    long[] end = {z.getShape().get(0)};
    NDList logRatios = Operations.logDensityRatio(discriminator.forward(both)).split(end, 0);
    NDArray logRatio = logRatios.get(0);
    NDArray loss = DensityRatio.discriminatorLoss(logRatio, logRatios.get(1));
    NDArray minimised = DensityRatio.rescalable(loss, logRatio);
    NDArray lossGradient = step.minimise(player, minimised, leaf);
    NDArray gradient = DensityRatio.meanLogRatioGradient(lossGradient, logRatio);
    return new Lesson(logRatio.mean(), loss, gradient);
  }
}
