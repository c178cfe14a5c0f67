package dev.disentangle.training;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the batches of the next step on another thread while the current step runs.
 *
 * <p>The method chooses the images, from a seed of the batch's own.
 */
final class BatchSource implements AutoCloseable {

  private final ImageData data;
  private final int batchSize;
  private final Learner learner;
  private final long seed;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "disentangle-batches");
            thread.setDaemon(true);
            return thread;
          });
  private long nextStep = -1;
  private Future<float[][]> next;

  BatchSource(ImageData data, int batchSize, Learner learner, long seed) {
    this.data = data;
    this.batchSize = batchSize;
    this.learner = learner;
    this.seed = seed;
  }

  /**
   * Returns the batches of a step and starts to read those of the one after it.
   *
   * @param step the step's number
   * @return one array per batch, {@code [batch * channels * height * width]}
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if an image has a value outside [0, 1]
   */
  float[][] take(long step) throws InterruptedException {
    Future<float[][]> current = nextStep == step ? next : reader.submit(reading(step));
    nextStep = step + 1;
    next = reader.submit(reading(nextStep));
    try {
      return current.get();
    } catch (ExecutionException e) {
      nextStep = -1;
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading images of " + data.name(), e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException("this training is closed", e);
    }
  }

  private Callable<float[][]> reading(long step) {
    return () -> {
      float[][] pixels = new float[learner.batchesPerStep()][];
      for (int batch = 0; batch < pixels.length; batch++) {
        int[] indices = indices(step, batch);
        pixels[batch] = new float[indices.length * data.shape().pixels()];
        data.read(indices, pixels[batch]);
        Batches.requireValues(data, indices, pixels[batch]);
      }
      return pixels;
    };
  }

  /** The images of one batch. */
  int[] indices(long step, int batch) {
    long number = step * learner.batchesPerStep() + batch;
    SplittableRandom random = Seeds.random(seed, Seeds.Purpose.BATCHES, number);
    return learner.indices(data, batchSize, step, random);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
