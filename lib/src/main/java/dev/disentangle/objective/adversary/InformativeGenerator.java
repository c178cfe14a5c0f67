package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Noise;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.Prior;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.Optional;

/**
 * A generator whose codes can be read off its images, and the network that reads them: what InfoGAN
 * and InfoWGAN-GP share.
 *
 * <p>Codes {@code c} are first the continuous ones, uniform in {@code [-1, 1)}, then one
 * categorical code as a one-hot vector. The generator's input is {@code c} and standard normal
 * noise. The discriminator shares its layers with the recognition network {@code Q(c|x)}: a
 * Gaussian of variance 1 per continuous code, and a softmax over the categories.
 *
 * <p>As an encoder it gives the means and the probabilities, without variance; as a decoder it puts
 * the noise at 0.
 */
public final class InformativeGenerator implements EncoderDecoder {

  private final Network generator;
  private final Network discriminator;
  private final int continuous;
  private final int categories;
  private final int noise;
  private final Prior prior;

  /**
   * Builds both networks.
   *
   * @param assembly what they must fit; its latents are the codes
   * @param categories of the categorical code, 0 for none
   * @param noise dimensions of noise beside the codes
   * @throws IllegalArgumentException if there are fewer latents than categories, or a posterior or
   *     a prior was chosen: a generator has none to choose
   */
  public InformativeGenerator(Assembly assembly, int categories, int noise) {
    assembly.requirePosterior(new Deterministic());
    assembly.requirePrior(new UniformCodes(categories));
    int codes = assembly.latents();
    if (categories > codes) {
      throw new IllegalArgumentException(
          "latents must be at least the number of categories, "
              + categories
              + ", and hold the continuous codes beside them; was "
              + codes);
    }
    this.continuous = codes - categories;
    this.categories = categories;
    this.noise = noise;
    this.prior = new UniformCodes.OfSize(continuous, categories);
    this.generator = assembly.generator(codes + noise);
    this.discriminator = assembly.imageDiscriminator(1 + codes);
  }

  /**
   * Checks a method's choices.
   *
   * @param categories of the categorical code
   * @param noise dimensions of noise
   * @throws IllegalArgumentException if {@code categories} is negative or 1, or {@code noise} is
   *     negative
   */
  public static void requireSizes(int categories, int noise) {
    if (categories < 0 || categories == 1) {
      throw new IllegalArgumentException("categories must be 0 or at least 2, was " + categories);
    }
    Requirements.count("noise", noise, 0);
  }

  /**
   * Returns the generator.
   *
   * @return codes and noise to images' logits
   */
  public Network generator() {
    return generator;
  }

  /**
   * Returns the discriminator, which is the recognition network too.
   *
   * @return images to one verdict and one output per code
   */
  public Network discriminator() {
    return discriminator;
  }

  @Override
  public List<Network> networks() {
    return List.of(generator, discriminator);
  }

  /**
   * Draws codes from their prior.
   *
   * @param step source of randomness
   * @param batch how many
   * @return {@code [batch, latents]}
   */
  public NDArray drawCodes(Step step, long batch) {
    return prior.sample(Math.toIntExact(batch), step.noise());
  }

  @Override
  public int latents() {
    return continuous + categories;
  }

  /** What codes are drawn from. */
  @Override
  public Prior prior() {
    return prior;
  }

  /**
   * Generates images from codes and fresh noise.
   *
   * @param step source of the noise
   * @param codes {@code [batch, latents]}
   * @return {@code [batch, channels, height, width]}, in {@code (0, 1)}
   */
  public NDArray generate(Step step, NDArray codes) {
    return draw(codes, step.noise());
  }

  /** Images from codes and fresh noise: a generator has none of its own on the pixels. */
  @Override
  public NDArray draw(NDArray codes, Noise source) {
    return images(codes.concat(source.normal(codes.getShape().get(0), noise), 1));
  }

  private NDArray images(NDArray inputs) {
    return Operations.sigmoid(generator.forward(inputs));
  }

  /**
   * Picks the discriminator's or critic's own output.
   *
   * @param outputs of the discriminator, {@code [batch, 1 + latents]}
   * @return {@code [batch]}
   */
  public static NDArray verdict(NDArray outputs) {
    return outputs.get(":, 0");
  }

  /**
   * Computes {@code -E[log Q(c|x)]} of generated images.
   *
   * @param outputs of the discriminator for images generated from {@code codes}
   * @param codes {@code [batch, latents]}
   * @return a scalar, nats per image
   */
  public NDArray recognitionLoss(NDArray outputs, NDArray codes) {
    long batch = codes.getShape().get(0);
    float constant = (float) (0.5 * continuous * Math.log(2 * Math.PI));
    NDArray errors = codes.get(":, :{}", continuous).sub(means(outputs));
    NDArray gaussian = Operations.scale(errors.square().sum(), 0.5 / batch).add(constant);
    NDArray wanted = codes.get(":, {}:", continuous);
    NDArray logLikelihood = wanted.mul(logits(outputs).logSoftmax(1)).sum();
    return gaussian.sub(Operations.scale(logLikelihood, 1.0 / batch));
  }

  /**
   * Computes the codes' entropy {@code H(c)}, a constant.
   *
   * @return nats
   */
  public double entropy() {
    return continuous * Math.log(2) + (categories > 0 ? Math.log(categories) : 0);
  }

  private NDArray means(NDArray outputs) {
    return outputs.get(":, 1:{}", 1 + continuous);
  }

  private NDArray logits(NDArray outputs) {
    return outputs.get(":, {}:", 1 + continuous);
  }

  @Override
  public Posterior encode(NDArray images) {
    NDArray outputs = discriminator.forward(images);
    NDArray probabilities = logits(outputs).softmax(1);
    return new Deterministic.Posteriors(means(outputs).concat(probabilities, 1));
  }

  /** The generator with its noise at 0; a Bernoulli's mean is the sigmoid of the outputs. */
  @Override
  public Optional<Decoding> decoding() {
    return Optional.of(new Decoding(generator, new Likelihood.Bernoulli()));
  }

  @Override
  public NDArray decode(NDArray codes) {
    NDArray none = codes.getManager().zeros(new Shape(codes.getShape().get(0), noise));
    return images(codes.concat(none, 1));
  }
}
