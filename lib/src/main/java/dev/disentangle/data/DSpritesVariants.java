package dev.disentangle.data;

import dev.disentangle.data.format.Pixels;
import dev.disentangle.data.store.ByteImages;
import dev.disentangle.data.store.Checksums;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * dSprites in colour, on noise and on a picture (Locatello et al. 2019, "Challenging Common
 * Assumptions in the Unsupervised Learning of Disentangled Representations"): nuisances that no
 * factor explains.
 *
 * <p>The published study draws a new nuisance each time an image is read. Here every image has one,
 * drawn from the seed and the image's index, so that the set is fixed and a run can be repeated.
 */
public final class DSpritesVariants {

  private DSpritesVariants() {}

  /**
   * Gives each shape a colour: every channel of an image is the black and white image times its own
   * number, uniform in [0.5, 1].
   *
   * @param sprites binary images of one channel
   * @param seed the seed of the colours
   * @return images of three channels
   * @throws IllegalArgumentException if {@code sprites} has other than one channel
   */
  public static ImageData colour(ImageData sprites, long seed) {
    return new RecolouredImages(
        sprites,
        "colour",
        seed,
        (mask, random, out, start) -> {
          for (int c = 0; c < 3; c++) {
            float colour = (float) (0.5 + 0.5 * random.nextDouble());
            for (int p = 0; p < mask.length; p++) {
              out[start + c * mask.length + p] = mask[p] * colour;
            }
          }
        });
  }

  /**
   * Puts the shape, white, on noise: every value of the background is uniform in [0, 1].
   *
   * @param sprites binary images of one channel
   * @param seed the seed of the noise
   * @return images of three channels
   * @throws IllegalArgumentException if {@code sprites} has other than one channel
   */
  public static ImageData noise(ImageData sprites, long seed) {
    return new RecolouredImages(
        sprites,
        "noise",
        seed,
        (mask, random, out, start) -> {
          for (int c = 0; c < 3; c++) {
            for (int p = 0; p < mask.length; p++) {
              out[start + c * mask.length + p] = Math.min(1, mask[p] + (float) random.nextDouble());
            }
          }
        });
  }

  /**
   * Puts the shape on a random cut-out of a picture: the background is the mean of the cut-out and
   * a random colour, uniform in [0, 1] per channel, and within the shape it is inverted. The study
   * uses Munch's "The Scream".
   *
   * @param sprites binary images of one channel
   * @param picture the picture, at least as large as an image
   * @param seed the seed of cut-outs and colours
   * @return images of three channels
   * @throws IllegalArgumentException if {@code sprites} has other than one channel or {@code
   *     picture} is too small
   */
  public static ImageData picture(ImageData sprites, BufferedImage picture, long seed) {
    int width = sprites.shape().width();
    int height = sprites.shape().height();
    if (picture.getWidth() < width || picture.getHeight() < height) {
      throw new IllegalArgumentException(
          String.format(
              "picture must have at least %d x %d pixels, was %d x %d",
              width, height, picture.getWidth(), picture.getHeight()));
    }
    byte[] background = Pixels.bytes(picture, 3);
    int area = picture.getWidth() * picture.getHeight();
    return new RecolouredImages(
        sprites,
        "picture " + Checksums.sha256(background),
        seed,
        (mask, random, out, start) -> {
          int left = random.nextInt(picture.getWidth() - width + 1);
          int top = random.nextInt(picture.getHeight() - height + 1);
          for (int c = 0; c < 3; c++) {
            float colour = (float) random.nextDouble();
            for (int p = 0; p < mask.length; p++) {
              int place = (top + p / width) * picture.getWidth() + left + p % width;
              float mixed = (ByteImages.value(background[c * area + place]) + colour) / 2;
              out[start + c * mask.length + p] = mask[p] > 0 ? 1 - mixed : mixed;
            }
          }
        });
  }

  /** Draws one image from its black and white one. */
  @FunctionalInterface
  interface Painter {
    /** Fills three channels from {@code start} on. */
    void paint(float[] mask, SplittableRandom random, float[] out, int start);
  }
}
