package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Operations;

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
final class InformativeGenerator implements EncoderDecoder {

  private final Network generator;
  private final Network discriminator;
  private final int continuous;
  private final int categories;
  private final int noise;

  InformativeGenerator(Assembly assembly, int categories, int noise) {
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
    this.generator = assembly.generator(codes + noise);
    this.discriminator = assembly.imageDiscriminator(1 + codes);
  }

  static void requireSizes(int categories, int noise) {
    if (categories < 0 || categories == 1) {
      throw new IllegalArgumentException("categories must be 0 or at least 2, was " + categories);
    }
    Requirements.count("noise", noise, 0);
  }

  Network generator() {
    return generator;
  }

  Network discriminator() {
    return discriminator;
  }

  /** Draws codes from their prior, {@code [batch, latents]}. */
  NDArray drawCodes(Step step, long batch) {
    NDList parts = new NDList();
    if (continuous > 0) {
      parts.add(step.uniform(-1, 1, batch, continuous));
    }
    if (categories > 0) {
      float[] oneHot = new float[Math.toIntExact(batch) * categories];
      for (int i = 0; i < batch; i++) {
        oneHot[i * categories + step.random().nextInt(categories)] = 1;
      }
      parts.add(step.manager().create(oneHot, new Shape(batch, categories)));
    }
    return parts.size() == 1 ? parts.get(0) : parts.get(0).concat(parts.get(1), 1);
  }

  /** Generates images from codes and fresh noise. */
  NDArray generate(Step step, NDArray codes) {
    return noise == 0 ? images(codes) : images(codes.concat(noise(step, codes), 1));
  }

  private NDArray noise(Step step, NDArray codes) {
    return step.normal(codes.getShape().get(0), noise);
  }

  private NDArray images(NDArray inputs) {
    return Operations.sigmoid(generator.forward(inputs));
  }

  /** The discriminator's or critic's own output, {@code [batch]}. */
  static NDArray verdict(NDArray outputs) {
    return outputs.get(":, 0");
  }

  /**
   * Computes {@code -E[log Q(c|x)]} of generated images.
   *
   * @param outputs of the discriminator for images generated from {@code codes}
   * @param codes {@code [batch, latents]}
   * @return a scalar, nats per image
   */
  NDArray recognitionLoss(NDArray outputs, NDArray codes) {
    float constant = (float) (0.5 * continuous * Math.log(2 * Math.PI));
    NDArray loss = outputs.getManager().create(continuous > 0 ? constant : 0f);
    long batch = codes.getShape().get(0);
    if (continuous > 0) {
      NDArray errors = codes.get(":, :{}", continuous).sub(means(outputs));
      loss = Operations.scale(errors.square().sum(), 0.5 / batch).add(loss);
    }
    if (categories > 0) {
      NDArray wanted = codes.get(":, {}:", continuous);
      NDArray logLikelihood = wanted.mul(logits(outputs).logSoftmax(1)).sum();
      loss = loss.sub(Operations.scale(logLikelihood, 1.0 / batch));
    }
    return loss;
  }

  /** The codes' entropy {@code H(c)} in nats, a constant. */
  double entropy() {
    return continuous * Math.log(2) + (categories > 0 ? Math.log(categories) : 0);
  }

  private NDArray means(NDArray outputs) {
    return outputs.get(":, 1:{}", 1 + continuous);
  }

  private NDArray logits(NDArray outputs) {
    return outputs.get(":, {}:", 1 + continuous);
  }

  @Override
  public GaussianPosterior encode(NDArray images) {
    NDArray outputs = discriminator.forward(images);
    if (categories == 0) {
      return GaussianPosterior.certain(means(outputs));
    }
    NDArray probabilities = logits(outputs).softmax(1);
    return GaussianPosterior.certain(
        continuous == 0 ? probabilities : means(outputs).concat(probabilities, 1));
  }

  @Override
  public NDArray decode(NDArray codes) {
    if (noise == 0) {
      return images(codes);
    }
    NDArray none = codes.getManager().zeros(new Shape(codes.getShape().get(0), noise));
    return images(codes.concat(none, 1));
  }
}
