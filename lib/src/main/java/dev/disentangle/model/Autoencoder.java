package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An encoder, a decoder, and the distributions that make them a model: {@code q(z|x)}, {@code p(z)}
 * and {@code p(x|z)}.
 *
 * @param encoder {@code [batch, channels, height, width] -> [batch, outputs]}
 * @param decoder {@code [batch, latents] -> [batch, outputsPerPixel channels, height, width]}
 * @param posterior what the encoder's outputs are
 * @param latents number of latents
 * @param prior what codes are compared with and drawn from
 * @param likelihood distribution of the pixels
 */
public record Autoencoder(
    Network encoder,
    Network decoder,
    PosteriorFamily posterior,
    int latents,
    Prior prior,
    Likelihood likelihood)
    implements EncoderDecoder {

  @Override
  public Posterior encode(NDArray images) {
    return posterior.of(encoder.forward(images), latents);
  }

  /**
   * Tells whether {@link #divergence} is exact or an estimate.
   *
   * @return true if there is a closed form for this posterior and this prior
   */
  public boolean hasClosedForm() {
    return prior.hasClosedForm(posterior);
  }

  /**
   * Computes {@code KL(q(z|x) || p(z))}, in closed form if there is one, otherwise as the mean of
   * {@code log q(z|x) - log p(z)} over the samples.
   *
   * @param given posteriors of a batch
   * @param sample one sample of each, {@code [batch, latents]}
   * @return a scalar: nats per image, averaged over the batch
   * @throws UnsupportedOperationException if the posteriors have no density
   */
  public NDArray divergence(Posterior given, NDArray sample) {
    return hasClosedForm()
        ? prior.divergence(given)
        : given.logDensity(sample).sub(prior.logDensity(sample)).mean();
  }

  @Override
  public Optional<Decoding> decoding() {
    return Optional.of(new Decoding(decoder, likelihood));
  }

  /**
   * Returns all that is learned.
   *
   * @return encoder, decoder, then the prior's networks
   */
  @Override
  public List<Network> networks() {
    return Stream.concat(Stream.of(encoder, decoder), prior.networks().stream()).toList();
  }
}
