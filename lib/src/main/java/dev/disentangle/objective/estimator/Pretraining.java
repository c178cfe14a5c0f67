package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Posterior;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The first steps of both Wasserstein autoencoders, in which only the encoder learns: it minimises
 * {@link WassersteinCost#moments}, which brings its codes to where the prior is (the published code
 * of Tolstikhin et al. 2018; their section 4 does not mention it).
 *
 * <p>Each of these steps reads up to {@value #IMAGES} images, as published. The means and
 * covariances of a usual batch of 64 are so uncertain that the encoder follows their noise: its
 * codes then shrink to a point.
 *
 * <p>They are over after a given number of steps, or at the first step whose loss per latent, the
 * loss times the number of latents, is below 0.1. The published code stops when the loss itself is.
 * That loss is a mean over all pairs of latents, in which codes that are all the same have {@code 1
 * / latents}: with ten latents or more the rule would stop before anything was learnt, with eight
 * at a standard deviation of 0.3.
 */
public final class Pretraining {

  /** How many images a step reads, if the data set has as many; those of a batch at least. */
  public static final int IMAGES = 1_000;

  /** A loss per latent, at which the steps are over. */
  private static final double CLOSE = 0.1;

  private final Autoencoder autoencoder;
  private final int batchSize;
  private final int steps;
  private final Player player;

  /**
   * Prepares the steps.
   *
   * @param autoencoder whose encoder learns
   * @param batchSize images per batch of the steps that follow
   * @param steps how many steps at most, at least 0
   * @param adam settings of an optimiser that only these steps use
   */
  public Pretraining(Autoencoder autoencoder, int batchSize, int steps, Adam adam) {
    this.autoencoder = autoencoder;
    this.batchSize = batchSize;
    this.steps = steps;
    this.player = new Player("pretrained encoder", adam, List.of(autoencoder.encoder()));
  }

  /**
   * Returns who learns.
   *
   * @return the encoder with an optimiser of its own, which the learner lists with its players
   */
  public Player player() {
    return player;
  }

  /**
   * Chooses the images of a step, see {@link dev.disentangle.learner.Learner#indices}.
   *
   * @param data the data set
   * @param count images per batch
   * @param step number of the step
   * @param random a generator seeded for this batch
   * @return different images: {@code count}, or more while a step may be one of these
   */
  public int[] indices(ImageData data, int count, long step, RandomGenerator random) {
    int wanted = step < steps ? Math.max(count, Math.min(IMAGES, data.size())) : count;
    return Batches.draw(wanted, data.size(), random);
  }

  /**
   * Picks the images that the method itself looks at.
   *
   * @param step the step
   * @return the first images of the step, a batch of them
   */
  public NDArray images(Step step) {
    return step.images().get(":{}", batchSize);
  }

  /**
   * Lets the encoder learn from all images of the step, if these steps are not over.
   *
   * @param step the step, which takes the encoder's gradient
   * @return true if the encoder learns in this step, so that nobody else may
   */
  public boolean learn(Step step) {
    // Without a gap since the first step none was found good enough. Checkpoints keep the count.
    if (step.number() >= steps || player.optimizer().step() < step.number()) {
      return false;
    }
    Posterior posterior = autoencoder.encode(step.images());
    NDArray z = posterior.sample(step.normalLike(posterior.mean()));
    int count = Math.toIntExact(z.getShape().get(0));
    NDArray prior = autoencoder.prior().sample(count, step.noise());
    NDArray loss = WassersteinCost.moments(z, prior);
    long latents = z.getShape().get(1);
    if (latents * loss.toType(DataType.FLOAT64, false).getDouble() < CLOSE) {
      return false;
    }
    step.minimise(player, loss);
    return true;
  }
}
