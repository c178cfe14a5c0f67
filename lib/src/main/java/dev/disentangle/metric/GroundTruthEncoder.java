package dev.disentangle.metric;

import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.util.List;

/**
 * The true factors as a code, each scaled to {@code [-1, 1]}: an upper bound for every score that
 * uses factors. It looks factors up instead of looking at pixels.
 */
public final class GroundTruthEncoder implements ImageEncoder {

  private final Factors factors;

  /**
   * Makes the encoder of a data set.
   *
   * @param data a data set with known factors
   * @throws IllegalArgumentException if its factors are not known
   */
  public GroundTruthEncoder(ImageData data) {
    factors =
        data.factors()
            .orElseThrow(
                () -> new IllegalArgumentException("data must have factors, was " + data.name()));
  }

  @Override
  public int latents() {
    return factors.count();
  }

  /**
   * Is not possible, for an image alone does not tell its factors.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Codes encode(List<Image> images) {
    throw new UnsupportedOperationException(
        "true factors are known by an image's index only: use encode(data, indices)");
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must hold at least 1 index, was empty");
    }
    float[][] means = new float[indices.length][factors.count()];
    for (int i = 0; i < means.length; i++) {
      for (int k = 0; k < means[i].length; k++) {
        int classes = factors.classes(k);
        means[i][k] = classes < 2 ? 0 : 2f * factors.value(indices[i], k) / (classes - 1) - 1;
      }
    }
    return LinearEncoder.deterministic(means);
  }
}
