package dev.disentangle.training;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>The method chooses the images, from a seed of the batch's own. Steps of even and of odd
 * numbers have memory of their own, so that a batch lasts until its step has ended.
 */
final class BatchSource implements AutoCloseable {

  private final ImageData data;
  private final int batchSize;
  private final Learner learner;
  private final long seed;
  private final Map<Long, BatchMemory> memory = new HashMap<>();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "disentangle-batches");
            thread.setDaemon(true);
            return thread;
          });
  private long nextStep = -1;
  private Future<List<Batch>> next;

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
   * @return the batches
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if an image has a value outside [0, 1]
   */
  List<Batch> take(long step) throws InterruptedException {
    Future<List<Batch>> current = nextStep == step ? next : reader.submit(reading(step));
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

  /**
   * A batch.
   *
   * @param memory where its images lie until the step has ended
   * @param count how many images
   * @param labels one class per image, or that it is hidden; null where the method asks for none
   */
  record Batch(BatchMemory memory, int count, int[] labels) {}

  private Callable<List<Batch>> reading(long step) {
    return () -> {
      List<Batch> batches = new ArrayList<>();
      for (int batch = 0; batch < learner.batchesPerStep(); batch++) {
        int[] indices = indices(step, batch);
        BatchMemory place = memory(step % 2 * learner.batchesPerStep() + batch, indices.length);
        data.read(indices, place.pixels());
        Batches.requireValues(data, indices, place.pixels());
        place.lay(indices.length);
        int[] labels = learner.labels().map(known -> known.of(indices)).orElse(null);
        batches.add(new Batch(place, indices.length, labels));
      }
      return batches;
    };
  }

  /** Called by the reading thread alone. */
  private BatchMemory memory(long place, int images) {
    return memory.compute(
        place,
        (key, before) ->
            before != null && before.count() >= images
                ? before
                : new BatchMemory(data.shape(), images));
  }

  /** The images of one batch. */
  int[] indices(long step, int batch) {
    long number = step * learner.batchesPerStep() + batch;
    SplittableRandom random = Seeds.random(seed, Seeds.Purpose.BATCHES, number);
    return learner.indices(batch, data, batchSize, step, random);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
