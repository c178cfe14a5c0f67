package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.Batches;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * DC-IGN's clamped training (Kulkarni et al. 2015, section 3.2), which knows the factors: in each
 * batch one factor {@code f} varies and all others are fixed. Latent {@code f} is to carry it, so
 * the decoder gets every other latent as its mean over the batch, and the encoder gets
 *
 * <pre>{@code
 * dL/dz_f                              for the latent of the factor that varies,
 * clamping (z_j - mean over batch)     for every other latent j,
 * }</pre>
 *
 * <p>where {@code L} is the reconstruction loss plus the divergence of latent {@code f} from the
 * prior. The factor of each batch is drawn uniformly.
 *
 * @param clamping weight of the pull towards the batch's mean, at least 0; the paper uses 1/100
 * @param adam the optimiser's settings
 */
public record DcIgn(double clamping, Adam adam) implements Objective {

  /** Name of the recorded mean squared distance of clamped latents from their batch's mean. */
  public static final String CLAMPED_VARIANCE = "clamped_variance";

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if {@code clamping} is negative or not finite
   */
  public DcIgn {
    Requirements.nonNegative("clamping", clamping);
  }

  /** The paper's weight 1/100, and Adam 5e-4; the paper uses RMSProp at 5e-4. */
  public DcIgn() {
    this(0.01, Adam.of(5e-4));
  }

  @Override
  public String name() {
    return "DC-IGN";
  }

  @Override
  public Learner learner(Assembly assembly) {
    ImageData data = assembly.data();
    if (!(data.factors().orElse(null) instanceof FactorSpace space)) {
      throw new IllegalArgumentException(
          "DC-IGN needs images on a full grid of known factors; " + data.name() + " has none");
    }
    if (assembly.latents() != space.count()) {
      throw new IllegalArgumentException(
          "latents must be "
              + space.count()
              + ", one per factor of "
              + space
              + ", was "
              + assembly.latents());
    }
    assembly.requirePosterior(new DiagonalGaussian());
    assembly.requirePrior(new StandardNormal());
    return new AutoencoderLearner(assembly.autoencoder(), adam, new Clamped(space));
  }

  private final class Clamped implements AutoencoderLearner.Addition {

    private final FactorSpace space;

    Clamped(FactorSpace space) {
      this.space = space;
    }

    /** Seeded by the step's number alone, so that the reading thread and the step agree. */
    private int factor(long step) {
      return new SplittableRandom(step).nextInt(space.count());
    }

    @Override
    public int[] indices(int batch, ImageData data, int count, long step, RandomGenerator random) {
      int factor = factor(step);
      int first = random.nextInt(space.size());
      // Most factors have fewer values than a batch has images: each then occurs about equally
      // often.
      return Arrays.stream(Batches.draw(count, space.classes(factor), random))
          .map(value -> space.with(first, factor, value))
          .toArray();
    }

    @Override
    public void learn(Pass pass) {
      Step step = pass.step();
      int factor = factor(step.number());
      NDArray z = pass.sample();
      NDArray varies = step.manager().eye(space.count()).get(factor);
      NDArray clamped = varies.sub(1f).neg();

      NDArray fromMean = z.sub(z.mean(new int[] {0})).mul(clamped);
      NDArray leaf = Operations.leaf(z.sub(fromMean));
      pass.decode(leaf);
      NDArray reconstruction = pass.reconstruction();
      NDArray kl = ((GaussianPosterior) pass.posterior()).klPerLatent().get(factor);
      NDArray loss = reconstruction.add(kl);

      NDArray gradient =
          Gradients.of(reconstruction, List.of(leaf), Gradients.Graph.RETAIN).singletonOrThrow();
      // Losses are averaged over the batch, so the paper's rule per image is divided by its size.
      double pull = clamping / z.getShape().get(0);
      step.minimise(
          pass.player(), loss, z, gradient.mul(varies).add(Operations.scale(fromMean, pull)));

      double clampedCodes = (double) z.getShape().get(0) * Math.max(1, space.count() - 1);
      pass.terms()
          .with(Terms.KL, kl)
          .with(CLAMPED_VARIANCE, Operations.scale(fromMean.square().sum(), 1 / clampedCodes))
          .with(Terms.LOSS, loss);
    }
  }
}
