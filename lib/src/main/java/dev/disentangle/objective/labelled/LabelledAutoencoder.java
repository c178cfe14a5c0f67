package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An autoencoder that is told labels: {@code q(z|x, y)}, {@code p(z|y)} and {@code p(x|z, y)}. The
 * encoder sees a label as one more channel per class, the decoder as one more input per class.
 *
 * <p>To scores and pictures a code is {@code z} followed by one number per class. Encoding without
 * a label gives the means of {@code z} for the most probable label, and the labels' probabilities;
 * decoding takes a label's one-hot vector there.
 */
public final class LabelledAutoencoder implements EncoderDecoder, HiddenLabels.Model {

  private final Network encoder;
  private final Network decoder;
  private final LabelledPrior.OfClasses prior;
  private final Likelihood likelihood;
  private UnaryOperator<NDArray> logits;
  private List<Network> classifiers = List.of();

  /**
   * Builds the networks. At first labels are recognised by the bounds of their evidence.
   *
   * @param assembly what they must fit; its prior must be a {@link LabelledPrior}
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public LabelledAutoencoder(Assembly assembly) {
    LabelledPrior family = (LabelledPrior) assembly.prior();
    int classes = family.labels().on(assembly.data()).classes();
    this.encoder = assembly.encoder(classes, 2 * assembly.latents());
    this.decoder = assembly.decoder(assembly.latents() + classes);
    this.prior = (LabelledPrior.OfClasses) assembly.prior(encoder, this::encode);
    this.likelihood = assembly.likelihood();
    this.logits = this::evidence;
  }

  /**
   * Recognises labels by a classifier.
   *
   * @param classifier gives logits of images' labels, {@code [batch, classes]}
   * @param networks what it is made of, which becomes part of the model
   */
  public void recogniseBy(UnaryOperator<NDArray> classifier, List<Network> networks) {
    classifiers = List.copyOf(networks);
    logits = classifier;
  }

  @Override
  public NDArray logits(NDArray images) {
    return logits.apply(images);
  }

  /**
   * Returns the encoder.
   *
   * @return images and labels to {@code q(z|x, y)}
   */
  public Network encoder() {
    return encoder;
  }

  /**
   * Returns the decoder.
   *
   * @return codes and labels to the likelihood's outputs
   */
  public Network decoder() {
    return decoder;
  }

  /**
   * Encodes images whose labels are given.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param oneHot labels, {@code [batch, classes]}
   * @return {@code q(z|x, y)}
   */
  public GaussianPosterior encode(NDArray images, NDArray oneHot) {
    return GaussianPosterior.of(encoder.forward(Planes.beside(images, oneHot)));
  }

  /** {@code -log p(x|z, y)} of every image. */
  private NDArray reconstruction(NDArray z, NDArray oneHot, NDArray images) {
    return likelihood.perImage(decoder.forward(z.concat(oneHot, 1)), images);
  }

  /** {@code KL(q(z|x, y) || p(z|y))} of every image. */
  private NDArray divergence(GaussianPosterior posterior, NDArray oneHot) {
    return posterior.divergence(prior.given(oneHot));
  }

  /**
   * The two parts of the bound for labels that are given, each of every image.
   *
   * @param reconstruction {@code -log p(x|z, y)}, nats, {@code [batch]}
   * @param kl {@code KL(q(z|x, y) || p(z|y))}, nats, {@code [batch]}
   */
  public record Bound(NDArray reconstruction, NDArray kl) {

    /**
     * Adds the parts.
     *
     * @return nats, {@code [batch]}
     */
    public NDArray sum() {
      return reconstruction.add(kl);
    }
  }

  @Override
  public Bound bound(Step step, NDArray images, NDArray oneHot) {
    GaussianPosterior posterior = encode(images, oneHot);
    NDArray z = posterior.sample(step.normalLike(posterior.mean()));
    return new Bound(reconstruction(z, oneHot, images), divergence(posterior, oneHot));
  }

  /**
   * Recognises labels without a classifier, by Bayes' rule with the evidence lower bound of every
   * label in the place of its evidence, and {@code z} at the posterior's mean.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return logits, {@code [batch, classes]}
   */
  private NDArray evidence(NDArray images) {
    NDArray bounds = null;
    for (int label = 0; label < classes(); label++) {
      NDArray oneHot = HiddenLabels.all(label, classes(), images);
      GaussianPosterior posterior = encode(images, oneHot);
      NDArray loss = reconstruction(posterior.mean(), oneHot, images);
      NDArray bound = loss.add(divergence(posterior, oneHot)).neg().expandDims(1);
      bounds = bounds == null ? bound : bounds.concat(bound, 1);
    }
    return bounds;
  }

  /**
   * Returns the number of labels.
   *
   * @return classes of the factor that is the label
   */
  public int classes() {
    return prior.classes();
  }

  /** Encoder, decoder, the prior's network and the classifier, if there are. */
  @Override
  public List<Network> networks() {
    return Stream.of(List.of(encoder, decoder), prior.networks(), classifiers)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Posterior encode(NDArray images) {
    NDArray given = logits(images).softmax(1);
    NDArray best = given.argMax(1).oneHot(classes()).toType(images.getDataType(), false);
    return new Deterministic.Posteriors(encode(images, best).mean().concat(given, 1));
  }

  @Override
  public Optional<Decoding> decoding() {
    return Optional.of(new Decoding(decoder, likelihood));
  }

  @Override
  public int latents() {
    return prior.latents() + classes();
  }

  @Override
  public LabelledPrior.OfClasses prior() {
    return prior;
  }
}
