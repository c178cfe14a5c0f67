package dev.disentangle.model;

import ai.djl.nn.Block;
import dev.disentangle.data.ImageShape;

/**
 * The networks of a model, as DJL {@code Block}s. {@link Architectures} has the published ones; a
 * user who wants others implements this with any blocks whose shapes fit.
 */
public interface Architecture {

  /**
   * Returns a short name for run records.
   *
   * @return such as {@code kim-mnih-64}
   */
  String name();

  /**
   * Makes the encoder, {@code [batch, channels, height, width] -> [batch, outputs]}.
   *
   * @param images size of the images
   * @param outputs two per latent for Gaussian posteriors, one for deterministic codes
   * @return a new block
   * @throws IllegalArgumentException if it does not suit images of this size
   */
  Block encoder(ImageShape images, int outputs);

  /**
   * Makes the decoder, {@code [batch, latents] -> [batch, channels, height, width]}.
   *
   * @param latents number of inputs
   * @param images size of the outputs
   * @return a new block
   * @throws IllegalArgumentException if it does not suit images of this size
   */
  Block decoder(int latents, ImageShape images);

  /**
   * Makes a discriminator of latent codes, {@code [batch, latents] -> [batch, outputs]}.
   *
   * @param latents number of inputs
   * @param outputs number of logits
   * @return a new block
   */
  Block discriminator(int latents, int outputs);

  /**
   * Makes a discriminator of images, {@code [batch, channels, height, width] -> [batch, outputs]},
   * for methods that generate without an encoder.
   *
   * @param images size of the images
   * @param outputs the logit, and what a recognition head shares the network for
   * @return a new block; by default an encoder with as many outputs
   * @throws IllegalArgumentException if it does not suit images of this size
   */
  default Block imageDiscriminator(ImageShape images, int outputs) {
    return encoder(images, outputs);
  }

  /**
   * Makes the layers of a discriminator of images whose outputs are compared as features, {@code
   * [batch, channels, height, width] -> [batch, features]}, for methods that learn a similarity.
   *
   * @param images size of the images
   * @return a new block; by default an encoder with 128 outputs
   * @throws IllegalArgumentException if it does not suit images of this size
   */
  default Block imageFeatures(ImageShape images) {
    return encoder(images, 128);
  }

  /**
   * Makes the layers that judge features, {@code [batch, features] -> [batch, outputs]}.
   *
   * @param features number of inputs
   * @param outputs number of logits
   * @return a new block; by default a discriminator of as many latents
   */
  default Block featureJudge(int features, int outputs) {
    return discriminator(features, outputs);
  }
}
