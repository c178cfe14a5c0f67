package dev.disentangle.metric;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A deterministic encoder {@code z = W (x - mean)} on pixels: the form of the baselines that need
 * no training, {@link PrincipalComponents}, {@link IndependentComponents} and {@link #random}.
 */
public final class LinearEncoder implements ImageEncoder {

  private static final int BATCH = 256;

  private final ImageShape shape;
  private final float[][] weights;
  private final float[] offsets;

  /** Takes weights {@code [latents][pixels]} and the mean image {@code [pixels]}. */
  LinearEncoder(ImageShape shape, double[][] byLatent, double[] mean) {
    this.shape = shape;
    weights = new float[shape.pixels()][byLatent.length];
    offsets = new float[byLatent.length];
    for (int j = 0; j < byLatent.length; j++) {
      double offset = 0;
      for (int p = 0; p < weights.length; p++) {
        weights[p][j] = (float) byLatent[j][p];
        offset -= byLatent[j][p] * mean[p];
      }
      offsets[j] = (float) offset;
    }
  }

  /**
   * Makes the random encoder: weights {@code N(0, 1 / pixels)} and no mean.
   *
   * @param shape size of the images
   * @param latents number of latents, at least 1
   * @param seed seed of the weights
   * @return the encoder
   * @throws IllegalArgumentException if {@code latents} is less than 1
   */
  public static LinearEncoder random(ImageShape shape, int latents, long seed) {
    Statistics.requireAtLeast("latents", latents, 1);
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    double scale = 1 / Math.sqrt(shape.pixels());
    double[][] weights = new double[latents][shape.pixels()];
    for (double[] row : weights) {
      Arrays.setAll(row, p -> scale * random.nextGaussian());
    }
    return new LinearEncoder(shape, weights, new double[shape.pixels()]);
  }

  @Override
  public int latents() {
    return offsets.length;
  }

  @Override
  public Codes encode(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must hold at least 1 image, was empty");
    }
    float[][] means = new float[images.size()][];
    for (int i = 0; i < means.length; i++) {
      requireShape(images.get(i).shape());
      means[i] = project(images.get(i).pixels(), 0);
    }
    return deterministic(means);
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must hold at least 1 index, was empty");
    }
    requireShape(data.shape());
    int pixels = weights.length;
    float[][] means = new float[indices.length][];
    IntStream.range(0, (indices.length + BATCH - 1) / BATCH)
        .parallel()
        .forEach(
            batch -> {
              int from = batch * BATCH;
              int to = Math.min(indices.length, from + BATCH);
              float[] buffer = new float[(to - from) * pixels];
              data.read(Arrays.copyOfRange(indices, from, to), buffer);
              for (int i = from; i < to; i++) {
                means[i] = project(buffer, (i - from) * pixels);
              }
            });
    return deterministic(means);
  }

  private float[] project(float[] buffer, int offset) {
    float[] code = offsets.clone();
    for (int p = 0; p < weights.length; p++) {
      float value = buffer[offset + p];
      // Most pixels of the usual data sets are 0.
      if (value != 0) {
        float[] row = weights[p];
        for (int j = 0; j < code.length; j++) {
          code[j] += value * row[j];
        }
      }
    }
    return code;
  }

  private void requireShape(ImageShape actual) {
    if (!actual.equals(shape)) {
      throw new IllegalArgumentException("images must have the size " + shape + ", had " + actual);
    }
  }

  static Codes deterministic(float[][] means) {
    float[][] logVariances = new float[means.length][means[0].length];
    for (float[] row : logVariances) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
    return new Codes(means, logVariances);
  }
}
