package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Requirements;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.objective.estimator.MaximumMeanDiscrepancy;
import dev.disentangle.objective.estimator.Pretraining;
import dev.disentangle.tensor.Adam;

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
 * @param pretraining largest number of those first steps, at least 0
 * @param adam the settings of both optimisers, the autoencoder's and the pretrained encoder's
 */
public record WaeMmd(double lambda, Kernel kernel, int pretraining, Adam adam)
    implements Objective {

  /** Name of the recorded discrepancy, without its weight. */
  public static final String DISCREPANCY = "maximum_mean_discrepancy";

  /** Name of the recorded reconstruction cost {@code 0.05 |x - G(z)|^2}. */
  public static final String COST = "reconstruction_cost";

  /** The kernel that compares codes with samples of the prior. */
  public enum Kernel {
    /** {@code sum_s C_s / (C_s + |x - y|^2)} over the published scales, the paper's choice. */
    INVERSE_MULTIQUADRATIC,
    /**
     * {@code exp(-|x - y|^2 / (2 w))} with {@code w} from the median distances. As in the published
     * code gradients go through the width, which follows the codes: codes that start several times
     * wider than the prior can lower the discrepancy by getting wider still.
     */
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
    this(lambda, Kernel.INVERSE_MULTIQUADRATIC, 200, Adam.of(1e-3, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "WAE-MMD";
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
    return new AutoencoderLearner(autoencoder, adam, new Matching(firstSteps));
  }

  private NDArray discrepancy(NDArray z, NDArray prior) {
    return kernel == Kernel.GAUSSIAN
        ? MaximumMeanDiscrepancy.gaussian(z, prior)
        : MaximumMeanDiscrepancy.inverseMultiquadratic(z, prior);
  }

  private final class Matching extends WassersteinAddition {

    Matching(Pretraining firstSteps) {
      super(lambda, firstSteps);
    }

    @Override
    NDArray penalty(Pass pass, NDArray prior, boolean learns) {
      NDArray discrepancy = discrepancy(pass.sample(), prior);
      pass.terms().with(DISCREPANCY, discrepancy);
      return discrepancy;
    }
  }
}
