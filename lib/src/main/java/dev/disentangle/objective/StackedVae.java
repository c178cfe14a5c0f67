package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.labelled.HiddenLabels;
import dev.disentangle.objective.labelled.LabelledLearner;
import dev.disentangle.objective.labelled.StackedAutoencoder;
import dev.disentangle.tensor.Adam;
import java.util.List;

/**
 * The stacked semi-supervised VAE M1+M2 (Kingma, Rezende, Mohamed &amp; Welling 2014, section 3.1):
 * first a VAE of images (M1), then, with its weights kept, {@link SemiSupervisedVae M2} of its
 * codes {@code z1 ~ q(z1|x)} in the place of the images:
 *
 * <pre>{@code
 * p(x, y, z1, z2) = p(y) p(z2) p(z1|y, z2) p(x|z1)
 * }</pre>
 *
 * <p>M1 learns from the images whose label is hidden, or from all if none is.
 *
 * <p>Codes are {@code z2} and {@code q(y|x)}, see {@link StackedAutoencoder}; the number of latents
 * that a training is given is that of {@code z1} and of {@code z2}. The paper has 50 of each.
 *
 * @param labels which factor is the label, and of how many images it is known
 * @param firstSteps steps of M1, at least 1; all that follow are M2's
 * @param alpha weight of M2's classifier's loss, at least 0; the paper uses 0.1
 * @param adam the optimisers' settings; the paper uses 3e-4
 */
public record StackedVae(Labels labels, int firstSteps, double alpha, Adam adam)
    implements Objective {

  /** Name of the recorded loss of M2, nats per code. */
  public static final String SECOND_STAGE_LOSS = TwoStageVae.SECOND_STAGE_LOSS;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code firstSteps} is below 1, or {@code alpha} negative or
   *     not finite
   */
  public StackedVae {
    Requirements.count("firstSteps", firstSteps, 1);
    Requirements.nonNegative("alpha", alpha);
  }

  /**
   * The paper's settings: {@code alpha} 0.1, Adam 3e-4.
   *
   * @param labels which factor is the label, and of how many images it is known
   * @param firstSteps steps of M1
   */
  public StackedVae(Labels labels, int firstSteps) {
    this(labels, firstSteps, 0.1, Adam.of(3e-4));
  }

  @Override
  public String name() {
    return "M1+M2";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new LabelledPrior(labels, false);
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new Stages(assembly, LabelledLearner.known(labels, false, assembly));
  }

  private final class Stages extends LabelledLearner<StackedAutoencoder> {

    private final StackedAutoencoder model;
    private final HiddenLabels hidden;
    private final Player first;
    private final Player second;

    Stages(Assembly assembly, KnownLabels known) {
      super(new StackedAutoencoder(assembly), known);
      model = autoencoder();
      hidden = new HiddenLabels(model, known, alpha);
      first = new Player("autoencoder", adam, model.first().networks());
      second = new Player("second stage", adam, model.second());
    }

    @Override
    public List<Player> players() {
      return List.of(first, second);
    }

    @Override
    public int batchesPerStep() {
      return hidden.any() ? 2 : 1;
    }

    @Override
    public LossTerms step(Step step) {
      NDArray x = step.images(batchesPerStep() - 1);
      Autoencoder images = model.first();
      Posterior posterior = images.encode(x);
      NDArray z = posterior.sample(step.normalLike(posterior.mean()));
      NDArray reconstruction =
          images.likelihood().negativeLogLikelihood(images.decoder().forward(z), x);
      NDArray kl = images.divergence(posterior, z);
      NDArray loss = reconstruction.add(kl);
      LossTerms terms =
          new LossTerms()
              .with(Terms.RECONSTRUCTION, reconstruction)
              .with(Terms.KL, kl)
              .with(Terms.LOSS, loss);
      NDArray known = hidden.any() ? sample(step, step.images(0)) : z;
      NDArray second = hidden.of(step, known.stopGradient(), z.stopGradient(), terms).loss();
      if (step.number() < firstSteps) {
        step.minimise(first, loss);
      } else {
        step.minimise(this.second, second);
      }
      return terms.with(SECOND_STAGE_LOSS, second);
    }

    private NDArray sample(Step step, NDArray images) {
      Posterior posterior = model.first().encode(images);
      return posterior.sample(step.normalLike(posterior.mean()));
    }
  }
}
