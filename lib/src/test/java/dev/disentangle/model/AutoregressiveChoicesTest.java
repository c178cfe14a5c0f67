package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The distribution of choices against the product of its conditionals, summed in double. */
class AutoregressiveChoicesTest {

  private static final int POSITIONS = 3;
  private static final int VECTORS = 4;
  private static final int CHOICES = POSITIONS * VECTORS;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final AutoregressiveChoices prior =
      AutoregressiveChoices.of(
          new PriorFamily.Model(
              new Blobs(), POSITIONS, null, manager, DataType.FLOAT32, new SplittableRandom(1)),
          POSITIONS,
          VECTORS);

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray oneHot(int[][] chosen) {
    float[] values = new float[chosen.length * CHOICES];
    for (int i = 0; i < chosen.length; i++) {
      for (int m = 0; m < POSITIONS; m++) {
        values[i * CHOICES + m * VECTORS + chosen[i][m]] = 1;
      }
    }
    return manager.create(values, new Shape((long) chosen.length * POSITIONS, VECTORS));
  }

  private float[] scrambled() {
    NDArray table = prior.table().parameters().get(0);
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[(CHOICES + 1) * CHOICES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Operations.assign(table, manager.create(values, table.getShape()));
    return values;
  }

  /** A row per choice, the last for all; a column per choice: only earlier positions count. */
  private static double expected(float[] table, int[] chosen) {
    double log = 0;
    for (int m = 0; m < POSITIONS; m++) {
      double[] logits = new double[VECTORS];
      double sum = 0;
      for (int k = 0; k < VECTORS; k++) {
        int column = m * VECTORS + k;
        logits[k] = table[CHOICES * CHOICES + column];
        for (int before = 0; before < m; before++) {
          logits[k] += table[(before * VECTORS + chosen[before]) * CHOICES + column];
        }
        sum += Math.exp(logits[k]);
      }
      log += logits[chosen[m]] - Math.log(sum);
    }
    return log;
  }

  @Test
  void everyChoiceDependsOnThoseBeforeIt() {
    float[] table = scrambled();
    int[][] chosen = {{0, 0, 0}, {3, 1, 2}, {2, 2, 0}, {1, 3, 3}};
    float[] found = prior.logProbability(oneHot(chosen)).toFloatArray();
    assertEquals(chosen.length, found.length);
    for (int i = 0; i < chosen.length; i++) {
      // Single precision.
      assertEquals(expected(table, chosen[i]), found[i], 1e-5);
    }
  }

  @Test
  void allAreEquallyLikelyAtFirst() {
    float[] found = prior.logProbability(oneHot(new int[][] {{0, 3, 1}})).toFloatArray();
    assertEquals(-POSITIONS * Math.log(VECTORS), found[0], 1e-5);
    assertEquals(new Shape(CHOICES + 1, CHOICES), prior.earlier().getShape());
  }

  /** A table that allows one way only: the draw must follow it. */
  @Test
  void drawsFollowTheTable() {
    float[] table = new float[(CHOICES + 1) * CHOICES];
    int[] way = {2, 0, 3};
    table[CHOICES * CHOICES + way[0]] = 60;
    table[way[0] * CHOICES + VECTORS + way[1]] = 60;
    table[(VECTORS + way[1]) * CHOICES + 2 * VECTORS + way[2]] = 60;
    NDArray weights = prior.table().parameters().get(0);
    Operations.assign(weights, manager.create(table, weights.getShape()));
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(5));
    float[] expected = oneHot(new int[][] {way, way, way}).toFloatArray();
    assertArrayEquals(expected, prior.draw(3, noise).toFloatArray());
  }
}
