package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * An encoder, a decoder, and the likelihood of what it decodes.
 *
 * @param encoder {@code [batch, channels, height, width] -> [batch, outputsPerLatent latents]}
 * @param decoder {@code [batch, latents] -> [batch, outputsPerPixel channels, height, width]}
 * @param likelihood distribution of the pixels
 * @param kind what the encoder's outputs are
 */
public record Autoencoder(Network encoder, Network decoder, Likelihood likelihood, EncoderKind kind)
    implements EncoderDecoder {

  @Override
  public GaussianPosterior encode(NDArray images) {
    return kind.posterior(encoder.forward(images));
  }

  /**
   * Computes how badly codes explain images.
   *
   * @param codes {@code [batch, latents]}
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar, {@code -log p(x|z)} in nats per image
   */
  public NDArray reconstructionLoss(NDArray codes, NDArray images) {
    return likelihood.negativeLogLikelihood(decoder.forward(codes), images);
  }

  /** Decodes codes into the likelihood's mean, values in {@code [0, 1]} for binary pixels. */
  @Override
  public NDArray decode(NDArray codes) {
    return likelihood.mean(decoder.forward(codes));
  }

  /**
   * Returns both networks.
   *
   * @return encoder, then decoder
   */
  public List<Network> networks() {
    return List.of(encoder, decoder);
  }
}
