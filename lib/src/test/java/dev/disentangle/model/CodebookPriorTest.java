package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Choices of vectors: a tiny grid of all of them. */
class CodebookPriorTest {

  private static final int POSITIONS = 3;
  private static final int VECTORS = 2;
  private static final int ALL = 8;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final CodebookPrior.OfPositions prior =
      new CodebookPrior(VECTORS, 2)
          .build(
              new PriorFamily.Model(
                  new Blobs(),
                  POSITIONS,
                  null,
                  manager,
                  DataType.FLOAT32,
                  new SplittableRandom(1)));

  @AfterEach
  void close() {
    manager.close();
  }

  /** Every entry of the table of pairs is drawn, also those that must not count. */
  private void scramble() {
    SplittableRandom random = new SplittableRandom(3);
    NDArray table = prior.choice().parameters().get(0);
    float[] values = new float[Math.toIntExact(table.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1.5 * random.nextGaussian());
    }
    Operations.assign(table, manager.create(values, table.getShape()));
  }

  private NDArray all() {
    float[] choices = new float[ALL * POSITIONS * VECTORS];
    for (int i = 0; i < ALL; i++) {
      for (int m = 0; m < POSITIONS; m++) {
        choices[(i * POSITIONS + m) * VECTORS + (i >> m & 1)] = 1;
      }
    }
    return manager.create(choices, new Shape(ALL * POSITIONS, VECTORS));
  }

  @Test
  void probabilitiesOfAllCodesSumToOne() {
    scramble();
    float[] logs = prior.logProbability(all()).toFloatArray();
    double sum = 0;
    for (float log : logs) {
      sum += Math.exp(log);
    }
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void codesAreDrawnAsOftenAsTheyAreLikely() {
    scramble();
    int draws = 20_000;
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(5));
    float[] drawn = prior.sample(draws, noise).toFloatArray();
    float[] vectors = LearnedTable.all(prior.codebook(), manager).toFloatArray();
    int[] counts = new int[ALL];
    for (int i = 0; i < draws; i++) {
      int code = 0;
      for (int m = 0; m < POSITIONS; m++) {
        code |= drawn[(i * POSITIONS + m) * 2] == vectors[2] ? 1 << m : 0;
      }
      counts[code]++;
    }
    float[] logs = prior.logProbability(all()).toFloatArray();
    for (int code = 0; code < ALL; code++) {
      double p = Math.exp(logs[code]);
      assertEquals(p, counts[code] / (double) draws, 4 * Math.sqrt(p * (1 - p) / draws) + 1e-6);
    }
  }

  /** Of fixed points the codebook's loss is least where each vector is the mean of its points. */
  @Test
  void aStepOfTheCodebookIsOneOfKMeans() {
    float[] points = {2, 1, 4, 3, -1, 0, -3, -2, -2, -2, 3, 5};
    Operations.assign(
        prior.codebook().parameters().get(0),
        manager.create(new float[] {1, 1, -1, -1}, new Shape(2, 2)));
    NDArray z = manager.create(points, new Shape(2, 2L * POSITIONS));
    NDArray choices = prior.nearest(z);
    assertArrayEquals(new float[] {1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0}, choices.toFloatArray());
    NDArray weights = prior.codebook().parameters().get(0);
    float[] gradient =
        GradientMode.recording(
            () -> {
              NDArray loss = z.sub(prior.lookUp(choices)).square().sum();
              return Gradients.of(loss, List.of(weights)).singletonOrThrow().toFloatArray();
            });
    // A step of one over twice the number of a vector's points ends at their mean.
    float[] means = {
      1 - gradient[0] / 6, 1 - gradient[1] / 6, -1 - gradient[2] / 6, -1 - gradient[3] / 6
    };
    assertArrayEquals(new float[] {3, 3, -2, -4 / 3f}, means, 1e-6f);
  }
}
