package dev.disentangle.objective;

import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Network;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.labelled.HiddenLabels;
import dev.disentangle.objective.labelled.LabelledAutoencoder;
import dev.disentangle.objective.labelled.LabelledLearner;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The semi-supervised VAE M2 (Kingma, Rezende, Mohamed &amp; Welling 2014, section 3.1), which
 * knows the labels of some images and marginalises those of the others. With
 *
 * <pre>{@code
 * L(x, y) = -E_q(z|x,y)[log p(x|z,y)] + KL(q(z|x,y) || N(0, I)) + log K    K classes (equation 6)
 * U(x)    = sum_y q(y|x) L(x, y) - H(q(y|x))                                (equation 7)
 * }</pre>
 *
 * <p>it minimises, per image of {@code N} with {@code N_l} known labels (equation 9 divided by
 * {@code N}),
 *
 * <pre>{@code
 * N_l / N E_known[L(x, y)] + (1 - N_l / N) E_hidden[U(x)] + alpha E_known[-log q(y|x)]
 * }</pre>
 *
 * <p>Each step has two batches: one of images whose label is known, one of images whose label is
 * hidden, every one of which takes a pass per class.
 *
 * <p>What makes it learn badly is a small {@code alpha}: {@code U(x)} rewards a classifier that
 * does not decide, as long as {@code z} could say what the label says. On the small generated
 * sprites, half of the scales hidden, the classifier was right about 21 % of the images after 250
 * steps with the paper's 0.1, and about 97 % with 20, while {@code z} was still unused (divergence
 * 0.2 nats, reconstruction 102); with all of them known the divergence was 0.4 and the
 * reconstruction 101 after 400 steps, and 24 after 600: {@code z} comes into use some hundred steps
 * later than a VAE's either way.
 *
 * <p>Codes are {@code z} and {@code q(y|x)}, see {@link LabelledAutoencoder}; the number of latents
 * that a training is given is that of {@code z}.
 *
 * @param labels which factor is the label, and of how many images it is known
 * @param alpha weight of the classifier's loss, at least 0; the paper uses 0.1
 * @param adam the optimiser's settings; the paper uses 3e-4
 */
public record SemiSupervisedVae(Labels labels, double alpha, Adam adam) implements Objective {

  /** Name of the recorded {@code U(x)}, nats per image. */
  public static final String UNLABELLED_BOUND = HiddenLabels.UNLABELLED_BOUND;

  /** Name of the recorded {@code -log q(y|x)} of the known labels, nats per image. */
  public static final String CLASSIFICATION_LOSS = HiddenLabels.CLASSIFICATION_LOSS;

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if {@code alpha} is negative or not finite
   */
  public SemiSupervisedVae {
    Requirements.nonNegative("alpha", alpha);
  }

  /**
   * The paper's settings: {@code alpha} 0.1, Adam 3e-4.
   *
   * @param labels which factor is the label, and of how many images it is known
   */
  public SemiSupervisedVae(Labels labels) {
    this(labels, 0.1, Adam.of(3e-4));
  }

  @Override
  public String name() {
    return "M2";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new LabelledPrior(labels, false);
  }

  @Override
  public Learner learner(Assembly assembly) {
    KnownLabels known = LabelledLearner.known(labels, false, assembly);
    return new Marginalising(assembly, known, assembly.classifier(known.classes()));
  }

  private final class Marginalising extends LabelledLearner<LabelledAutoencoder> {

    private final HiddenLabels hidden;
    private final Player player;

    Marginalising(Assembly assembly, KnownLabels known, Network classifier) {
      super(new LabelledAutoencoder(assembly), known);
      autoencoder().recogniseBy(classifier::forward, List.of(classifier));
      hidden = new HiddenLabels(autoencoder(), known, alpha);
      player = new Player("autoencoder", adam, autoencoder().networks());
    }

    @Override
    public List<Player> players() {
      return List.of(player);
    }

    @Override
    public int batchesPerStep() {
      return hidden.any() ? 2 : 1;
    }

    @Override
    public LossTerms step(Step step) {
      LossTerms terms = new LossTerms();
      var loss = hidden.of(step, step.images(0), step.images(batchesPerStep() - 1), terms);
      step.minimise(player, loss.loss());
      return terms
          .with(Terms.RECONSTRUCTION, loss.labelled().reconstruction().mean())
          .with(Terms.KL, loss.labelled().kl().mean())
          .with(Terms.LOSS, loss.loss());
    }
  }
}
