package dev.disentangle.objective;

import ai.djl.ndarray.NDManager;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Autoencoder;
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
    return autoencoder(2 * latents);
  }

  /**
   * Builds an encoder and a decoder.
   *
   * @param encoderOutputs numbers the encoder gives per image
   * @return encoder and decoder with their initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public Autoencoder autoencoder(int encoderOutputs) {
    ImageShape images = data.shape();
    ImageShape outputs =
        new ImageShape(
            images.channels() * likelihood.outputsPerPixel(), images.height(), images.width());
    Network encoder =
        Network.of(
            "encoder",
            architecture.encoder(images, encoderOutputs),
            axes(images),
            new long[] {encoderOutputs},
            manager,
            random);
    Network decoder =
        Network.of(
            "decoder",
            architecture.decoder(latents, outputs),
            new long[] {latents},
            axes(outputs),
            manager,
            random);
    return new Autoencoder(encoder, decoder, likelihood);
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
