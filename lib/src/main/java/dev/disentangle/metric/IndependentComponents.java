package dev.disentangle.metric;

import dev.disentangle.data.ImageData;
import dev.disentangle.metric.fit.FastIca;
import dev.disentangle.metric.fit.PrincipalAxes;

/**
 * Independent component analysis of pixels as an encoder: the projections that are least dependent
 * in a sample of images, see {@link FastIca}.
 */
public final class IndependentComponents {

  private IndependentComponents() {}

  /**
   * Fits an encoder to {@value PrincipalComponents#DEFAULT_IMAGES} images, or all if there are
   * fewer.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param seed seed of the sample and of the start
   * @return the encoder, its latents of unit variance on the sample
   * @throws IllegalArgumentException if {@code latents} is out of range or exceeds the number of
   *     directions in which the images vary
   */
  public static LinearEncoder encoder(ImageData data, int latents, long seed) {
    return encoder(data, latents, PrincipalComponents.DEFAULT_IMAGES, seed);
  }

  /**
   * Fits an encoder.
   *
   * @param data the data set
   * @param latents number of components, in {@code [1, min(images, pixels)]}
   * @param images images that the components are fitted to, drawn without replacement
   * @param seed seed of the sample and of the start
   * @return the encoder, its latents of unit variance on the sample
   * @throws IllegalArgumentException if {@code latents} is out of range or exceeds the number of
   *     directions in which the images vary
   */
  public static LinearEncoder encoder(ImageData data, int latents, int images, long seed) {
    float[][] rows = PrincipalComponents.sample(data, images, seed);
    PrincipalAxes principal = PrincipalAxes.fit(rows, latents, seed);
    double[][] weights = FastIca.unmixing(rows, principal, seed);
    return new LinearEncoder(data.shape(), weights, principal.mean());
  }
}
