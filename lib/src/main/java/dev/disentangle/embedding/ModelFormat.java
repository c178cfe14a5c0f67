package dev.disentangle.embedding;

import dev.disentangle.data.ImageShape;
import java.util.Objects;

/**
 * How a model that was trained elsewhere takes and gives images and codes; ours are {@code [batch,
 * channels, height, width]} with values in {@code [0, 1]}. Immutable; each method returns a changed
 * copy of {@link #of}.
 *
 * @param images size of the images
 * @param meanOutput which of the encoder's outputs holds the means, from 0
 * @param logVarianceOutput which holds the logarithms of the variances; the same one if it holds
 *     means and then logarithms side by side; -1 if there are none
 * @param low what value 0 of a pixel becomes, and comes from
 * @param high what value 1 becomes, above {@code low}
 * @param channelsLast whether images are {@code [batch, height, width, channels]}
 * @param logits whether the decoder gives logits, to which a sigmoid is applied
 */
public record ModelFormat(
    ImageShape images,
    int meanOutput,
    int logVarianceOutput,
    float low,
    float high,
    boolean channelsLast,
    boolean logits) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code meanOutput} is negative, {@code logVarianceOutput}
   *     below -1, or {@code high} is not above {@code low}
   */
  public ModelFormat {
    Objects.requireNonNull(images, "images");
    if (meanOutput < 0 || logVarianceOutput < -1) {
      throw new IllegalArgumentException(
          "meanOutput must be at least 0 and logVarianceOutput at least -1, were "
              + meanOutput
              + " and "
              + logVarianceOutput);
    }
    if (!(high > low)) {
      throw new IllegalArgumentException("high must be above low, " + low + ", was " + high);
    }
  }

  /**
   * Returns the commonest format: means first, logarithms of variances second, values in {@code [0,
   * 1]}, channels first, no logits. It is that of our own exports.
   *
   * @param images size of the images
   * @return the format
   */
  public static ModelFormat of(ImageShape images) {
    return new ModelFormat(images, 0, 1, 0, 1, false, false);
  }

  /**
   * Takes other outputs of the encoder.
   *
   * @param mean which holds the means, from 0
   * @param logVariance which holds the logarithms of the variances; the same one if it holds both
   *     side by side; -1 if there are none
   * @return changed format
   * @throws IllegalArgumentException if {@code mean} is negative or {@code logVariance} below -1
   */
  public ModelFormat outputs(int mean, int logVariance) {
    return new ModelFormat(images, mean, logVariance, low, high, channelsLast, logits);
  }

  /**
   * Takes another range of pixels, of the encoder's input and the decoder's output.
   *
   * @param from what value 0 becomes
   * @param to what value 1 becomes
   * @return changed format
   * @throws IllegalArgumentException if {@code to} is not above {@code from}
   */
  public ModelFormat range(float from, float to) {
    return new ModelFormat(images, meanOutput, logVarianceOutput, from, to, channelsLast, logits);
  }

  /**
   * Takes images with their channels last.
   *
   * @return changed format
   */
  public ModelFormat withChannelsLast() {
    return new ModelFormat(images, meanOutput, logVarianceOutput, low, high, true, logits);
  }

  /**
   * Takes a decoder that gives logits; the range is then that of the encoder alone.
   *
   * @return changed format
   */
  public ModelFormat withLogits() {
    return new ModelFormat(images, meanOutput, logVarianceOutput, low, high, channelsLast, true);
  }
}
