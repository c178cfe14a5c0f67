package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Requirements;
import dev.disentangle.objective.estimator.MinibatchDensity;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;

/**
 * beta-TCVAE (Chen et al. 2018, equation 4): minimises
 *
 * <pre>{@code
 * -E_q(z|x)[log p(x|z)] + alpha I(z; x) + beta KL(q(z) || prod_j q(z_j))
 *   + gamma sum_j KL(q(z_j) || p(z_j))
 * }</pre>
 *
 * <p>with index-code mutual information {@code I(z; x) = E[log q(z|x) - log q(z)]}, total
 * correlation {@code E[log q(z) - sum_j log q(z_j)]} and dimension-wise divergence {@code E[sum_j
 * log q(z_j) - log p(z_j)]}. {@code q(z)} is estimated from the batch, without a discriminator.
 *
 * @param alpha weight of the mutual information, at least 0; the paper uses 1
 * @param beta weight of the total correlation, at least 0
 * @param gamma weight of the dimension-wise divergence, at least 0; the paper uses 1
 * @param sampling how the batch estimates {@code q(z)}
 * @param adam the optimiser's settings; the paper uses learning rate 1e-3
 */
public record BetaTcVae(double alpha, double beta, double gamma, Sampling sampling, Adam adam)
    implements Objective {

  /** Name of the recorded index-code mutual information of stratified sampling, in nats. */
  public static final String MUTUAL_INFORMATION = "mutual_information";

  /** Name of the recorded dimension-wise divergence of stratified sampling, in nats. */
  public static final String DIMENSION_KL = "dimension_kl";

  /** Name of the recorded mutual information of weighted sampling, see {@link Sampling}. */
  public static final String WEIGHTED_MUTUAL_INFORMATION = "weighted_mutual_information";

  /** Name of the recorded total correlation of weighted sampling, see {@link Sampling}. */
  public static final String WEIGHTED_TOTAL_CORRELATION = "weighted_total_correlation";

  /** Name of the recorded dimension-wise divergence of weighted sampling, see {@link Sampling}. */
  public static final String WEIGHTED_DIMENSION_KL = "weighted_dimension_kl";

  /** How a batch estimates {@code q(z)}. */
  public enum Sampling {
    /**
     * Minibatch-weighted sampling, the paper's own choice.
     *
     * <p>Its densities are too low, by between {@code log M} (posteriors far apart) and {@code log
     * N} (all the same) for batches of {@code M} out of {@code N} images. So are the terms: with
     * {@code d} latents that say nothing the mutual information is too high by {@code log N}, the
     * total correlation by {@code (d - 1) log N}, and the dimension-wise divergence too low by
     * {@code d log N}: with ten latents on dSprites a collapsed model has a total correlation of
     * 121 nats. What is to be subtracted depends on the posteriors, so the terms are recorded as
     * they are, under names of their own. Where it is constant the gradients are right.
     */
    WEIGHTED(
        MinibatchDensity.Weights.WEIGHTED,
        WEIGHTED_MUTUAL_INFORMATION,
        WEIGHTED_TOTAL_CORRELATION,
        WEIGHTED_DIMENSION_KL),
    /**
     * Minibatch-stratified sampling (Appendix C.2), which estimates {@code q(z)} without bias from
     * batches of different images. Its terms can be compared with those of other methods.
     */
    STRATIFIED(
        MinibatchDensity.Weights.STRATIFIED,
        MUTUAL_INFORMATION,
        Terms.TOTAL_CORRELATION_ESTIMATE,
        DIMENSION_KL);

    private final MinibatchDensity.Weights weights;
    private final String mutualInformation;
    private final String totalCorrelation;
    private final String dimensionKl;

    Sampling(
        MinibatchDensity.Weights weights,
        String mutualInformation,
        String totalCorrelation,
        String dimensionKl) {
      this.weights = weights;
      this.mutualInformation = mutualInformation;
      this.totalCorrelation = totalCorrelation;
      this.dimensionKl = dimensionKl;
    }
  }

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public BetaTcVae {
    Requirements.nonNegative("alpha", alpha);
    Requirements.nonNegative("beta", beta);
    Requirements.nonNegative("gamma", gamma);
  }

  /**
   * The paper's settings: minibatch-weighted sampling, {@code alpha = gamma = 1}, Adam 1e-3.
   *
   * @param beta weight of the total correlation; 6 is usual for dSprites
   */
  public BetaTcVae(double beta) {
    this(1, beta, 1, Sampling.WEIGHTED, Adam.of(1e-3));
  }

  @Override
  public String name() {
    return "beta-TCVAE";
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireIndependentPrior();
    int batch = assembly.batchSize();
    int size = assembly.data().size();
    if (batch > size) {
      throw new IllegalArgumentException(
          "batchSize must be at most the data set's size " + size + ", was " + batch);
    }
    NDArray logWeights = sampling.weights.table(assembly.manager(), batch, size);
    return new AutoencoderLearner(assembly, adam, pass -> loss(pass, logWeights));
  }

  private NDArray loss(Pass pass, NDArray logWeights) {
    NDArray z = pass.sample();
    MinibatchDensity density = MinibatchDensity.of(z, pass.posterior(), logWeights);
    NDArray logPosterior = pass.posterior().logDensity(z).mean();
    NDArray logJoint = density.joint().mean();
    NDArray logMarginals = density.marginals().mean();
    NDArray logPrior = pass.autoencoder().prior().logDensity(z).mean();

    NDArray mutualInformation = logPosterior.sub(logJoint);
    NDArray totalCorrelation = logJoint.sub(logMarginals);
    NDArray dimensionKl = logMarginals.sub(logPrior);
    pass.terms()
        .with(sampling.mutualInformation, mutualInformation)
        .with(sampling.totalCorrelation, totalCorrelation)
        .with(sampling.dimensionKl, dimensionKl);
    return pass.reconstruction()
        .add(Operations.scale(mutualInformation, alpha))
        .add(Operations.scale(totalCorrelation, beta))
        .add(Operations.scale(dimensionKl, gamma));
  }
}
