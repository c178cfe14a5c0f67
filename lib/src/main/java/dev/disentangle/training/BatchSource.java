package dev.disentangle.training;

import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.NonFiniteException;
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
        pixels[batch] = new float[batchSize * data.shape().pixels()];
        data.read(indices(step, batch), pixels[batch]);
        requireFinite(pixels[batch], step);
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

  private void requireFinite(float[] pixels, long step) {
    for (int i = 0; i < pixels.length; i++) {
      if (!Float.isFinite(pixels[i])) {
        int perImage = data.shape().pixels();
        throw new NonFiniteException(
            "image "
                + i / perImage
                + " of the batch ["
                + batchSize
                + ", "
                + data.shape()
                + "] from "
                + data.name()
                + " has the value "
                + pixels[i]
                + " at step "
                + step
                + "; clean the data, then go on from here or from a checkpoint");
      }
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
