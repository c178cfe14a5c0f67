package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StickBreaking;
import dev.disentangle.objective.discrete.MixtureAutoencoder;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The infinite mixture of VAEs (Abbasnejad, Dick &amp; van den Hengel 2017, "Infinite Variational
 * Autoencoder for Semi-Supervised Learning"): an image comes from one of infinitely many VAEs,
 * whose weights {@code pi} a Dirichlet process gives, so that the data decide how many are used.
 * With the evidence lower bound of component {@code c}
 *
 * <pre>{@code
 * L_c(x) = E_q(z|x,c)[log p(x|z,c)] - KL(q(z|x,c) || N(0, I))
 * r_c(x) = e^(E[log pi_c] + L_c(x)) / sum_l e^(E[log pi_l] + L_l(x))
 * }</pre>
 *
 * <p>it minimises, per image, {@code sum_c r_c (log r_c - E[log pi_c] - L_c)} with {@code r} held
 * fixed, as in a step of expectation maximisation. The paper draws assignments and weights; here
 * both are summed out by the closed forms of Blei &amp; Jordan 2006, with a stick cut off after
 * some components, see {@link StickBreaking}, whose numbers of images move with the batches.
 *
 * <p>At first all components are alike, and whichever is a little better would take all images. So
 * in the first {@code warmUp} steps {@code L_c} has a weight in {@code r} that grows from 0 to 1 in
 * equal steps.
 *
 * <p>Each step takes every component's whole pass, so its time grows with their number. Codes are
 * {@code z} and the component, see {@link MixtureAutoencoder}; the number of latents that a
 * training is given is that of {@code z}, and {@code model().sample(c, count, seed)} draws of one
 * component.
 *
 * @param components where the stick is cut off, at least 2
 * @param concentration of the Dirichlet process, above 0
 * @param warmUp steps until the bounds alone decide, at least 1
 * @param rate how far a batch moves the numbers of images, in {@code [0, 1)}
 * @param adam the optimiser's settings
 */
public record InfiniteMixtureVae(
    int components, double concentration, int warmUp, double rate, Adam adam) implements Objective {

  /** Name of the recorded {@code sum_c r_c (log r_c - E[log pi_c])}, nats per image. */
  public static final String ASSIGNMENT_KL = "assignment_kl";

  /** Name of the recorded perplexity of the numbers of images: how many components are in use. */
  public static final String COMPONENTS_IN_USE = "components_in_use";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public InfiniteMixtureVae {
    Requirements.count("components", components, 2);
    Requirements.positive("concentration", concentration);
    Requirements.count("warmUp", warmUp, 1);
    Requirements.share("rate", rate);
  }

  /**
   * Concentration 1, 500 steps of warm-up, rate 0.05, Adam 1e-3.
   *
   * @param components where the stick is cut off
   */
  public InfiniteMixtureVae(int components) {
    this(components, 1, 500, 0.05, Adam.of(1e-3));
  }

  @Override
  public String name() {
    return "infinite mixture";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new StickBreaking(components, concentration);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(new DiagonalGaussian());
    assembly.requirePrior(defaultPrior());
    return new Assigning(new MixtureAutoencoder(assembly));
  }

  private final class Assigning implements Learner {

    private final MixtureAutoencoder model;
    private final Player player;
    private final Player sticks;

    Assigning(MixtureAutoencoder model) {
      this.model = model;
      this.player = new Player("components", adam, model.coders());
      this.sticks = new Player("sticks", adam, model.prior().networks());
    }

    /** The sticks' player rests: the numbers of images move by their own rule. */
    @Override
    public List<Player> players() {
      return List.of(player, sticks);
    }

    @Override
    public MixtureAutoencoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      MixtureAutoencoder.Bound bound =
          model.bound(step.images(), q -> q.sample(step.normalLike(q.mean())));
      double weight = Math.min(1, (double) step.number() / warmUp);
      NDArray logs = model.logResponsibilities(bound, weight);
      NDArray r = logs.exp();
      NDArray reconstruction = weighted(r, bound.reconstruction());
      NDArray kl = weighted(r, bound.kl());
      NDArray assignment = weighted(r, logs.sub(model.logWeights(logs)));
      NDArray loss = reconstruction.add(kl).add(assignment);
      step.minimise(player, loss);
      NDArray counts = model.prior().moved(r, rate);
      step.assign(model.prior().table().parameters().get(0), counts);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(Terms.KL, kl)
          .with(ASSIGNMENT_KL, assignment)
          .with(COMPONENTS_IN_USE, perplexity(counts))
          .with(Terms.LOSS, loss);
    }

    private static NDArray weighted(NDArray r, NDArray nats) {
      return r.mul(nats).sum(new int[] {1}).mean();
    }

    private static NDArray perplexity(NDArray counts) {
      NDArray share = counts.div(counts.sum());
      return share.mul(share.add(1e-10f).log()).sum().neg().exp();
    }
  }
}
