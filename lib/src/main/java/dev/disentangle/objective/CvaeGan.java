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
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.adversary.FeatureNetwork;
import dev.disentangle.objective.labelled.LabelledAutoencoder;
import dev.disentangle.objective.labelled.LabelledLearner;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The CVAE-GAN (Bao, Chen, Wen, Li &amp; Hua 2017, section 3 and Algorithm 1): a conditional VAE
 * whose images are compared by the features {@code f_D} of a discriminator {@code D} and {@code
 * f_C} of a classifier {@code C}. With labels {@code y}, {@code x' = G(z, y)} of the posteriors and
 * {@code x'' = G(z'', y)} of the prior,
 *
 * <pre>{@code
 * pairwise    L_G  = E[|x - x'|^2 + |f_D(x) - f_D(x')|^2 + |f_C(x) - f_C(x')|^2] / 2
 * mean        L_GD = |E[f_D(x)] - E[f_D(x'')]|^2 / 2
 * class mean  L_GC = sum_y |E[f_C(x)|y] - E[f_C(x'')|y]|^2 / 2
 *
 * encoder       w.divergence KL(q(z|x, y) || N(0, I)) + w.pairwise L_G
 * decoder       w.pairwise L_G + w.mean L_GD + w.classMean L_GC
 * discriminator -E[log D(x)] - E[log(1 - D(x'))] - E[log(1 - D(x''))]
 * classifier    -E[log C(y|x)]
 * }</pre>
 *
 * <p>The decoder never sees a verdict, only means of features, whose gradient does not vanish when
 * the discriminator is right. Means are those of the batch, where the paper has moving averages for
 * the data's; {@code x''} have the labels of the batch. It learns from images whose label is known.
 *
 * <p>Codes are {@code z} and {@code C(y|x)}, see {@link LabelledAutoencoder}; the number of latents
 * that a training is given is that of {@code z}.
 *
 * @param labels which factor is the label, and of how many images it is known
 * @param weights of the four losses of encoder and decoder
 * @param adam optimiser of the encoder and of the decoder
 * @param adversaryAdam optimiser of the discriminator and of the classifier
 */
public record CvaeGan(Labels labels, CvaeGanWeights weights, Adam adam, Adam adversaryAdam)
    implements Objective {

  /** Name of the recorded pairwise distance {@code L_G}. */
  public static final String PAIRWISE_DISTANCE = "pairwise_distance";

  /** Name of the recorded distance of mean features {@code L_GD}. */
  public static final String MEAN_DISTANCE = "mean_feature_distance";

  /** Name of the recorded distance of the classes' mean features {@code L_GC}. */
  public static final String CLASS_MEAN_DISTANCE = "class_mean_feature_distance";

  /**
   * The paper's weights 3, 1, 1e-3, 1e-3; Adam 1e-3 (0.5, 0.999) for encoder and decoder, 2e-4 for
   * the others.
   *
   * @param labels which factor is the label, and of how many images it is known
   */
  public CvaeGan(Labels labels) {
    this(
        labels,
        new CvaeGanWeights(3, 1, 1e-3, 1e-3),
        Adam.of(1e-3, 0.5, 0.999),
        Adam.of(2e-4, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "CVAE-GAN";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new LabelledPrior(labels, false);
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new Quartet(assembly, LabelledLearner.known(labels, false, assembly));
  }

  private final class Quartet extends LabelledLearner<LabelledAutoencoder> {

    private final int classes;
    private final Likelihood likelihood;
    private final FeatureNetwork judge;
    private final FeatureNetwork classifier;
    private final List<Player> players;

    Quartet(Assembly assembly, KnownLabels known) {
      super(new LabelledAutoencoder(assembly), known);
      classes = known.classes();
      likelihood = assembly.likelihood();
      judge = FeatureNetwork.of(assembly, "discriminator", 1);
      classifier = FeatureNetwork.of(assembly, "classifier", classes);
      autoencoder().recogniseBy(classifier::logits, classifier.networks());
      players =
          List.of(
              new Player("encoder", adam, List.of(autoencoder().encoder())),
              new Player("decoder", adam, List.of(autoencoder().decoder())),
              new Player("discriminator", adversaryAdam, judge.networks()),
              new Player("classifier", adversaryAdam, classifier.networks()));
    }

    @Override
    public List<Player> players() {
      return players;
    }

    @Override
    public LossTerms step(Step step) {
      NDArray x = step.images();
      NDArray y = step.oneHot(0, classes);
      GaussianPosterior q = autoencoder().encode(x, y);
      NDArray z = q.sample(step.normalLike(q.mean()));
      NDArray outputs = autoencoder().decoder().forward(z.concat(y, 1));
      NDArray own = likelihood.mean(outputs);
      NDArray other = autoencoder().decode(step.normalLike(q.mean()).concat(y, 1));
      FeatureNetwork.Seen judged = judge.see(x, own, other);
      FeatureNetwork.Seen classified = classifier.see(x, own, other);

      NDArray kl = q.kl();
      NDArray pairwise =
          FeatureNetwork.distance(x, own).add(judged.pairwise()).add(classified.pairwise());
      NDArray mean = judged.betweenMeans();
      NDArray classMean = classified.betweenClassMeans(y);
      NDArray near = Operations.scale(pairwise, weights.pairwise());
      NDArray encoderLoss = Operations.scale(kl, weights.divergence()).add(near);
      NDArray means =
          Operations.scale(mean, weights.mean())
              .add(Operations.scale(classMean, weights.classMean()));
      step.minimiseKeepingGraph(players.get(0), encoderLoss);
      step.minimiseKeepingGraph(players.get(1), near.add(means));
      NDArray told = judge.told(judged);
      step.minimiseKeepingGraph(players.get(2), told);
      NDArray classification = classifier.surpriseAtLabels(classified.real(), y);
      step.minimise(players.get(3), classification);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, likelihood.negativeLogLikelihood(outputs, x))
          .with(Terms.KL, kl)
          .with(PAIRWISE_DISTANCE, pairwise)
          .with(MEAN_DISTANCE, mean)
          .with(CLASS_MEAN_DISTANCE, classMean)
          .with(Terms.LOSS, encoderLoss.add(means))
          .with(Terms.DISCRIMINATOR_LOSS, Operations.scale(told, 1.0 / 3))
          .with(SemiSupervisedVae.CLASSIFICATION_LOSS, classification);
    }
  }
}
