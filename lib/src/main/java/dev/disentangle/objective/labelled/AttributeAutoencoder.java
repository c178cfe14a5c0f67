package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.AttributePrior;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import java.util.List;
import java.util.Optional;

/**
 * An autoencoder that is told attributes: {@code q(z|x, a)} and {@code p(x|z, a)}. Attributes are
 * recognised by a network with one softmax per factor.
 *
 * <p>To scores and pictures a code is {@code z} followed by the attributes' probabilities; decoding
 * takes a class's attributes there, whether or not an image of it was ever seen.
 */
public final class AttributeAutoencoder implements EncoderDecoder {

  private final Network encoder;
  private final Network decoder;
  private final Network classifier;
  private final AttributePrior.OfClasses prior;
  private final Likelihood likelihood;

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be an {@link AttributePrior}
   * @throws IllegalArgumentException if the architecture does not fit the images, or the data have
   *     no such factors
   */
  public AttributeAutoencoder(Assembly assembly) {
    AttributePrior family = (AttributePrior) assembly.prior();
    int length = family.attributes().sizes(assembly.data()).stream().mapToInt(s -> s).sum();
    encoder = assembly.encoder(length, 2 * assembly.latents());
    decoder = assembly.decoder(assembly.latents() + length);
    classifier = assembly.classifier(length);
    prior = (AttributePrior.OfClasses) assembly.prior(encoder, this::encode);
    likelihood = assembly.likelihood();
  }

  /**
   * Returns the encoder.
   *
   * @return images and attributes to {@code q(z|x, a)}
   */
  public Network encoder() {
    return encoder;
  }

  /**
   * Returns the decoder, which generates.
   *
   * @return codes and attributes to the likelihood's outputs
   */
  public Network decoder() {
    return decoder;
  }

  /**
   * Returns who recognises attributes.
   *
   * @return images to logits of all values of all factors
   */
  public Network classifier() {
    return classifier;
  }

  /**
   * Returns the distribution of the pixels.
   *
   * @return the likelihood
   */
  public Likelihood likelihood() {
    return likelihood;
  }

  /**
   * Encodes images whose attributes are given.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param a attributes, {@code [batch, length]}
   * @return {@code q(z|x, a)}
   */
  public GaussianPosterior encode(NDArray images, NDArray a) {
    return GaussianPosterior.of(encoder.forward(Planes.beside(images, a)));
  }

  /**
   * Computes the cross-entropy of recognised attributes, {@code -E[sum_f log C(a_f|x)]}.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param a their attributes, {@code [batch, length]}
   * @return a scalar, nats per image
   */
  public NDArray surpriseAt(NDArray images, NDArray a) {
    return logProbabilities(images).mul(a).sum(new int[] {1}).mean().neg();
  }

  /** The logarithms of one softmax per factor. */
  private NDArray logProbabilities(NDArray images) {
    NDArray logits = classifier.forward(images);
    NDArray all = null;
    for (NDArray own : byFactor(logits)) {
      NDArray logs = own.logSoftmax(1);
      all = all == null ? logs : all.concat(logs, 1);
    }
    return all;
  }

  private NDList byFactor(NDArray columns) {
    NDList parts = new NDList();
    int start = 0;
    for (int size : prior.sizes()) {
      parts.add(columns.get(":, {}:{}", start, start + size));
      start += size;
    }
    return parts;
  }

  /** The most probable value of every factor. */
  private NDArray best(NDArray probabilities) {
    NDArray all = null;
    for (NDArray own : byFactor(probabilities)) {
      NDArray values = own.argMax(1).oneHot(Math.toIntExact(own.getShape().get(1)));
      NDArray typed = values.toType(probabilities.getDataType(), false);
      all = all == null ? typed : all.concat(typed, 1);
    }
    return all;
  }

  /** Encoder, decoder and the network that recognises attributes. */
  @Override
  public List<Network> networks() {
    return List.of(encoder, decoder, classifier);
  }

  @Override
  public Posterior encode(NDArray images) {
    NDArray probabilities = logProbabilities(images).exp();
    NDArray z = encode(images, best(probabilities)).mean();
    return new Deterministic.Posteriors(z.concat(probabilities, 1));
  }

  @Override
  public Optional<Decoding> decoding() {
    return Optional.of(new Decoding(decoder, likelihood));
  }

  @Override
  public int latents() {
    return prior.latents() + prior.length();
  }

  @Override
  public AttributePrior.OfClasses prior() {
    return prior;
  }
}
