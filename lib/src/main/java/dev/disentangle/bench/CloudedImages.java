package dev.disentangle.bench;

import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Images behind clouds that no short code can hold: white noise of each channel, blurred, is added
 * to the image at half its contrast, {@code 0.25 + 0.5 x + 0.03 cloud}, and what is outside {@code
 * [0, 1]} cut off. Equal indices have equal clouds.
 *
 * @param source the images
 */
record CloudedImages(ImageData source) implements ImageData {

  /** Each adds up 3 x 3 pixels over 3; after two, white noise has the deviation 19 / 9. */
  private static final int BLURS = 2;

  private static final double STRENGTH = 0.03;

  @Override
  public String name() {
    return source.name() + " in clouds";
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    source.read(indices, pixels);
    int area = shape().height() * shape().width();
    for (int i = 0; i < indices.length; i++) {
      SplittableRandom noise = new SplittableRandom(indices[i]);
      for (int channel = 0; channel < shape().channels(); channel++) {
        int start = i * shape().pixels() + channel * area;
        double[] cloud = cloud(noise);
        for (int p = 0; p < area; p++) {
          double value = 0.25 + 0.5 * pixels[start + p] + STRENGTH * cloud[p];
          pixels[start + p] = (float) Math.max(0, Math.min(1, value));
        }
      }
    }
  }

  private double[] cloud(SplittableRandom noise) {
    double[] cloud = new double[shape().height() * shape().width()];
    for (int p = 0; p < cloud.length; p++) {
      cloud[p] = noise.nextGaussian();
    }
    for (int blur = 0; blur < BLURS; blur++) {
      cloud = blurred(cloud);
    }
    return cloud;
  }

  /** Opposite edges are neighbours. */
  private double[] blurred(double... grey) {
    int height = shape().height();
    int width = shape().width();
    double[] blurred = new double[grey.length];
    for (int p = 0; p < grey.length; p++) {
      for (int n = 0; n < 9; n++) {
        int row = (p / width + n / 3 - 1 + height) % height;
        int column = (p % width + n % 3 - 1 + width) % width;
        blurred[p] += grey[row * width + column] / 3;
      }
    }
    return blurred;
  }

  @Override
  public Optional<Factors> factors() {
    return source.factors();
  }

  @Override
  public String fingerprint() {
    return "clouds 1 over " + source.fingerprint();
  }
}
