package dev.disentangle.representation;

import java.util.List;
import java.util.Optional;

/**
 * A decoder that can be written down as plain arrays, so that it can run where the model cannot,
 * for example in a web page.
 */
public interface PortableDecoder extends ImageDecoder {

  /**
   * Returns the layers from one latent code to one image, as they are now.
   *
   * @return the layers, first to last; the first takes {@link #latents} numbers, the last gives the
   *     image's pixels, channel by channel and row by row. Empty if the decoder has layers that
   *     {@link DecoderLayer} does not know
   */
  Optional<List<DecoderLayer>> decoderLayers();
}
