package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Step;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.objective.adversary.TotalCorrelationAdversary;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

/** FactorVAE's samples of the product of marginals (Kim & Mnih 2018, Algorithm 1). */
class PermutationTest {

  private static final int ROWS = 400;
  private static final int COLUMNS = 3;

  @Test
  void permutedSamplesHaveTheMarginalsAndNoDependence() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      SplittableRandom random = new SplittableRandom(1);
      double[] means = new double[ROWS * COLUMNS];
      for (int i = 0; i < ROWS; i++) {
        double shared = random.nextGaussian();
        for (int j = 0; j < COLUMNS; j++) {
          means[i * COLUMNS + j] = shared + 0.1 * random.nextGaussian();
        }
      }
      NDArray mean = manager.create(means, new Shape(ROWS, COLUMNS));
      GaussianPosterior posterior = new GaussianPosterior(mean, mean.zerosLike().sub(4f));
      double[][] sampled = columns(TotalCorrelationAdversary.sampled(step(manager), posterior));
      double[][] permuted = columns(TotalCorrelationAdversary.permuted(step(manager), posterior));
      for (int j = 0; j < COLUMNS; j++) {
        double[] before = sampled[j].clone();
        double[] after = permuted[j].clone();
        Arrays.sort(before);
        Arrays.sort(after);
        assertArrayEquals(before, after, "column " + j + " holds the same numbers");
      }
      for (int j = 0; j < COLUMNS; j++) {
        double[] next = permuted[(j + 1) % COLUMNS];
        double together =
            new PearsonsCorrelation().correlation(sampled[j], sampled[(j + 1) % COLUMNS]);
        double apart = new PearsonsCorrelation().correlation(permuted[j], next);
        assertTrue(together > 0.9, "the samples depend on each other, " + together);
        // The correlation of 400 independent pairs has a standard deviation of 0.05.
        assertEquals(0, apart, 0.2);
      }
    }
  }

  /** A step draws the noise of its samples first, and so both get the same ones. */
  private static Step step(NDManager manager) {
    NDArray images = manager.create(new double[16], new Shape(1, 1, 4, 4));
    return new Step(0, manager, List.of(images), 8);
  }

  private static double[][] columns(NDArray z) {
    double[] values = z.toDoubleArray();
    double[][] columns = new double[COLUMNS][ROWS];
    for (int i = 0; i < values.length; i++) {
      columns[i % COLUMNS][i / COLUMNS] = values[i];
    }
    return columns;
  }
}
