package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.NonFiniteException;
import dev.disentangle.learner.Step;
import dev.disentangle.tensor.GradientMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Takes single steps: reads a step's batches, lets the method learn from them, moves the weights.
 */
final class Stepper implements AutoCloseable {

  private final ImageData data;
  private final Learner learner;
  private final NDManager manager;
  private final BatchSource batches;
  private final long seed;

  Stepper(Settings settings, ImageData data, Learner learner, NDManager manager) {
    this.data = data;
    this.learner = learner;
    this.manager = manager;
    this.seed = settings.seed();
    this.batches = new BatchSource(data, settings.batchSize(), learner, seed);
  }

  /**
   * Takes a step.
   *
   * @param step how many steps came before
   * @return the loss terms by name
   * @throws NonFiniteException if a term or a gradient is not finite
   * @throws CancellationException if the thread is interrupted before the step begins
   */
  Map<String, Double> take(long step) {
    List<BatchSource.Batch> given = read(step);
    try (NDManager scope = manager.newSubManager()) {
      Step current = new Step(step, scope, arrays(scope, given), labels(given), noiseSeed(step));
      LossTerms terms = GradientMode.recording(() -> learner.step(current));
      Map<String, Double> values = values(terms, current);
      current.update();
      return values;
    }
  }

  private List<BatchSource.Batch> read(long step) {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return batches.take(step);
    } catch (InterruptedException e) {
      throw new CancellationException(
          "interrupted after step " + step + "; run(steps) goes on from there");
    }
  }

  private long noiseSeed(long step) {
    return Seeds.of(seed, Seeds.Purpose.NOISE, step);
  }

  private static List<NDArray> arrays(NDManager scope, List<BatchSource.Batch> given) {
    return given.stream().map(batch -> batch.memory().images(scope, batch.count())).toList();
  }

  private static List<int[]> labels(List<BatchSource.Batch> given) {
    return given.stream().map(BatchSource.Batch::labels).filter(Objects::nonNull).toList();
  }

  private static Map<String, Double> values(LossTerms terms, Step current) {
    Map<String, Double> values = new LinkedHashMap<>();
    terms
        .asMap()
        .forEach(
            (name, array) -> {
              double value = array.toType(DataType.FLOAT64, false).getDouble();
              if (!Double.isFinite(value)) {
                throw new NonFiniteException(
                    "the term "
                        + name
                        + ", a scalar, is "
                        + value
                        + " at step "
                        + current.number()
                        + "; "
                        + current.moved()
                        + ". A smaller learning rate may help; go on from the last checkpoint");
              }
              values.put(name, value);
            });
    return values;
  }

  @Override
  public void close() {
    batches.close();
  }
}
