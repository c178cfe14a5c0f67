package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.PixelKind;
import dev.disentangle.tensor.Operations;

/** The distribution {@code p(x|z)} of an image's pixels, given the decoder's output. */
public sealed interface Likelihood
    permits Likelihood.Bernoulli,
        Likelihood.Gaussian,
        Likelihood.GaussianLearned,
        Likelihood.GaussianPerPixel,
        StructuredGaussian {

  /**
   * Returns how many numbers the decoder gives per pixel.
   *
   * @return 1, or more where variances and correlations are outputs too; means come first
   */
  default int outputsPerPixel() {
    return 1;
  }

  /**
   * Tells whether the likelihood has a constant of its own that is learned with the decoder, see
   * {@link LearnedPlane}.
   *
   * @return true if the decoder's outputs have one more channel, which holds that constant
   */
  default boolean learnsConstant() {
    return false;
  }

  /**
   * Computes {@code -log p(x_p|z)} of every pixel.
   *
   * @param outputs the decoder's outputs, {@code [batch, outputsPerPixel channels, height, width]}
   * @param images {@code [batch, channels, height, width]}, or one image for all outputs
   * @return nats per pixel, {@code [batch, channels, height, width]}
   */
  NDArray perPixel(NDArray outputs, NDArray images);

  /**
   * Computes {@code -log p(x|z)}.
   *
   * @param outputs the decoder's outputs, {@code [batch, outputsPerPixel channels, height, width]}
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar: nats per image, summed over pixels and averaged over the batch
   */
  default NDArray negativeLogLikelihood(NDArray outputs, NDArray images) {
    return Operations.scale(perPixel(outputs, images).sum(), 1.0 / images.getShape().get(0));
  }

  /**
   * Computes {@code -log p(x|z)} of every image by itself.
   *
   * @param outputs the decoder's outputs, {@code [batch, outputsPerPixel channels, height, width]}
   * @param images {@code [batch, channels, height, width]}, or one image for all outputs
   * @return nats, {@code [batch]}
   */
  default NDArray perImage(NDArray outputs, NDArray images) {
    return perPixel(outputs, images).reshape(outputs.getShape().get(0), -1).sum(new int[] {1});
  }

  /**
   * Computes the mean of {@code p(x|z)}, the picture to show.
   *
   * @param outputs the decoder's outputs
   * @return {@code [batch, channels, height, width]}
   */
  NDArray mean(NDArray outputs);

  /**
   * Draws one image per output from {@code p(x|z)}, noise included.
   *
   * @param outputs the decoder's outputs
   * @param noise source of randomness, of the outputs' type
   * @return {@code [batch, channels, height, width]}; Gaussian pixels may leave {@code [0, 1]}
   */
  NDArray sample(NDArray outputs, Noise noise);

  /**
   * Returns the usual likelihood for a kind of pixels.
   *
   * @param kind what the pixels are
   * @return Bernoulli, for binary and (as most papers of the field do) for continuous pixels
   */
  static Likelihood of(PixelKind kind) {
    return new Bernoulli();
  }

  /**
   * Independent Bernoulli pixels, {@code -log p = log(1 + e^l) - x l} with logit {@code l}. Exact
   * for binary images; for values in between it is the cross-entropy that most papers report.
   */
  record Bernoulli() implements Likelihood {
    @Override
    public NDArray perPixel(NDArray outputs, NDArray images) {
      return Operations.softplus(outputs).sub(outputs.mul(images));
    }

    /** In one fused pass, as training wants it. */
    @Override
    public NDArray negativeLogLikelihood(NDArray outputs, NDArray images) {
      return Operations.bernoulliNegativeLogLikelihood(outputs, images);
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return Operations.sigmoid(outputs);
    }

    @Override
    public NDArray sample(NDArray outputs, Noise noise) {
      NDArray level = noise.uniform(0, 1, outputs.getShape().getShape());
      return level.lt(mean(outputs)).toType(outputs.getDataType(), false);
    }
  }

  /**
   * Independent Gaussian pixels of one fixed variance, {@code -log p = (x - mean)^2 / (2 s^2) + log
   * s + log(2 pi) / 2}.
   *
   * @param standardDeviation {@code s}, above 0
   */
  record Gaussian(double standardDeviation) implements Likelihood {
    /**
     * Checks the deviation.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Gaussian {
      if (!(standardDeviation > 0)) {
        throw new IllegalArgumentException(
            "standardDeviation must be above 0, was " + standardDeviation);
      }
    }

    @Override
    public NDArray perPixel(NDArray outputs, NDArray images) {
      float constant = (float) (Math.log(standardDeviation) + 0.5 * Math.log(2 * Math.PI));
      double weight = 0.5 / (standardDeviation * standardDeviation);
      return Operations.scale(outputs.sub(images).square(), weight).add(constant);
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return outputs;
    }

    @Override
    public NDArray sample(NDArray outputs, Noise noise) {
      NDArray normal = noise.normal(outputs.getShape().getShape());
      return outputs.add(Operations.scale(normal, standardDeviation));
    }
  }

  /**
   * Independent Gaussian pixels of one variance that is learned with the decoder (Dai &amp; Wipf
   * 2019; Rybkin et al. 2021, "sigma-VAE"): {@code -log p = (x - mean)^2 / (2 s^2) + log s + log(2
   * pi) / 2} with one trained number {@code log s}, at first 0.
   */
  record GaussianLearned() implements Likelihood {
    @Override
    public boolean learnsConstant() {
      return true;
    }

    @Override
    public NDArray perPixel(NDArray outputs, NDArray images) {
      return gaussian(mean(outputs), logDeviation(outputs), images);
    }

    private NDArray logDeviation(NDArray outputs) {
      return outputs.get(":, -1:, :1, :1").broadcast(mean(outputs).getShape());
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return outputs.get(":, :-1");
    }

    @Override
    public NDArray sample(NDArray outputs, Noise noise) {
      return draw(mean(outputs), logDeviation(outputs), noise);
    }
  }

  /**
   * Independent Gaussian pixels, each with a variance that the decoder gives: {@code -log p = (x -
   * mean)^2 / (2 s^2) + log s + log(2 pi) / 2} per pixel.
   *
   * <p>Where a pixel is the same in all images the density would grow without bound, so {@code s}
   * has a soft floor, {@code log s = log f + log(1 + e^(a - log f))} with output {@code a} (a soft
   * bound as Rybkin et al. 2021 use).
   *
   * @param smallestDeviation the floor {@code f}, above 0
   */
  record GaussianPerPixel(double smallestDeviation) implements Likelihood {
    /**
     * Checks the floor.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public GaussianPerPixel {
      if (!(smallestDeviation > 0)) {
        throw new IllegalArgumentException(
            "smallestDeviation must be above 0, was " + smallestDeviation);
      }
    }

    /** A floor of 0.05, about 13 steps of an 8-bit pixel. */
    public GaussianPerPixel() {
      this(0.05);
    }

    @Override
    public int outputsPerPixel() {
      return 2;
    }

    @Override
    public NDArray perPixel(NDArray outputs, NDArray images) {
      return gaussian(mean(outputs), logDeviation(outputs), images);
    }

    private NDArray logDeviation(NDArray outputs) {
      float floor = (float) Math.log(smallestDeviation);
      return Operations.softplus(outputs.split(2, 1).get(1).sub(floor)).add(floor);
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return outputs.split(2, 1).get(0);
    }

    @Override
    public NDArray sample(NDArray outputs, Noise noise) {
      return draw(mean(outputs), logDeviation(outputs), noise);
    }
  }

  private static NDArray gaussian(NDArray mean, NDArray logDeviation, NDArray images) {
    NDArray errors = images.sub(mean).mul(logDeviation.neg().exp());
    float constant = (float) (0.5 * Math.log(2 * Math.PI));
    return Operations.scale(errors.square(), 0.5).add(logDeviation).add(constant);
  }

  private static NDArray draw(NDArray mean, NDArray logDeviation, Noise noise) {
    return mean.add(logDeviation.exp().mul(noise.normal(mean.getShape().getShape())));
  }
}
