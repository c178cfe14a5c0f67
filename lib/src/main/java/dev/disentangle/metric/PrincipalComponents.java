package dev.disentangle.metric;

import dev.disentangle.data.ImageData;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.metric.fit.PrincipalAxes;
import java.util.SplittableRandom;

/**
 * Principal component analysis of pixels as an encoder: the projections on the directions of
 * largest variance in a sample of images, see {@link PrincipalAxes}.
 */
public final class PrincipalComponents {

  /** The number of images that the components are fitted to when none is given. */
  public static final int DEFAULT_IMAGES = 2_000;

  private PrincipalComponents() {}

  /**
   * Fits an encoder to {@value #DEFAULT_IMAGES} images, or all if there are fewer.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param seed seed of the sample and of the iteration's start
   * @return the encoder, components of largest variance first
   * @throws IllegalArgumentException if {@code latents} is out of range
   */
  public static LinearEncoder encoder(ImageData data, int latents, long seed) {
    return encoder(data, latents, DEFAULT_IMAGES, seed);
  }

  /**
   * Fits an encoder.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param images images that the components are fitted to, drawn without replacement; more than
   *     there are takes all
   * @param seed seed of the sample and of the iteration's start
   * @return the encoder, components of largest variance first
   * @throws IllegalArgumentException if {@code latents} is out of range
   */
  public static LinearEncoder encoder(ImageData data, int latents, int images, long seed) {
    float[][] sample = sample(data, images, seed);
    PrincipalAxes fitted = PrincipalAxes.fit(sample, latents, seed);
    return new LinearEncoder(data.shape(), fitted.components(), fitted.mean());
  }

  /** Reads a sample of images as rows of pixels. */
  static float[][] sample(ImageData data, int images, long seed) {
    int count = Math.min(images, data.size());
    int[] indices = Shuffle.first(data.size(), count, new SplittableRandom(seed));
    int pixels = data.shape().pixels();
    float[][] sample = new float[count][pixels];
    for (int i = 0; i < count; i++) {
      data.read(new int[] {indices[i]}, sample[i]);
    }
    return sample;
  }
}
