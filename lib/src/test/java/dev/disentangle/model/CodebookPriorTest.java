package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    NDArray table = prior.choices().table().parameters().get(0);
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
    float[] logs = prior.choices().logProbability(all()).toFloatArray();
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
    float[] vectors = LearnedTable.all(prior.codebook().table(), manager).toFloatArray();
    int[] counts = new int[ALL];
    for (int i = 0; i < draws; i++) {
      int code = 0;
      for (int m = 0; m < POSITIONS; m++) {
        code |= drawn[(i * POSITIONS + m) * 2] == vectors[2] ? 1 << m : 0;
      }
      counts[code]++;
    }
    float[] logs = prior.choices().logProbability(all()).toFloatArray();
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
        prior.codebook().table().parameters().get(0),
        manager.create(new float[] {1, 1, -1, -1}, new Shape(2, 2)));
    NDArray z = manager.create(points, new Shape(2, 2L * POSITIONS));
    NDArray choices = prior.codebook().nearest(z);
    assertArrayEquals(new float[] {1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0}, choices.toFloatArray());
    NDArray weights = prior.codebook().table().parameters().get(0);
    float[] gradient =
        GradientMode.recording(
            () -> {
              NDArray loss = z.sub(prior.codebook().lookUp(choices, POSITIONS)).square().sum();
              return Gradients.of(loss, List.of(weights)).singletonOrThrow().toFloatArray();
            });
    // A step of one over twice the number of a vector's points ends at their mean.
    float[] means = {
      1 - gradient[0] / 6, 1 - gradient[1] / 6, -1 - gradient[2] / 6, -1 - gradient[3] / 6
    };
    assertArrayEquals(new float[] {3, 3, -2, -4 / 3f}, means, 1e-6f);
  }

  /** Without decay the averages are those of one batch: the codes' means, as k-means has them. */
  @Test
  void movingAveragesWithoutDecayAreBatchKMeans() {
    float[] points = {2, 1, 4, 3, -1, 0, -3, -2, -2, -2, 3, 5};
    Codebook codebook = averaged(4, new float[] {1, 1, -1, -1, 40, 40, -40, 7});
    NDArray z = manager.create(points, new Shape(2, 2L * POSITIONS));
    NDArray averages = codebook.average(z, codebook.nearest(z), 0);
    float[] rows = {9, 9, 3, -6, -4, 3, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(rows, averages.toFloatArray());
    float[] means = codebook.means(averages).toFloatArray();
    // Sums of three have a rest of 1e-5; what no code chose stays.
    assertArrayEquals(new float[] {3, 3, -2, -4 / 3f, 40, 40, -40, 7}, means, 2e-5f);
  }

  /** With decay, repeated steps on the same codes end at the same means. */
  @Test
  void movingAveragesOfFixedCodesEndAtTheirMeans() {
    float[] points = {2, 1, 4, 3, -1, 0, -3, -2, -2, -2, 3, 5};
    Codebook codebook = averaged(2, new float[] {1, 1, -1, -1});
    NDArray z = manager.create(points, new Shape(2, 2L * POSITIONS));
    for (int step = 0; step < 100; step++) {
      NDArray averages = codebook.average(z, codebook.nearest(z), 0.8);
      Operations.assign(codebook.table().parameters().get(0), codebook.means(averages));
      Operations.assign(codebook.averages().orElseThrow().parameters().get(0), averages);
    }
    float[] means = codebook.table().parameters().get(0).toFloatArray();
    assertArrayEquals(new float[] {3, 3, -2, -4 / 3f}, means, 2e-5f);
  }

  private Codebook averaged(int vectors, float... values) {
    PriorFamily.Model model =
        new PriorFamily.Model(
            new Blobs(), POSITIONS, null, manager, DataType.FLOAT32, new SplittableRandom(1));
    Codebook codebook = Codebook.of("averaged-" + vectors, model, vectors, 2, true);
    float[] initial = codebook.averages().orElseThrow().parameters().get(0).toFloatArray();
    float[] table = codebook.table().parameters().get(0).toFloatArray();
    assertEquals(table[1], initial[1], "the first sum is the vector");
    assertEquals(1, initial[2], "of one code");
    Operations.assign(
        codebook.table().parameters().get(0), manager.create(values, new Shape(vectors, 2)));
    return codebook;
  }

  /** Old averages times the decay, plus the batch's sums and counts times the rest. */
  @Test
  void movingAveragesKeepTheirShare() {
    float[] points = {2, 1, 4, 3, -1, 0, -3, -2, -2, -2, 3, 5};
    Codebook codebook = averaged(2, new float[] {1, 1, -1, -1});
    float[] before = codebook.averages().orElseThrow().parameters().get(0).toFloatArray();
    NDArray z = manager.create(points, new Shape(2, 2L * POSITIONS));
    float[] found = codebook.average(z, codebook.nearest(z), 0.75).toFloatArray();
    // The first vector was chosen by three points whose sum is (9, 9), the second by (-6, -4).
    float[] batch = {9, 9, 3, -6, -4, 3};
    for (int i = 0; i < batch.length; i++) {
      assertEquals(0.75 * before[i] + 0.25 * batch[i], found[i], 1e-6);
    }
  }

  @Test
  void vectorsStartUniformlyEachTheMeanOfOneCode() {
    PriorFamily.Model model =
        new PriorFamily.Model(
            new Blobs(), POSITIONS, null, manager, DataType.FLOAT32, new SplittableRandom(1));
    Codebook codebook = new CodebookPrior(500, 4, true).build(model).codebook();
    float[] vectors = codebook.table().parameters().get(0).toFloatArray();
    float[] rows = codebook.averages().orElseThrow().parameters().get(0).toFloatArray();
    double mean = 0;
    double square = 0;
    for (int i = 0; i < vectors.length; i++) {
      assertTrue(Math.abs(vectors[i]) <= 1, "vector " + vectors[i]);
      mean += vectors[i] / (double) vectors.length;
      square += vectors[i] * (double) vectors[i] / vectors.length;
      assertEquals(vectors[i], rows[i / 4 * 5 + i % 4]);
      assertEquals(1, rows[i / 4 * 5 + 4]);
    }
    // Four standard errors of 2,000 uniform numbers and of their squares.
    assertEquals(0, mean, 4 * Math.sqrt(1 / 3.0 / 2_000));
    assertEquals(1 / 3.0, square, 4 * Math.sqrt(4 / 45.0 / 2_000));
    assertEquals(2, codebook.networks().size());
    assertEquals(1, prior.codebook().networks().size());
  }

  /** A code has the density of what it chooses, wherever it lies near the vectors. */
  @Test
  void codesHaveTheDensityOfTheirChoices() {
    scramble();
    assertEquals(2 * POSITIONS, prior.length());
    assertEquals(prior.codebook().networks(), prior.networks());
    NDArray exact = prior.codebook().lookUp(all(), POSITIONS);
    float[] expected = prior.choices().logProbability(all()).toFloatArray();
    assertArrayEquals(expected, prior.logDensity(exact).toFloatArray(), 1e-6f);
    assertArrayEquals(expected, prior.logDensity(exact.add(1e-3f)).toFloatArray(), 1e-6f);
  }
}
