package dev.disentangle.learner;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.LearnedPlane;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.Prior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import java.util.random.RandomGenerator;

/**
 * What a method's networks are built from.
 *
 * @param method the method's name, for messages
 * @param data the data set; methods look at its size and factors, not at its images
 * @param latents number of latents
 * @param batchSize images per batch
 * @param architecture the networks
 * @param posterior what the encoder says about an image
 * @param prior what codes are compared with
 * @param likelihood distribution of the pixels
 * @param manager owner of the weights
 * @param random source of initial weights
 */
public record Assembly(
    String method,
    ImageData data,
    int latents,
    int batchSize,
    Architecture architecture,
    PosteriorFamily posterior,
    PriorFamily prior,
    Likelihood likelihood,
    NDManager manager,
    RandomGenerator random) {

  /**
   * Builds an autoencoder with its prior.
   *
   * @return encoder, decoder and prior with their initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents, or
   *     the prior does not fit the data
   */
  public Autoencoder autoencoder() {
    ImageShape images = data.shape();
    int outputs = posterior.outputs(latents);
    Block block = architecture.encoder(images, outputs);
    Network encoder =
        Network.of("encoder", block, axes(images), new long[] {outputs}, manager, random);
    Network decoder = decoder();
    DataType type = encoder.parameters().get(0).getDataType();
    Prior built =
        prior.build(
            new PriorFamily.Model(
                data,
                latents,
                x -> posterior.of(encoder.forward(x), latents),
                manager,
                type,
                random));
    return new Autoencoder(encoder, decoder, posterior, latents, built, likelihood);
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

  /**
   * Asks for posteriors with a density, which a divergence from the prior needs.
   *
   * @throws IllegalArgumentException if codes are certain; the message names method and posterior
   */
  public void requireDensity() {
    require(posterior.hasDensity(), "a posterior with a density", posterior);
  }

  /**
   * Asks for one kind of posterior.
   *
   * @param wanted the kind
   * @throws IllegalArgumentException if it is another; the message names method and posterior
   */
  public void requirePosterior(PosteriorFamily wanted) {
    require(posterior.equals(wanted), "the posterior " + wanted, posterior);
  }

  /**
   * Asks for a prior that stays as it is, to which codes can be pulled by their samples.
   *
   * @throws IllegalArgumentException if it is learned; the message names method and prior
   */
  public void requireFixedPrior() {
    require(!prior.isLearned(), "a prior that is not learned", prior);
  }

  /**
   * Asks for a prior {@code p(z) = prod_j p(z_j)}.
   *
   * @throws IllegalArgumentException if its latents are not independent; the message names method
   *     and prior
   */
  public void requireIndependentPrior() {
    require(prior.hasIndependentLatents(), "a prior of independent latents", prior);
  }

  /**
   * Asks for one kind of prior.
   *
   * @param wanted the kind
   * @throws IllegalArgumentException if it is another; the message names method and prior
   */
  public void requirePrior(PriorFamily wanted) {
    require(prior.equals(wanted), "the prior " + wanted, prior);
  }

  /**
   * Asks for the prior {@code N(0, I)}.
   *
   * @throws IllegalArgumentException if it is another; the message names method and prior
   */
  public void requireStandardNormal() {
    requirePrior(new StandardNormal());
  }

  private void require(boolean holds, String wanted, Object given) {
    if (!holds) {
      throw new IllegalArgumentException(method + " needs " + wanted + ", was given " + given);
    }
  }

  private static long[] axes(ImageShape shape) {
    return new long[] {shape.channels(), shape.height(), shape.width()};
  }
}
