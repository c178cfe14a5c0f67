package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.objective.labelled.LabelledAutoencoder.Bound;
import java.util.List;
import java.util.stream.Stream;

/**
 * An autoencoder of images, and on its codes {@code z1} one that is told labels: {@code q(z2|z1,
 * y)}, {@code p(z1|z2, y)}, a Gaussian whose variances are an output too, and {@code q(y|z1)}, each
 * with the layers of a discriminator of codes. Both have as many latents.
 *
 * <p>To scores and pictures a code is {@code z2} followed by one number per class, as in {@link
 * LabelledAutoencoder}.
 */
public final class StackedAutoencoder implements EncoderDecoder, HiddenLabels.Model {

  private final Autoencoder first;
  private final Network encoder;
  private final Network decoder;
  private final Network classifier;
  private final LabelledPrior.OfClasses prior;

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be a {@link LabelledPrior}
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public StackedAutoencoder(Assembly assembly) {
    int latents = assembly.latents();
    first = assembly.withPrior(new StandardNormal()).autoencoder();
    prior = (LabelledPrior.OfClasses) assembly.prior(first.encoder(), this::encode);
    int told = latents + prior.classes();
    encoder = network(assembly, "code-encoder", told, 2 * latents);
    decoder = network(assembly, "code-decoder", told, 2 * latents);
    classifier = network(assembly, "code-classifier", latents, prior.classes());
  }

  private static Network network(Assembly assembly, String name, int inputs, int outputs) {
    return Network.of(
        name,
        assembly.architecture().discriminator(inputs, outputs),
        new long[] {inputs},
        new long[] {outputs},
        assembly.manager(),
        assembly.random());
  }

  /**
   * Returns the autoencoder of images.
   *
   * @return M1
   */
  public Autoencoder first() {
    return first;
  }

  /**
   * Returns the networks of codes and labels.
   *
   * @return those of M2
   */
  public List<Network> second() {
    return List.of(encoder, decoder, classifier);
  }

  @Override
  public Bound bound(Step step, NDArray z1, NDArray oneHot) {
    GaussianPosterior posterior = posterior(z1, oneHot);
    NDArray z2 = posterior.sample(step.normalLike(posterior.mean()));
    NDArray reconstruction = codes(z2.concat(oneHot, 1)).logDensity(z1).neg();
    return new Bound(reconstruction, posterior.divergence(prior.given(oneHot)));
  }

  /** {@code q(z2|z1, y)}. */
  private GaussianPosterior posterior(NDArray z1, NDArray oneHot) {
    return GaussianPosterior.of(encoder.forward(z1.concat(oneHot, 1)));
  }

  /** {@code p(z1|z2, y)}. */
  private GaussianPosterior codes(NDArray z2AndLabel) {
    return GaussianPosterior.of(decoder.forward(z2AndLabel));
  }

  @Override
  public NDArray logits(NDArray z1) {
    return classifier.forward(z1);
  }

  @Override
  public List<Network> networks() {
    return Stream.concat(first.networks().stream(), second().stream()).toList();
  }

  @Override
  public Posterior encode(NDArray images) {
    NDArray z1 = first.encode(images).mean();
    NDArray given = logits(z1).softmax(1);
    NDArray best = given.argMax(1).oneHot(prior.classes()).toType(z1.getDataType(), false);
    return new Deterministic.Posteriors(posterior(z1, best).mean().concat(given, 1));
  }

  @Override
  public NDArray decode(NDArray codes) {
    return first.decode(codes(codes).mean());
  }

  @Override
  public int latents() {
    return prior.latents() + prior.classes();
  }

  @Override
  public LabelledPrior.OfClasses prior() {
    return prior;
  }
}
