package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.PixelKind;
import dev.disentangle.tensor.Operations;

/** The distribution {@code p(x|z)} of an image's pixels, given the decoder's output. */
public sealed interface Likelihood {

  /**
   * Returns how many numbers the decoder gives per pixel.
   *
   * @return 1, or 2 where the variance is an output too
   */
  default int outputsPerPixel() {
    return 1;
  }

  /**
   * Computes {@code -log p(x|z)}.
   *
   * @param outputs the decoder's outputs, {@code [batch, outputsPerPixel channels, height, width]}
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar: nats per image, summed over pixels and averaged over the batch
   */
  NDArray negativeLogLikelihood(NDArray outputs, NDArray images);

  /**
   * Computes the mean of {@code p(x|z)}, the picture to show.
   *
   * @param outputs the decoder's outputs
   * @return {@code [batch, channels, height, width]}
   */
  NDArray mean(NDArray outputs);

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
    public NDArray negativeLogLikelihood(NDArray outputs, NDArray images) {
      return Operations.bernoulliNegativeLogLikelihood(outputs, images);
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return Operations.sigmoid(outputs);
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
    public NDArray negativeLogLikelihood(NDArray outputs, NDArray images) {
      long batch = images.getShape().get(0);
      long pixels = images.size() / batch;
      double constant = pixels * (Math.log(standardDeviation) + 0.5 * Math.log(2 * Math.PI));
      return outputs
          .sub(images)
          .square()
          .sum()
          .mul(0.5 / (standardDeviation * standardDeviation * batch))
          .add(constant);
    }

    @Override
    public NDArray mean(NDArray outputs) {
      return outputs;
    }
  }
}
