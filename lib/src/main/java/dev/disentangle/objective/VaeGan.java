package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Posterior;
import dev.disentangle.objective.adversary.FeatureNetwork;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The VAE-GAN (Larsen, S&oslash;nderby, Larochelle &amp; Winther 2016, section 2.3 and Algorithm
 * 1): images are compared by what a discriminator {@code D} sees in them. With the features {@code
 * h} of its hidden layer, decoded samples {@code y = G(z)} of the posteriors and {@code y' = G(z')}
 * of the prior,
 *
 * <pre>{@code
 * similarity    S = -E[log N(h(x); h(y), I)] = E[|h(x) - h(y)|^2] / 2 + constant
 * encoder       KL(q(z|x) || p(z)) + S
 * decoder       gamma S - E[log D(y)] - E[log D(y')]
 * discriminator -E[log D(x)] - E[log(1 - D(y))] - E[log(1 - D(y'))]
 * }</pre>
 *
 * <p>What is to fool the discriminator never reaches the encoder, and the similarity never the
 * discriminator. The decoder's loss is the non-saturating one. The features are those of {@link
 * dev.disentangle.model.Architecture#imageFeatures}, with layer normalisation where the paper has
 * batch normalisation.
 *
 * <p>Samples follow the data only as long as neither player wins. On the small generated sprites,
 * with 1,024 features, {@code gamma} 0.01 lost to the discriminator on one of two seeds, and all
 * samples were one picture; 0.1 held the balance on two.
 *
 * @param gamma weight of the similarity against fooling the discriminator, at least 0
 * @param adam the encoder's and the decoder's optimisers; the paper uses RMSProp at 3e-4
 * @param discriminatorAdam the discriminator's optimiser
 */
public record VaeGan(double gamma, Adam adam, Adam discriminatorAdam) implements Objective {

  /**
   * Name of the recorded similarity {@code S} without its constant, nats per image for features of
   * variance 1.
   */
  public static final String FEATURE_DISTANCE = "feature_distance";

  /** Name of the recorded {@code -E[log D(y)] - E[log D(y')]}, in nats; 2 log 2 for a guess. */
  public static final String GENERATOR_LOSS = InfoGan.GENERATOR_LOSS;

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if {@code gamma} is negative or not finite
   */
  public VaeGan {
    Requirements.nonNegative("gamma", gamma);
  }

  /**
   * Adam 1e-3 (0.5, 0.999) for encoder and decoder, 2e-4 for the discriminator.
   *
   * @param gamma weight of the similarity, such as 0.1
   */
  public VaeGan(double gamma) {
    this(gamma, Adam.of(1e-3, 0.5, 0.999), Adam.of(2e-4, 0.5, 0.999));
  }

  @Override
  public String name() {
    return "VAE-GAN";
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requireDensity();
    assembly.requireFixedPrior();
    return new Trio(assembly);
  }

  private final class Trio implements Learner {

    private final Autoencoder autoencoder;
    private final FeatureNetwork judge;
    private final Player encoder;
    private final Player decoder;
    private final Player discriminator;

    Trio(Assembly assembly) {
      autoencoder = assembly.autoencoder();
      judge = FeatureNetwork.of(assembly, "discriminator", 1);
      encoder = new Player("encoder", adam, List.of(autoencoder.encoder()));
      decoder = new Player("decoder", adam, List.of(autoencoder.decoder()));
      discriminator = new Player("discriminator", discriminatorAdam, judge.networks());
    }

    @Override
    public List<Player> players() {
      return List.of(encoder, decoder, discriminator);
    }

    @Override
    public Autoencoder autoencoder() {
      return autoencoder;
    }

    @Override
    public LossTerms step(Step step) {
      NDArray x = step.images();
      Posterior q = autoencoder.encode(x);
      NDArray z = q.sample(step.normalLike(q.mean()));
      int batch = Math.toIntExact(x.getShape().get(0));
      NDArray drawn = autoencoder.prior().sample(batch, step.noise());
      NDArray outputs = autoencoder.decoder().forward(z);
      FeatureNetwork.Seen seen =
          judge.see(x, autoencoder.likelihood().mean(outputs), autoencoder.decode(drawn));

      NDArray kl = autoencoder.divergence(q, z);
      NDArray similarity = seen.pairwise();
      NDArray fooled = judge.fooled(seen);
      NDArray told = judge.told(seen);
      NDArray loss = kl.add(similarity);
      step.minimiseKeepingGraph(encoder, loss);
      step.minimiseKeepingGraph(decoder, Operations.scale(similarity, gamma).add(fooled));
      step.minimise(discriminator, told);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, autoencoder.likelihood().negativeLogLikelihood(outputs, x))
          .with(autoencoder.hasClosedForm() ? Terms.KL : Terms.KL_SAMPLED, kl)
          .with(FEATURE_DISTANCE, similarity)
          .with(GENERATOR_LOSS, fooled)
          .with(Terms.LOSS, loss)
          .with(Terms.DISCRIMINATOR_LOSS, Operations.scale(told, 1.0 / 3));
    }
  }
}
