package dev.disentangle.metric;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.count.Statistics;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Features from fixed random weights, {@code relu(W x)} with {@code W_ij ~ N(0, 1 / pixels)}: an
 * embedding that needs no download and no training.
 *
 * <p>A Fréchet distance on it tells whether two sets of images differ in these random features. It
 * is not FID, which is defined on a trained Inception network, and no published FID compares with
 * it.
 */
public final class RandomProjectionEmbedding implements ImageEmbedding {

  /** The number of features when none is given. */
  public static final int DEFAULT_FEATURES = 64;

  private final ImageShape shape;
  private final float[][] weights;
  private final long seed;

  /**
   * Makes an embedding of {@value #DEFAULT_FEATURES} features.
   *
   * @param shape size of the images
   * @param seed seed of the weights
   */
  public RandomProjectionEmbedding(ImageShape shape, long seed) {
    this(shape, DEFAULT_FEATURES, seed);
  }

  /**
   * Makes an embedding.
   *
   * @param shape size of the images
   * @param features number of features, at least 1
   * @param seed seed of the weights
   * @throws IllegalArgumentException if {@code features} is less than 1
   */
  public RandomProjectionEmbedding(ImageShape shape, int features, long seed) {
    Statistics.requireAtLeast("features", features, 1);
    this.shape = shape;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    weights = new float[features][shape.pixels()];
    double scale = 1 / Math.sqrt(shape.pixels());
    for (float[] row : weights) {
      for (int p = 0; p < row.length; p++) {
        row[p] = (float) (scale * random.nextGaussian());
      }
    }
  }

  @Override
  public String name() {
    return "random projection (" + weights.length + " features, seed " + seed + ")";
  }

  @Override
  public float[][] features(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must hold at least 1 image, was empty");
    }
    float[][] features = new float[images.size()][weights.length];
    for (int i = 0; i < features.length; i++) {
      Image image = images.get(i);
      if (!image.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "images must have the size " + shape + ", image " + i + " had " + image.shape());
      }
      for (int j = 0; j < weights.length; j++) {
        double sum = 0;
        for (int p = 0; p < weights[j].length; p++) {
          sum += weights[j][p] * image.pixels()[p];
        }
        features[i][j] = (float) Math.max(0, sum);
      }
    }
    return features;
  }
}
