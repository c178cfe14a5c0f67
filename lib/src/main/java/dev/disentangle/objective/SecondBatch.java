package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;

/** Where FactorVAE's samples come from whose dimensions are permuted. */
public enum SecondBatch {
  /** A second, independent batch of images, as in Kim &amp; Mnih 2018, Algorithm 2. */
  INDEPENDENT,
  /**
   * The second half of the batch, as in public implementations; the autoencoder is trained on the
   * first half. One batch is read instead of two, and each half is half as large.
   */
  SPLIT,
  /** The same samples that the autoencoder is trained on. */
  SAME;

  int batchesPerStep() {
    return this == INDEPENDENT ? 2 : 1;
  }

  /** The images that the autoencoder is trained on. */
  NDArray trained(Step step) {
    return this == SPLIT ? step.images().get(":{}", middle(step)) : step.images();
  }

  /** The images whose codes are permuted, where they are not those that are trained on. */
  NDArray permuted(Step step) {
    return this == SPLIT ? step.images().get("{}:", middle(step)) : step.images(1);
  }

  private static long middle(Step step) {
    return step.images().getShape().get(0) / 2;
  }
}
