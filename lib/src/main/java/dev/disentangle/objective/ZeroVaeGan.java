package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.Attributes;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.AttributePrior;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.adversary.FeatureNetwork;
import dev.disentangle.objective.labelled.AttributeAutoencoder;
import dev.disentangle.objective.labelled.HiddenLabels;
import dev.disentangle.objective.labelled.LabelledLearner;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The Zero-VAE-GAN (Gao, Hou, Qin, Chen, Liu, Zhu, Zhang &amp; Shao 2020, inductive setting): a VAE
 * that is told what classes are made of, so that it generates what classes look like that nobody
 * has seen; a classifier of unseen classes is then fitted on what was generated. With attributes
 * {@code a} of an image's class, {@code x' = G(z, a)} of the posteriors and {@code x'' = G(z'', a)}
 * of the prior,
 *
 * <pre>{@code
 * encoder       -E[log p(x|z, a)] + KL(q(z|x, a) || N(0, I))
 * decoder       -E[log p(x|z, a)] - adversary (E[log D(x', a)] + E[log D(x'', a)])
 *                                 - category E[log C(a|x'')]
 * discriminator -E[log D(x, a)] - E[log(1 - D(x', a))] - E[log(1 - D(x'', a))]
 * classifier    -E[log C(a|x)]
 * }</pre>
 *
 * <p>The categorisation network {@code C} says which value each attribute has, where the paper's
 * says which seen class. The paper's {@code x} are features of a network that others trained; here
 * they are whatever the data set holds. Its second, transductive setting, which also looks at
 * images of unseen classes, is not here.
 *
 * <p>{@code model().sample(label, count, seed)} generates a class, seen or not; {@link
 * Attributes#on} says how classes are counted. Codes are {@code z} and {@code C(a|x)}, see {@link
 * AttributeAutoencoder}; the number of latents that a training is given is that of {@code z}.
 *
 * @param attributes the factors that classes are made of
 * @param adversary weight of fooling the discriminator, at least 0
 * @param category weight of being recognised, at least 0
 * @param adam optimiser of encoder, decoder and classifier
 * @param discriminatorAdam the discriminator's optimiser
 */
public record ZeroVaeGan(
    Attributes attributes, double adversary, double category, Adam adam, Adam discriminatorAdam)
    implements Objective {

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public ZeroVaeGan {
    Requirements.nonNegative("adversary", adversary);
    Requirements.nonNegative("category", category);
  }

  /**
   * Weights 1 and 1; Adam 1e-3 (0.5, 0.999), for the discriminator 2e-4. They are ours.
   *
   * @param attributes the factors that classes are made of
   */
  public ZeroVaeGan(Attributes attributes) {
    this(attributes, 1, 1, Adam.of(1e-3, 0.5, 0.999), Adam.of(2e-4, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "Zero-VAE-GAN";
  }

  @Override
  public PriorFamily defaultPrior() {
    return new AttributePrior(attributes);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(new DiagonalGaussian());
    assembly.requirePrior(defaultPrior());
    return new Quartet(assembly, attributes.on(assembly.data()));
  }

  private final class Quartet extends LabelledLearner<AttributeAutoencoder> {

    private final FeatureNetwork judge;
    private final List<Player> players;

    Quartet(Assembly assembly, KnownLabels known) {
      super(new AttributeAutoencoder(assembly), known);
      AttributeAutoencoder model = autoencoder();
      judge = FeatureNetwork.told(assembly, "discriminator", 1, model.prior().length());
      players =
          List.of(
              new Player("encoder", adam, List.of(model.encoder())),
              new Player("decoder", adam, List.of(model.decoder())),
              new Player("discriminator", discriminatorAdam, judge.networks()),
              new Player("classifier", adam, List.of(model.classifier())));
    }

    @Override
    public List<Player> players() {
      return players;
    }

    @Override
    public LossTerms step(Step step) {
      AttributeAutoencoder model = autoencoder();
      NDArray x = step.images();
      NDArray rows = model.prior().of(step.labels(0), step.manager());
      NDArray a = rows.toType(x.getDataType(), false);
      GaussianPosterior q = model.encode(x, a);
      NDArray z = q.sample(step.normalLike(q.mean()));
      NDArray outputs = model.decoder().forward(z.concat(a, 1));
      NDArray drawn = model.decode(step.normalLike(q.mean()).concat(a, 1));
      FeatureNetwork.Seen seen = judge.see(x, model.likelihood().mean(outputs), drawn).beside(a);

      NDArray reconstruction = model.likelihood().negativeLogLikelihood(outputs, x);
      NDArray kl = q.kl();
      NDArray fooled = judge.fooled(seen);
      NDArray told = judge.told(seen);
      NDArray recognised = model.surpriseAt(drawn, a);
      NDArray classification = model.surpriseAt(x, a);
      NDArray loss = reconstruction.add(kl);
      NDArray wanted =
          Operations.scale(fooled, adversary).add(Operations.scale(recognised, category));
      step.minimiseKeepingGraph(players.get(0), loss);
      step.minimiseKeepingGraph(players.get(1), reconstruction.add(wanted));
      step.minimiseKeepingGraph(players.get(2), told);
      step.minimise(players.get(3), classification);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(Terms.KL, kl)
          .with(VaeGan.GENERATOR_LOSS, fooled)
          .with(InfoGan.RECOGNITION_LOSS, recognised)
          .with(Terms.LOSS, loss.add(wanted))
          .with(Terms.DISCRIMINATOR_LOSS, Operations.scale(told, 1.0 / 3))
          .with(HiddenLabels.CLASSIFICATION_LOSS, classification);
    }
  }
}
