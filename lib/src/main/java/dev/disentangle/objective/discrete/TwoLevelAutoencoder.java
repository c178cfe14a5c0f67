package dev.disentangle.objective.discrete;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.DenseLayers;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.TwoLevelPrior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An autoencoder with two levels of vectors, see {@link TwoLevelPrior}: the encoder gives features,
 * the top level is chosen from these, the bottom level from these and the top's vectors, and the
 * decoder sees both.
 *
 * <p>To scores and pictures a code is the chosen vectors, the top level's first; sliders leave the
 * codebooks, and so show what no code of the model does.
 */
public final class TwoLevelAutoencoder implements EncoderDecoder {

  private final Network encoder;
  private final Network topEncoder;
  private final Network bottomEncoder;
  private final Network decoder;
  private final TwoLevelPrior.OfLevels prior;
  private final Likelihood likelihood;

  /**
   * Both levels of a batch.
   *
   * @param top chosen from the image's features
   * @param bottom chosen from these and the top
   */
  public record Levels(Quantised top, Quantised bottom) {}

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be a {@link TwoLevelPrior}
   * @param hidden units between the features and each level
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public TwoLevelAutoencoder(Assembly assembly, int hidden) {
    TwoLevelPrior family = (TwoLevelPrior) assembly.prior();
    int bottom = assembly.latents() * family.width();
    int top = family.top() * family.width();
    this.encoder = assembly.encoder(0, bottom);
    this.topEncoder = dense("top-encoder", assembly, bottom, hidden, top);
    this.bottomEncoder = dense("bottom-encoder", assembly, bottom + top, hidden, bottom);
    this.decoder = assembly.decoder(top + bottom);
    this.prior = (TwoLevelPrior.OfLevels) assembly.prior(encoder, this::encode);
    this.likelihood = assembly.likelihood();
  }

  private Network dense(String name, Assembly assembly, int inputs, int... units) {
    return DenseLayers.of(name, assembly.model(encoder, this::encode), inputs, units);
  }

  /**
   * Encodes images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return both levels
   */
  public Levels quantise(NDArray images) {
    NDArray features = encoder.forward(images);
    Quantised top = Quantised.of(prior.top(), topEncoder.forward(features));
    NDArray seen = features.concat(top.straight(), 1);
    return new Levels(top, Quantised.of(prior.bottom(), bottomEncoder.forward(seen)));
  }

  /**
   * Computes {@code -log p(x|z)} with both levels' gradients straight through.
   *
   * @param levels both levels
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar, nats per image
   */
  public NDArray reconstruction(Levels levels, NDArray images) {
    NDArray codes = levels.top().straight().concat(levels.bottom().straight(), 1);
    return likelihood.negativeLogLikelihood(decoder.forward(codes), images);
  }

  /**
   * Returns the networks of images and features.
   *
   * @return encoder, top encoder, bottom encoder and decoder
   */
  public List<Network> coders() {
    return List.of(encoder, topEncoder, bottomEncoder, decoder);
  }

  /** The networks of images and features, both codebooks, and the prior of choices. */
  @Override
  public List<Network> networks() {
    return Stream.of(coders(), prior.networks(), List.of(prior.choices().table()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Posterior encode(NDArray images) {
    Levels levels = quantise(images);
    return new Deterministic.Posteriors(levels.top().chosen().concat(levels.bottom().chosen(), 1));
  }

  @Override
  public Optional<Decoding> decoding() {
    return Optional.of(new Decoding(decoder, likelihood));
  }

  @Override
  public int latents() {
    return prior.length();
  }

  @Override
  public TwoLevelPrior.OfLevels prior() {
    return prior;
  }
}
