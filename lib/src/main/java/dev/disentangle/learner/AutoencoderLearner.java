package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The common part of all methods that train one autoencoder on the ELBO plus something: the
 * difference between two of them is one {@link Loss}. It encodes a batch, draws one sample per
 * image, decodes it, and hands the pass to the loss.
 */
public final class AutoencoderLearner implements Learner {

  /** What a method minimises, given one pass through the autoencoder. */
  @FunctionalInterface
  public interface Loss {
    /**
     * Computes the loss.
     *
     * @param pass the pass
     * @return a scalar in nats per image
     */
    NDArray of(Pass pass);
  }

  /**
   * One pass of a batch through the autoencoder.
   *
   * @param posterior {@code q(z|x)} of the batch
   * @param sample one draw per image, {@code [batch, latents]}
   * @param reconstruction {@code -log p(x|z)}, nats per image
   * @param kl {@code KL(q(z|x) || p(z))}, nats per image
   * @param step the step
   * @param terms where a method adds terms of its own to report
   */
  public record Pass(
      GaussianPosterior posterior,
      NDArray sample,
      NDArray reconstruction,
      NDArray kl,
      Step step,
      LossTerms terms) {}

  private final Autoencoder autoencoder;
  private final Player player;
  private final Loss loss;

  /**
   * Builds the autoencoder.
   *
   * @param assembly what it must fit
   * @param adam its optimiser's settings
   * @param loss what it minimises
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public AutoencoderLearner(Assembly assembly, Adam adam, Loss loss) {
    this.autoencoder = assembly.autoencoder();
    this.player = new Player("autoencoder", adam, autoencoder.networks());
    this.loss = loss;
  }

  @Override
  public List<Player> players() {
    return List.of(player);
  }

  @Override
  public Autoencoder autoencoder() {
    return autoencoder;
  }

  @Override
  public LossTerms step(Step step) {
    NDArray images = step.images();
    GaussianPosterior posterior = autoencoder.encode(images);
    NDArray z = posterior.sample(step.normalLike(posterior.mean()));
    NDArray reconstruction = autoencoder.reconstructionLoss(z, images);
    NDArray kl = posterior.kl();
    LossTerms terms = new LossTerms().with(Terms.RECONSTRUCTION, reconstruction).with(Terms.KL, kl);
    NDArray value = loss.of(new Pass(posterior, z, reconstruction, kl, step, terms));
    step.minimise(player, value);
    return terms.with(Terms.LOSS, value);
  }
}
