package dev.disentangle.learner;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which batches of images a step asks for. */
public interface Batching {

  /**
   * Returns how many independent batches of images a step asks for.
   *
   * @return 1 unless the method's paper says otherwise
   */
  default int batchesPerStep() {
    return 1;
  }

  /**
   * Chooses the images of a batch. It is called ahead of the step, on another thread, and so may
   * depend on nothing that steps change.
   *
   * <p>By default they are {@code count} different images, see {@link Batches#draw}. A method may
   * ask for another number of images; the batch is then as long as what it returns.
   *
   * @param batch which batch of the step, from 0, for methods whose batches differ in kind
   * @param data the data set
   * @param count images per batch, as the training was set up
   * @param step number of the step that the batch is for
   * @param random a generator seeded for this batch
   * @return indices of the images, at least one
   */
  default int[] indices(int batch, ImageData data, int count, long step, RandomGenerator random) {
    return Batches.draw(count, data.size(), random);
  }

  /**
   * Returns the labels that come with every batch. A method that has none never sees any.
   *
   * @return empty unless the method asks for labels
   */
  default Optional<KnownLabels> labels() {
    return Optional.empty();
  }
}
