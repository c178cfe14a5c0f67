package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * FactorVAE (Kim &amp; Mnih 2018, equation 2 and Algorithm 2): minimises
 *
 * <pre>{@code
 * -E_q(z|x)[log p(x|z)] + KL(q(z|x) || p(z)) + gamma KL(q(z) || prod_j q(z_j))
 * }</pre>
 *
 * <p>The last term, the total correlation, is estimated by the density-ratio trick as the mean of
 * {@code log D(z) / (1 - D(z))}, where the discriminator {@code D} learns to tell samples of {@code
 * q(z)} from samples whose dimensions were permuted across a second batch.
 *
 * @param gamma weight of the total correlation, at least 0
 * @param secondBatch where the permuted samples come from
 * @param adam the autoencoder's optimiser
 * @param discriminatorAdam the discriminator's optimiser
 */
public record FactorVae(double gamma, SecondBatch secondBatch, Adam adam, Adam discriminatorAdam)
    implements Objective {

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if {@code gamma} is negative or not finite
   */
  public FactorVae {
    Requirements.nonNegative("gamma", gamma);
  }

  /**
   * The paper's settings: Adam 1e-4 (0.9, 0.999), and 1e-4 (0.5, 0.9) for the discriminator.
   *
   * @param gamma weight of the total correlation; the paper uses 35 for 2D Shapes
   */
  public FactorVae(double gamma) {
    this(gamma, SecondBatch.INDEPENDENT, Adam.of(1e-4), Adam.of(1e-4, 0.5, 0.9));
  }

  /**
   * The same with other learning rates, for small networks.
   *
   * @param rate learning rate of both optimisers
   * @return the new settings
   */
  public FactorVae withLearningRate(double rate) {
    return new FactorVae(
        gamma, secondBatch, adam.withLearningRate(rate), discriminatorAdam.withLearningRate(rate));
  }

  @Override
  public String name() {
    return "FactorVAE";
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new Adversaries(assembly);
  }

  private final class Adversaries implements Learner {

    private final Autoencoder autoencoder;
    private final Network discriminator;
    private final Player vae;
    private final Player adversary;

    Adversaries(Assembly assembly) {
      autoencoder = assembly.autoencoder();
      discriminator = assembly.discriminator(2);
      vae = new Player("autoencoder", adam, autoencoder.networks());
      adversary = new Player("discriminator", discriminatorAdam, List.of(discriminator));
    }

    @Override
    public List<Player> players() {
      return List.of(vae, adversary);
    }

    @Override
    public Autoencoder autoencoder() {
      return autoencoder;
    }

    @Override
    public int batchesPerStep() {
      return secondBatch.batchesPerStep();
    }

    @Override
    public LossTerms step(Step step) {
      NDArray images = secondBatch.trained(step);
      GaussianPosterior posterior = autoencoder.encode(images);
      NDArray z = posterior.sample(step.normalLike(posterior.mean()));
      NDArray reconstruction = autoencoder.reconstructionLoss(z, images);
      NDArray kl = posterior.kl();
      NDArray negativeElbo = reconstruction.add(kl);

      // One pass of both batches through D, and one back, serves both players: it gives the
      // gradients of D's weights and, row by row up to a known factor, that of the total
      // correlation at z.
      NDArray leaf = Operations.leaf(z);
      NDArray both = leaf.concat(permuted(step, z), 0);
      NDList logRatios = Operations.logDensityRatio(discriminator.forward(both)).split(2, 0);
      NDArray logRatio = logRatios.get(0);
      NDArray totalCorrelation = logRatio.mean();
      NDArray discriminatorLoss = DensityRatio.discriminatorLoss(logRatio, logRatios.get(1));
      NDArray lossGradient = step.minimise(adversary, discriminatorLoss, leaf);
      NDArray pull = DensityRatio.meanLogRatioGradient(lossGradient, logRatio);
      step.minimise(vae, negativeElbo, z, pull.mul((float) gamma));

      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(Terms.KL, kl)
          .with(Terms.TOTAL_CORRELATION_ESTIMATE, totalCorrelation)
          .with(Terms.LOSS, negativeElbo.add(totalCorrelation.mul((float) gamma)))
          .with(Terms.DISCRIMINATOR_LOSS, discriminatorLoss);
    }

    private NDArray sample(Step step, NDArray images) {
      GaussianPosterior posterior = autoencoder.encode(images);
      return posterior.sample(step.normalLike(posterior.mean()));
    }

    /** Samples of the product of marginals (Algorithm 1), without a graph. */
    private NDArray permuted(Step step, NDArray z) {
      return GradientMode.paused(
          () -> {
            NDArray source =
                secondBatch == SecondBatch.SAME ? z : sample(step, secondBatch.permuted(step));
            int rows = Math.toIntExact(source.getShape().get(0));
            int columns = Math.toIntExact(source.getShape().get(1));
            return Operations.permuteDimensions(source, step.permutations(rows, columns));
          });
    }
  }
}
