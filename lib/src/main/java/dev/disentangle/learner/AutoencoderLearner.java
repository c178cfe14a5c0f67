package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The common part of all methods that train one autoencoder: it encodes a batch, draws one sample
 * per image, decodes it, and reports. What a method adds is a {@link Loss}, or, if it has other
 * players or batches of its own, an {@link Addition}.
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

  /** What a method does with a pass, and what else it has: other players, batches of its own. */
  @FunctionalInterface
  public interface Addition extends Batching {

    /**
     * Learns from a pass: {@link Step#minimise} for every player, and {@link Terms#LOSS} and all
     * else that is to be reported into {@link Pass#terms}. The reconstruction is reported anyway.
     *
     * @param pass the pass
     */
    void learn(Pass pass);

    /**
     * Returns who learns beside the autoencoder.
     *
     * @return the other players, in a fixed order
     */
    default List<Player> players() {
      return List.of();
    }

    /**
     * Picks the images that the autoencoder learns from.
     *
     * @param step the step
     * @return its images by default
     */
    default NDArray images(Step step) {
      return step.images();
    }
  }

  private final Autoencoder autoencoder;
  private final Player player;
  private final Addition addition;

  /**
   * Builds the autoencoder of a method that minimises one loss, which compares posteriors with the
   * prior.
   *
   * @param assembly what it must fit
   * @param adam its optimiser's settings
   * @param loss what it minimises
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents, or
   *     the posterior has no density
   */
  public AutoencoderLearner(Assembly assembly, Adam adam, Loss loss) {
    this(withDensity(assembly).autoencoder(), adam, pass -> minimise(pass, loss));
  }

  /**
   * Trains an autoencoder.
   *
   * @param autoencoder the networks
   * @param adam their optimiser's settings
   * @param addition what the method adds
   */
  public AutoencoderLearner(Autoencoder autoencoder, Adam adam, Addition addition) {
    this.autoencoder = autoencoder;
    this.player = new Player("autoencoder", adam, autoencoder.networks());
    this.addition = addition;
  }

  private static Assembly withDensity(Assembly assembly) {
    assembly.requireDensity();
    return assembly;
  }

  private static void minimise(Pass pass, Loss loss) {
    // Both are computed for every method and in this order, which decides how gradients are added
    // up.
    pass.reconstruction();
    pass.kl();
    NDArray value = loss.of(pass);
    pass.step().minimise(pass.player(), value);
    pass.terms().with(Terms.LOSS, value);
  }

  @Override
  public List<Player> players() {
    return Stream.concat(Stream.of(player), addition.players().stream()).toList();
  }

  @Override
  public Autoencoder autoencoder() {
    return autoencoder;
  }

  @Override
  public int batchesPerStep() {
    return addition.batchesPerStep();
  }

  @Override
  public int[] indices(int batch, ImageData data, int count, long step, RandomGenerator random) {
    return addition.indices(batch, data, count, step, random);
  }

  @Override
  public Optional<KnownLabels> labels() {
    return addition.labels();
  }

  @Override
  public LossTerms step(Step step) {
    Pass pass = new Pass(autoencoder, player, step, addition.images(step));
    addition.learn(pass);
    return pass.report();
  }
}
