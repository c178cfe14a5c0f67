package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.labelled.LabelledAutoencoder;
import dev.disentangle.objective.labelled.LabelledLearner;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The conditional VAE with a conditional prior (Sohn, Lee &amp; Yan 2015, equation 4), here
 * conditioned on a label {@code y}: minimises
 *
 * <pre>{@code
 * -E_q(z|x,y)[log p(x|z,y)] + KL(q(z|x,y) || p(z|y))
 * }</pre>
 *
 * <p>It learns from the images whose label is known. The prior is a Gaussian for each class, which
 * is what a network from one-hot labels to means and variances amounts to.
 *
 * <p>Codes are {@code z} and one number per class, see {@link LabelledAutoencoder}; the number of
 * latents that a training is given is that of {@code z}.
 *
 * @param labels which factor is the label, and of how many images it is known
 * @param adam the optimiser's settings
 */
public record ConditionalVae(Labels labels, Adam adam) implements Objective {

  /**
   * Adam 1e-3.
   *
   * @param labels which factor is the label
   */
  public ConditionalVae(Labels labels) {
    this(labels, Adam.of(1e-3));
  }

  @Override
  public String name() {
    return "CVAE";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new LabelledPrior(labels, true);
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new Told(assembly, LabelledLearner.known(labels, true, assembly));
  }

  private final class Told extends LabelledLearner<LabelledAutoencoder> {

    private final int classes;
    private final Player player;

    Told(Assembly assembly, KnownLabels known) {
      super(new LabelledAutoencoder(assembly), known);
      classes = known.classes();
      player = new Player("autoencoder", adam, autoencoder().networks());
    }

    @Override
    public List<Player> players() {
      return List.of(player);
    }

    @Override
    public LossTerms step(Step step) {
      var bound = autoencoder().bound(step, step.images(), step.oneHot(0, classes));
      NDArray reconstruction = bound.reconstruction().mean();
      NDArray kl = bound.kl().mean();
      NDArray loss = reconstruction.add(kl);
      step.minimise(player, loss);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(Terms.KL, kl)
          .with(Terms.LOSS, loss);
    }
  }
}
