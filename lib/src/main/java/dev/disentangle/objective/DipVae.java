package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Requirements;
import dev.disentangle.model.Posterior;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;

/**
 * DIP-VAE (Kumar, Sattigeri &amp; Balakrishnan 2018, equations 6 and 7): minimises the negative
 * ELBO plus
 *
 * <pre>{@code
 * offDiagonal sum_{i != j} C_ij^2 + diagonal sum_i (C_ii - 1)^2
 * }</pre>
 *
 * <p>where {@code C} is the covariance over the batch of the posterior means (version I), or of
 * samples, {@code E[Cov(z|x)] + Cov[mean]} (version II). The identity is the covariance of the
 * prior, which so has to be {@code N(0, I)}.
 *
 * @param version which covariance
 * @param offDiagonal weight of the entries off the diagonal, at least 0
 * @param diagonal weight of the diagonal's distance from 1, at least 0
 * @param adam the optimiser's settings
 */
public record DipVae(Version version, double offDiagonal, double diagonal, Adam adam)
    implements Objective {

  /** Name of the recorded penalty, weighted as in the loss. */
  public static final String COVARIANCE_PENALTY = "covariance_penalty";

  /** Which covariance is to be the identity. */
  public enum Version {
    /** That of the posterior means, {@code Cov[mean(x)]}. */
    I,
    /** That of samples, {@code Cov[z]}. */
    II
  }

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public DipVae {
    Requirements.nonNegative("offDiagonal", offDiagonal);
    Requirements.nonNegative("diagonal", diagonal);
  }

  /**
   * The paper's settings for 2D Shapes: off-diagonal weight 10; the diagonal's is ten times that in
   * version I and the same in version II; Adam 1e-4.
   *
   * @param version which covariance
   */
  public DipVae(Version version) {
    this(version, 10, version == Version.I ? 100 : 10, Adam.of(1e-4));
  }

  @Override
  public String name() {
    return "DIP-VAE-" + version;
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireStandardNormal();
    return new AutoencoderLearner(
        assembly,
        adam,
        pass -> {
          NDArray penalty = penalty(pass.posterior());
          pass.terms().with(COVARIANCE_PENALTY, penalty);
          return pass.reconstruction().add(pass.kl()).add(penalty);
        });
  }

  /**
   * Computes the penalty.
   *
   * @param posterior posteriors of a batch
   * @return a scalar
   */
  NDArray penalty(Posterior posterior) {
    NDArray mean = posterior.mean();
    NDArray identity = mean.getManager().eye(Math.toIntExact(mean.getShape().get(1)));
    NDArray covariance = covariance(mean);
    if (version == Version.II) {
      covariance = covariance.add(posterior.meanCovariance());
    }
    NDArray off = covariance.mul(identity.sub(1)).square().sum();
    NDArray on = covariance.sub(identity).mul(identity).square().sum();
    return Operations.scale(off, offDiagonal).add(Operations.scale(on, diagonal));
  }

  private static NDArray covariance(NDArray x) {
    NDArray centred = x.sub(x.mean(new int[] {0}));
    return Operations.scale(centred.transpose().matMul(centred), 1.0 / x.getShape().get(0));
  }
}
