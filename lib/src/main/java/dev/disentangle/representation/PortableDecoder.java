package dev.disentangle.representation;

import java.util.List;
import java.util.Optional;

/**
 * A decoder that can be written down as plain arrays, so that it can run where the model cannot,
 * for example in a web page.
 */
public interface PortableDecoder extends ImageDecoder {

  /** What is said of decoders of which nothing more is known. */
  String UNKNOWN_LAYERS =
      "has layers that a page cannot run: it can run dense layers, transposed convolutions and"
          + " rectifiers";

  /**
   * Returns the layers from one latent code to one image, as they are now.
   *
   * @return the layers, first to last; the first takes {@link #latents} numbers, the last gives the
   *     image's pixels, channel by channel and row by row. Empty if the decoder has layers that
   *     {@link DecoderLayer} does not know
   */
  Optional<List<DecoderLayer>> decoderLayers();

  /**
   * Says what in the decoder has no plain layers.
   *
   * @return what goes on behind "the decoder of x"; of no meaning where there are layers
   */
  default String whatIsNotPortable() {
    return UNKNOWN_LAYERS;
  }
}
