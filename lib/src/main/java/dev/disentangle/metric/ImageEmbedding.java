package dev.disentangle.metric;

import dev.disentangle.data.Image;
import java.util.List;

/** Turns images into feature vectors in which sets of images are compared. */
public interface ImageEmbedding {

  /**
   * Returns the embedding's name, which every distance on its features carries.
   *
   * @return a name that tells which network or projection and which seed or weights
   */
  String name();

  /**
   * Computes features.
   *
   * @param images the images
   * @return features, {@code [images][features]}, in the same order
   * @throws IllegalArgumentException if {@code images} is empty or an image has the wrong size
   */
  float[][] features(List<Image> images);
}
