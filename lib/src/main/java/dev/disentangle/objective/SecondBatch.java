package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Posterior;
import dev.disentangle.tensor.GradientMode;

/** Where FactorVAE's samples come from whose dimensions are permuted. */
public enum SecondBatch {
  /** A second, independent batch of images, as in Kim &amp; Mnih 2018, Algorithm 2. */
  INDEPENDENT,
  /**
   * The second half of the batch, as in public implementations; the autoencoder is trained on the
   * first half. One batch is read instead of two, and each half is half as large.
   */
  SPLIT,
  /** The batch that the autoencoder is trained on, with other samples of its posteriors. */
  SAME;

  int batchesPerStep() {
    return this == INDEPENDENT ? 2 : 1;
  }

  /** The images that the autoencoder is trained on. */
  NDArray trained(Step step) {
    return this == SPLIT ? step.images().get(":{}", middle(step)) : step.images();
  }

  /** The posteriors whose samples are permuted, without a graph where they are not the own ones. */
  Posterior posterior(Pass pass) {
    if (this == SAME) {
      return pass.posterior();
    }
    Step step = pass.step();
    NDArray images = this == SPLIT ? step.images().get("{}:", middle(step)) : step.images(1);
    return GradientMode.paused(() -> pass.autoencoder().encode(images));
  }

  private static long middle(Step step) {
    return step.images().getShape().get(0) / 2;
  }
}
