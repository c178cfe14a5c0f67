package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * What turns images into codes and codes into images: an autoencoder, or a generator with its
 * recognition network.
 */
public interface EncoderDecoder {

  /**
   * Encodes images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return their posteriors; those of a deterministic encoder are single codes
   */
  Posterior encode(NDArray images);

  /**
   * Decodes codes into the pictures to show: what {@link #decoding} says, unless a model decodes in
   * a way of its own.
   *
   * @param codes {@code [batch, latents]}
   * @return {@code [batch, channels, height, width]}
   * @throws IllegalStateException if there is neither
   */
  default NDArray decode(NDArray codes) {
    Decoding way =
        decoding()
            .orElseThrow(
                () -> new IllegalStateException(this + " needs a decode(...) or a decoding()"));
    return way.likelihood().mean(way.network().forward(codes));
  }

  /**
   * Draws one image per code from {@code p(x|z)}: by what {@link #decoding} says, with the noise of
   * the likelihood's pixels, unless a model has noise of another kind.
   *
   * @param codes {@code [batch, latents]}
   * @param noise where the draw comes from
   * @return {@code [batch, channels, height, width]}
   * @throws IllegalStateException if there is no decoding
   */
  default NDArray draw(NDArray codes, Noise noise) {
    Decoding way =
        decoding().orElseThrow(() -> new IllegalStateException(this + " needs a decoding()"));
    return way.likelihood().sample(way.network().forward(codes), noise);
  }

  /**
   * Returns how {@link #decode} works where it is one network, so that it can be written down.
   *
   * @return the network; empty by default
   */
  default Optional<Decoding> decoding() {
    return Optional.empty();
  }

  /**
   * Returns the networks whose weights are the model.
   *
   * @return networks of different names
   */
  List<Network> networks();

  /**
   * Returns the length of a code.
   *
   * @return numbers per image
   */
  int latents();

  /**
   * Returns the distribution that codes are compared with and drawn from.
   *
   * @return the prior
   */
  Prior prior();
}
