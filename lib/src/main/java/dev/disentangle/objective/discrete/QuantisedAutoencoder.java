package dev.disentangle.objective.discrete;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.CodebookPrior;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An autoencoder whose codes are vectors of a codebook, see {@link CodebookPrior}. To scores and
 * pictures a code is the chosen vectors, one after the other; sliders leave the codebook, and so
 * show what no code of the model does.
 */
public final class QuantisedAutoencoder implements EncoderDecoder {

  private final Network encoder;
  private final Network decoder;
  private final CodebookPrior.OfPositions prior;
  private final Likelihood likelihood;

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be a {@link CodebookPrior}
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public QuantisedAutoencoder(Assembly assembly) {
    int length = assembly.latents() * ((CodebookPrior) assembly.prior()).width();
    this.encoder = assembly.encoder(0, length);
    this.decoder = assembly.decoder(length);
    this.prior = (CodebookPrior.OfPositions) assembly.prior(encoder, this::encode);
    this.likelihood = assembly.likelihood();
  }

  /**
   * Encodes images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return codes, {@code [batch, positions width]}, and the vectors in their places
   */
  public Quantised quantise(NDArray images) {
    return Quantised.of(prior.codebook(), encoder.forward(images));
  }

  /**
   * Computes {@code -log p(x|z)}.
   *
   * @param z {@code [batch, positions width]}
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar, nats per image
   */
  public NDArray reconstruction(NDArray z, NDArray images) {
    return likelihood.negativeLogLikelihood(decoder.forward(z), images);
  }

  /**
   * Returns the networks of images.
   *
   * @return encoder and decoder
   */
  public List<Network> coders() {
    return List.of(encoder, decoder);
  }

  /** Encoder, decoder, codebook, and the prior of choices. */
  @Override
  public List<Network> networks() {
    return Stream.of(coders(), prior.networks(), List.of(prior.choices().table()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Posterior encode(NDArray images) {
    return new Deterministic.Posteriors(quantise(images).chosen());
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
  public CodebookPrior.OfPositions prior() {
    return prior;
  }
}
