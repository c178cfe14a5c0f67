package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/**
 * Gaussian posteriors whose latents may be correlated, {@code q(z|x) = N(mean, L L^T)} with a lower
 * triangular factor {@code L} (Kingma &amp; Welling 2019, "An Introduction to Variational
 * Autoencoders", section 2.5.1). The encoder has {@code latents (latents + 3) / 2} outputs: the
 * mean, {@code log L_jj^2}, and ten times the numbers below the diagonal, row by row.
 *
 * <p>The paper's outputs are {@code log L_jj} and the numbers below as they are. In ours the first
 * two parts mean what they mean to {@link DiagonalGaussian}, and the third is small at first: an
 * untrained encoder's numbers of order 1 below the diagonal would be as much noise in every code,
 * which must be unlearned before codes say anything.
 *
 * <p>With {@code e = L^-1 (z - mean)}
 *
 * <pre>{@code
 * z = mean + L noise
 * log q(z|x) = -1/2 (|e|^2 + latents log(2 pi)) - sum_j log L_jj
 * KL(q(z|x) || N(0, I)) = 1/2 (sum_ij L_ij^2 + |mean|^2 - latents) - sum_j log L_jj
 * }</pre>
 */
public record FullCovariance() implements PosteriorFamily {

  private static final float LOG_TWO_PI = (float) Math.log(2 * Math.PI);

  /** How much an output below the diagonal counts. */
  private static final double BELOW = 0.1;

  @Override
  public int outputs(int latents) {
    return latents * (latents + 3) / 2;
  }

  @Override
  public Posterior of(NDArray outputs, int latents) {
    NDArray mean = outputs.get(":, :{}", latents);
    NDArray logDiagonal = Operations.scale(outputs.get(":, {}:{}", latents, 2 * latents), 0.5);
    NDArray below = Operations.scale(outputs.get(":, {}:", 2 * latents), BELOW);
    NDArray factor = Distributions.one("lower_triangular", logDiagonal, below);
    return new Posteriors(mean, logDiagonal, factor);
  }

  @Override
  public boolean hasClosedForm() {
    return true;
  }

  @Override
  public boolean hasIndependentLatents() {
    return false;
  }

  /**
   * The posteriors of a batch.
   *
   * @param mean {@code [batch, latents]}
   * @param logDiagonal logarithms of the factors' diagonals, {@code [batch, latents]}
   * @param factor {@code L}, {@code [batch, latents, latents]}
   */
  public record Posteriors(NDArray mean, NDArray logDiagonal, NDArray factor) implements Posterior {

    /** The logarithms of the covariances' diagonals, {@code log sum_k L_jk^2}. */
    @Override
    public NDArray logVariance() {
      return factor.square().sum(new int[] {2}).log();
    }

    @Override
    public NDArray sample(NDArray noise) {
      return Distributions.one("triangular_sample", mean, factor, noise);
    }

    @Override
    public NDArray logMarginals(NDArray z) {
      return new GaussianPosterior(mean, logVariance()).logMarginals(z);
    }

    @Override
    public NDArray logDensity(NDArray z) {
      NDArray standard = Distributions.one("triangular_solve", z, mean, factor);
      NDArray squares = Operations.scale(standard.square().add(LOG_TWO_PI), -0.5);
      return squares.sub(logDiagonal).sum(new int[] {-1});
    }

    @Override
    public NDArray kl() {
      NDArray squares = factor.square().sum(new int[] {2}).add(mean.square()).sub(1f);
      NDArray perLatent = Operations.scale(squares, 0.5).sub(logDiagonal);
      return perLatent.mean(new int[] {0}).sum();
    }

    @Override
    public NDArray meanCovariance() {
      return Distributions.one("triangular_covariance", factor).mean(new int[] {0});
    }
  }
}
