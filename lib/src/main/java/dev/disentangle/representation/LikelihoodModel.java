package dev.disentangle.representation;

import java.util.Optional;

/** A model whose decoder may define a distribution over images, such as every VAE's. */
public interface LikelihoodModel extends ImageEncoder {

  /**
   * Returns the decoder's distribution.
   *
   * @return the likelihood; empty for a generator without one, such as InfoGAN's
   */
  Optional<ImageLikelihood> likelihood();
}
