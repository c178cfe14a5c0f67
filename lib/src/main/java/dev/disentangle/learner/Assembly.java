package dev.disentangle.learner;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.EncoderKind;
import dev.disentangle.model.LearnedPlane;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import java.util.random.RandomGenerator;

/**
 * What a method's networks are built from.
 *
 * @param data the data set; methods look at its size and factors, not at its images
 * @param latents number of latents
 * @param batchSize images per batch
 * @param architecture the networks
 * @param likelihood distribution of the pixels
 * @param manager owner of the weights
 * @param random source of initial weights
 */
public record Assembly(
    ImageData data,
    int latents,
    int batchSize,
    Architecture architecture,
    Likelihood likelihood,
    NDManager manager,
    RandomGenerator random) {

  /**
   * Builds an autoencoder with Gaussian posteriors.
   *
   * @return encoder and decoder with their initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public Autoencoder autoencoder() {
    return autoencoder(EncoderKind.GAUSSIAN);
  }

  /**
   * Builds an encoder and a decoder.
   *
   * @param kind what the encoder says about an image
   * @return encoder and decoder with their initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public Autoencoder autoencoder(EncoderKind kind) {
    ImageShape images = data.shape();
    int encoderOutputs = kind.outputsPerLatent() * latents;
    Network encoder =
        Network.of(
            "encoder",
            architecture.encoder(images, encoderOutputs),
            axes(images),
            new long[] {encoderOutputs},
            manager,
            random);
    return new Autoencoder(encoder, decoder(), likelihood, kind);
  }

  private Network decoder() {
    ImageShape images = data.shape();
    int channels = images.channels() * likelihood.outputsPerPixel();
    ImageShape outputs = new ImageShape(channels, images.height(), images.width());
    Block block = architecture.decoder(latents, outputs);
    if (likelihood.learnsConstant()) {
      block = new LearnedPlane(block, latents);
      outputs = new ImageShape(channels + 1, images.height(), images.width());
    }
    return Network.of("decoder", block, new long[] {latents}, axes(outputs), manager, random);
  }

  /**
   * Builds a generator of images from codes and noise.
   *
   * @param inputs number of codes and noise dimensions together
   * @return the network with its initial weights, {@code [batch, inputs] -> [batch, channels,
   *     height, width]}
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network generator(int inputs) {
    ImageShape images = data.shape();
    Block block = architecture.decoder(inputs, images);
    return Network.of("generator", block, new long[] {inputs}, axes(images), manager, random);
  }

  /**
   * Builds a discriminator of images.
   *
   * @param outputs number of logits, those of a recognition head included
   * @return the network with its initial weights, {@code [batch, channels, height, width] ->
   *     [batch, outputs]}
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network imageDiscriminator(int outputs) {
    ImageShape images = data.shape();
    Block block = architecture.imageDiscriminator(images, outputs);
    long[] given = {outputs};
    return Network.of("discriminator", block, axes(images), given, manager, random);
  }

  /**
   * Builds a discriminator of latent codes.
   *
   * @param outputs number of logits
   * @return the network with its initial weights
   */
  public Network discriminator(int outputs) {
    return Network.of(
        "discriminator",
        architecture.discriminator(latents, outputs),
        new long[] {latents},
        new long[] {outputs},
        manager,
        random);
  }

  private static long[] axes(ImageShape shape) {
    return new long[] {shape.channels(), shape.height(), shape.width()};
  }
}
