package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.ClusteredPrior;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.labelled.ClusteredAutoencoder;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The Gaussian-mixture VAE (Dilokthanakul et al. 2017, equation 3), which finds clusters without
 * labels: {@code w ~ N(0, I)}, cluster {@code y} uniform over {@code K}, {@code z ~ N(m_y(w),
 * s_y(w)^2)}, {@code x ~ p(x|z)}. It minimises
 *
 * <pre>{@code
 * -E_q(z|x)[log p(x|z)]
 *   + E_q(w|x)q(z|x)[sum_y p(y|z,w) KL(q(z|x) || p(z|w,y))]    conditional prior term
 *   + KL(q(w|x) || N(0, I))                                    w prior term
 *   + max(minimum, E[KL(p(y|z,w) || uniform)])                 y prior term
 * }</pre>
 *
 * <p>with one sample of {@code z} and of {@code w} per image. Below {@code minimum} the last term
 * has no gradient, so that clusters are not merged before they have formed (their section 3.3.1).
 *
 * <p>Codes are {@code z} and the clusters' probabilities, see {@link ClusteredAutoencoder}; the
 * number of latents that a training is given is that of {@code z}, and {@code model().sample(y,
 * count, seed)} draws of one cluster.
 *
 * @param clusters their number {@code K}, at least 2
 * @param mixing length of {@code w}, at least 1
 * @param hidden units between {@code w} and the clusters, at least 1
 * @param minimum nats that the last term costs at least, 0 or more
 * @param adam the optimiser's settings
 */
public record GaussianMixtureVae(int clusters, int mixing, int hidden, double minimum, Adam adam)
    implements Objective {

  /** Name of the recorded conditional prior term, nats per image. */
  public static final String CONDITIONAL_KL = "conditional_kl";

  /** Name of the recorded w prior term, nats per image. */
  public static final String MIXING_KL = "mixing_kl";

  /** Name of the recorded y prior term, nats per image; log K at most. */
  public static final String CLUSTER_KL = "cluster_kl";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public GaussianMixtureVae {
    Requirements.count("clusters", clusters, 2);
    Requirements.count("mixing", mixing, 1);
    Requirements.count("hidden", hidden, 1);
    Requirements.nonNegative("minimum", minimum);
  }

  /**
   * Two mixing dimensions, 64 hidden units, no minimum, Adam 1e-4.
   *
   * @param clusters their number
   */
  public GaussianMixtureVae(int clusters) {
    this(clusters, 2, 64, 0, Adam.of(1e-4));
  }

  @Override
  public String name() {
    return "GMVAE";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new ClusteredPrior(clusters, mixing, hidden);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(new DiagonalGaussian());
    assembly.requirePrior(defaultPrior());
    return new Mixing(new ClusteredAutoencoder(assembly));
  }

  private final class Mixing implements Learner {

    private final ClusteredAutoencoder model;
    private final Player player;

    Mixing(ClusteredAutoencoder model) {
      this.model = model;
      this.player = new Player("autoencoder", adam, model.networks());
    }

    @Override
    public List<Player> players() {
      return List.of(player);
    }

    @Override
    public ClusteredAutoencoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      ClusteredAutoencoder.Posteriors q = model.posteriors(step.images());
      NDArray z = q.z().sample(step.normalLike(q.z().mean()));
      NDArray w = q.w().sample(step.normalLike(q.w().mean()));
      NDArray reconstruction = model.reconstruction(z, step.images());
      NDArray logs = model.prior().logResponsibilities(z, w);
      NDArray conditional = null;
      for (int y = 0; y < clusters; y++) {
        NDArray each =
            q.z().divergence(model.prior().component(w, y)).mul(logs.get(":, {}", y).exp());
        conditional = conditional == null ? each : conditional.add(each);
      }
      conditional = conditional.mean();
      NDArray mixingKl = q.w().kl();
      NDArray entropy = logs.exp().mul(logs).sum(new int[] {1}).mean();
      NDArray clusterKl = entropy.add((float) Math.log(clusters));
      NDArray bounded = Operations.atMost(clusterKl.neg(), -minimum).neg();
      NDArray loss = reconstruction.add(conditional).add(mixingKl).add(bounded);
      step.minimise(player, loss);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(CONDITIONAL_KL, conditional)
          .with(MIXING_KL, mixingKl)
          .with(CLUSTER_KL, clusterKl)
          .with(Terms.LOSS, loss);
    }
  }
}
