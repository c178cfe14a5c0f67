package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two levels of choices: a tiny grid of all of them. */
class TwoLevelPriorTest {

  private static final int TOP = 1;
  private static final int BOTTOM = 2;
  private static final int VECTORS = 3;
  private static final int ALL = 27;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final TwoLevelPrior.OfLevels prior =
      new TwoLevelPrior(TOP, VECTORS, 2)
          .build(
              new PriorFamily.Model(
                  new Blobs(), BOTTOM, null, manager, DataType.FLOAT32, new SplittableRandom(1)));

  TwoLevelPriorTest() {
    SplittableRandom random = new SplittableRandom(3);
    NDArray table = prior.choices().table().parameters().get(0);
    float[] values = new float[Math.toIntExact(table.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1.5 * random.nextGaussian());
    }
    Operations.assign(table, manager.create(values, table.getShape()));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** All codes: the top's choice, then the two of the bottom. */
  private NDArray codes() {
    float[] top = prior.top().table().parameters().get(0).toFloatArray();
    float[] bottom = prior.bottom().table().parameters().get(0).toFloatArray();
    float[] codes = new float[ALL * 6];
    for (int i = 0; i < ALL; i++) {
      int[] chosen = {i / 9, i / 3 % 3, i % 3};
      for (int m = 0; m < 3; m++) {
        float[] table = m == 0 ? top : bottom;
        System.arraycopy(table, 2 * chosen[m], codes, i * 6 + 2 * m, 2);
      }
    }
    return manager.create(codes, new Shape(ALL, 6));
  }

  @Test
  void probabilitiesOfAllCodesSumToOne() {
    double sum = 0;
    for (float log : prior.logDensity(codes()).toFloatArray()) {
      sum += Math.exp(log);
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(6, prior.length());
    assertEquals(BOTTOM, prior.below());
  }

  @Test
  void codesAreDrawnAsOftenAsTheyAreLikely() {
    int draws = 20_000;
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(5));
    NDArray drawn = prior.sample(draws, noise);
    assertArrayEquals(new long[] {draws, 6}, drawn.getShape().getShape());
    float[] logs = prior.logDensity(codes()).toFloatArray();
    float[] all = codes().toFloatArray();
    float[] given = drawn.toFloatArray();
    int[] counts = new int[ALL];
    for (int i = 0; i < draws; i++) {
      for (int code = 0; code < ALL; code++) {
        boolean same = true;
        for (int j = 0; j < 6; j++) {
          same &= given[i * 6 + j] == all[code * 6 + j];
        }
        counts[code] += same ? 1 : 0;
      }
    }
    for (int code = 0; code < ALL; code++) {
      double p = Math.exp(logs[code]);
      double tolerance = 4 * Math.sqrt(p * (1 - p) / draws) + 1e-6;
      assertEquals(p, counts[code] / (double) draws, tolerance, "code " + code);
    }
  }

  @Test
  void bothCodebooksAreItsNetworks() {
    List<Network> expected = new ArrayList<>(prior.top().networks());
    expected.addAll(prior.bottom().networks());
    assertEquals(expected, prior.networks());
    assertEquals(4, expected.size());
    for (Network network : expected) {
      boolean above = prior.top().networks().contains(network);
      assertTrue(network.name().startsWith(above ? "top-codebook" : "bottom-codebook"));
    }
  }
}
