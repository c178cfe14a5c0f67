package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.EncoderKind;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.objective.estimator.MaximumMeanDiscrepancy;
import dev.disentangle.objective.estimator.Pretraining;
import dev.disentangle.objective.estimator.WassersteinCost;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Wasserstein autoencoder with maximum mean discrepancy (Tolstikhin et al. 2018, Algorithm 2):
 * minimises
 *
 * <pre>{@code
 * 0.05 |x - G(z)|^2 + lambda MMD_k(q(z), p(z))
 * }</pre>
 *
 * <p>for codes {@code z} of the batch and as many samples of the prior {@code N(0, I)}. The factor
 * 0.05 is that of the published code, whose settings for MNIST also add a little Gaussian noise to
 * the encoder's input; this does not.
 *
 * <p>During the first steps only the encoder learns, to give codes of the prior's mean and
 * covariance, see {@link Pretraining}. They have an optimiser of their own: Adam's moments of the
 * decoder would gather zeros in them, which make its next steps several learning rates long.
 *
 * @param lambda weight of the discrepancy, at least 0
 * @param kernel the kernel {@code k}
 * @param encoder whether codes are deterministic or drawn
 * @param pretraining largest number of those first steps, at least 0
 * @param adam the settings of both optimisers, the autoencoder's and the pretrained encoder's
 */
public record WaeMmd(double lambda, Kernel kernel, EncoderKind encoder, int pretraining, Adam adam)
    implements Objective {

  /** Name of the recorded discrepancy, without its weight. */
  public static final String DISCREPANCY = "maximum_mean_discrepancy";

  /** Name of the recorded reconstruction cost {@code 0.05 |x - G(z)|^2}. */
  public static final String COST = "reconstruction_cost";

  /** The kernel that compares codes with samples of the prior. */
  public enum Kernel {
    /** {@code sum_s C_s / (C_s + |x - y|^2)} over the published scales, the paper's choice. */
    INVERSE_MULTIQUADRATIC,
    /** {@code exp(-|x - y|^2 / (2 w))} with {@code w} from the median distances. */
    GAUSSIAN
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public WaeMmd {
    Requirements.nonNegative("lambda", lambda);
    Requirements.count("pretraining", pretraining, 0);
  }

  /**
   * The published settings for MNIST, where {@code lambda} is 10 and there are 8 latents:
   * deterministic encoder, up to 200 steps of pretraining, Adam 1e-3 (0.5, 0.999). For CelebA it is
   * 100 with 64 latents.
   *
   * @param lambda weight of the discrepancy
   */
  public WaeMmd(double lambda) {
    this(
        lambda,
        Kernel.INVERSE_MULTIQUADRATIC,
        EncoderKind.DETERMINISTIC,
        200,
        Adam.of(1e-3, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "WAE-MMD";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return encoder.posterior();
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireFixedPrior();
    return new Matching(assembly);
  }

  private NDArray discrepancy(NDArray z, NDArray prior) {
    return kernel == Kernel.GAUSSIAN
        ? MaximumMeanDiscrepancy.gaussian(z, prior)
        : MaximumMeanDiscrepancy.inverseMultiquadratic(z, prior);
  }

  private final class Matching implements Learner {

    private final Autoencoder autoencoder;
    private final Pretraining firstSteps;
    private final Player player;

    Matching(Assembly assembly) {
      autoencoder = assembly.autoencoder();
      firstSteps = new Pretraining(autoencoder, assembly.batchSize(), pretraining, adam);
      player = new Player("autoencoder", adam, autoencoder.networks());
    }

    @Override
    public List<Player> players() {
      return List.of(player, firstSteps.player());
    }

    @Override
    public Autoencoder autoencoder() {
      return autoencoder;
    }

    @Override
    public int[] indices(ImageData data, int count, long step, RandomGenerator random) {
      return firstSteps.indices(data, count, step, random);
    }

    @Override
    public LossTerms step(Step step) {
      boolean pretrained = firstSteps.learn(step);
      NDArray images = firstSteps.images(step);
      Posterior posterior = autoencoder.encode(images);
      NDArray z = posterior.sample(step.normalLike(posterior.mean()));
      NDArray prior = step.normalLike(z);
      NDArray outputs = autoencoder.decoder().forward(z);
      NDArray cost = WassersteinCost.of(images, autoencoder.likelihood().mean(outputs));
      NDArray discrepancy = discrepancy(z, prior);
      NDArray loss = cost.add(Operations.scale(discrepancy, lambda));
      if (!pretrained) {
        step.minimise(player, loss);
      }
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, WassersteinCost.likelihood(autoencoder, outputs, images))
          .with(COST, cost)
          .with(DISCREPANCY, discrepancy)
          .with(Terms.LOSS, loss);
    }
  }
}
