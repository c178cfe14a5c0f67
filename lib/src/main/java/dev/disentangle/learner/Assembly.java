package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
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
import dev.disentangle.model.Posterior;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.Prior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import java.util.function.Function;
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
    Network encoder = encoder(0, posterior.outputs(latents));
    Network decoder = decoder(latents);
    Prior built = prior(encoder, x -> posterior.of(encoder.forward(x), latents));
    return new Autoencoder(encoder, decoder, posterior, latents, built, likelihood);
  }

  /**
   * Builds the prior.
   *
   * @param encoder the encoder, whose data type its weights get
   * @param encode turns images into posteriors
   * @return the prior with its initial weights
   * @throws IllegalArgumentException if it does not fit the data
   */
  public Prior prior(Network encoder, Function<NDArray, Posterior> encode) {
    return prior.build(model(encoder, encode));
  }

  /**
   * Says what a prior, and other networks of codes, belong to.
   *
   * @param encoder the encoder, whose data type their weights get
   * @param encode turns images into posteriors
   * @return owner, type and randomness of weights
   */
  public PriorFamily.Model model(Network encoder, Function<NDArray, Posterior> encode) {
    DataType type = encoder.parameters().get(0).getDataType();
    return new PriorFamily.Model(data, latents, encode, manager, type, random);
  }

  /**
   * Takes another prior, for a method that stacks models.
   *
   * @param other the prior
   * @return the same with it
   */
  public Assembly withPrior(PriorFamily other) {
    return new Assembly(
        method,
        data,
        latents,
        batchSize,
        architecture,
        posterior,
        other,
        likelihood,
        manager,
        random);
  }

  /**
   * Builds an encoder.
   *
   * @param extra channels beside the images' own, such as one per class
   * @param outputs how many numbers per image
   * @return the network with its initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network encoder(int extra, int outputs) {
    return encoder("encoder", extra, outputs);
  }

  /**
   * Builds a classifier of images, with an encoder's layers.
   *
   * @param classes number of logits
   * @return the network with its initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network classifier(int classes) {
    return encoder("classifier", 0, classes);
  }

  /**
   * Builds one of several encoders.
   *
   * @param name what errors and checkpoints call it
   * @param extra channels beside the images' own, such as one per class
   * @param outputs how many numbers per image
   * @return the network with its initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network encoder(String name, int extra, int outputs) {
    ImageShape own = data.shape();
    ImageShape images = new ImageShape(own.channels() + extra, own.height(), own.width());
    Block block = architecture.encoder(images, outputs);
    return Network.of(name, block, axes(images), new long[] {outputs}, manager, random);
  }

  /**
   * Builds a decoder.
   *
   * @param inputs how many numbers it takes per image
   * @return the network with its initial weights; it gives what the likelihood asks for
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network decoder(int inputs) {
    return decoder("decoder", inputs);
  }

  /**
   * Builds one of several decoders.
   *
   * @param name what errors and checkpoints call it
   * @param inputs how many numbers it takes per image
   * @return the network with its initial weights; it gives what the likelihood asks for
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public Network decoder(String name, int inputs) {
    ImageShape images = data.shape();
    int channels = images.channels() * likelihood.outputsPerPixel();
    ImageShape outputs = new ImageShape(channels, images.height(), images.width());
    Block block = architecture.decoder(inputs, outputs);
    if (likelihood.learnsConstant()) {
      block = new LearnedPlane(block, inputs);
      outputs = new ImageShape(channels + 1, images.height(), images.width());
    }
    return Network.of(name, block, new long[] {inputs}, axes(outputs), manager, random);
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
