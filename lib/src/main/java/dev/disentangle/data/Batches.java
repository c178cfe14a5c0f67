package dev.disentangle.data;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Chooses the images of a batch at random, and checks what was read. */
public final class Batches {

  private static final float ROUNDING = 1e-4f;

  private Batches() {}

  /**
   * Draws images without replacement, in random order: every ordered choice of {@code count}
   * different images is equally likely. Any part of the result, such as its first half, is itself a
   * draw without replacement.
   *
   * <p>A batch of more images than there are holds whole passes over the data set, each in an order
   * of its own, and then a draw without replacement for the rest: every image occurs {@code
   * floor(count / size)} or {@code ceil(count / size)} times. It is not refused, so that a model
   * can be tried on a handful of images with a paper's batch size; an estimator that assumes
   * different images must check {@code count <= size} itself.
   *
   * <p>Time and memory grow with {@code count}, not with {@code size}: it is Fisher and Yates'
   * shuffle (Durstenfeld 1964, "Algorithm 235: Random permutation") stopped after {@code count}
   * exchanges, which remembers only the places that it has touched.
   *
   * @param count images in the batch
   * @param size images in the data set
   * @param random the source of randomness; the same state gives the same images
   * @return {@code count} indices in {@code [0, size)}
   * @throws IllegalArgumentException if {@code count} or {@code size} is less than 1
   */
  public static int[] draw(int count, int size, RandomGenerator random) {
    if (count < 1 || size < 1) {
      throw new IllegalArgumentException(
          "count and size must be at least 1, were " + count + " and " + size);
    }
    int[] indices = new int[count];
    for (int start = 0; start < count; start += Math.min(size, count - start)) {
      pass(indices, start, Math.min(size, count - start), size, random);
    }
    return indices;
  }

  private static void pass(int[] indices, int start, int count, int size, RandomGenerator random) {
    Map<Integer, Integer> moved = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int place = random.nextInt(i, size);
      indices[start + i] = moved.getOrDefault(place, place);
      moved.put(place, moved.getOrDefault(i, i));
    }
  }

  /**
   * Checks that images have the values that every likelihood and chart here expects. Bytes that
   * were not divided by 255, or standardised images, would train with losses of 10<sup>14</sup>.
   *
   * @param data the data set
   * @param indices the images that were read
   * @param pixels their values, as {@link ImageData#read} gave them
   * @throws IllegalArgumentException if a value is not in [0, 1], give or take {@value #ROUNDING}
   *     for rounding, or is NaN
   */
  public static void requireValues(ImageData data, int[] indices, float[] pixels) {
    int perImage = data.shape().pixels();
    for (int i = 0; i < indices.length * perImage; i++) {
      if (!(pixels[i] >= -ROUNDING && pixels[i] <= 1 + ROUNDING)) {
        int inImage = i % perImage;
        int area = data.shape().height() * data.shape().width();
        throw new IllegalArgumentException(
            String.format(
                "image %d of %s has the value %s (channel %d, row %d, column %d), expected values in"
                    + " [0, 1]; scale them where they are read (bytes by 1/255), or leave the image"
                    + " out with Subset.of",
                indices[i / perImage],
                data.name(),
                pixels[i],
                inImage / area,
                inImage % area / data.shape().width(),
                inImage % data.shape().width()));
      }
    }
  }
}
