package dev.disentangle.objective.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.metric.CodeDiscrepancy;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The discrepancy on plain arrays, beside the one that is trained with. */
class CodeDiscrepancyTest {

  private static float[][] normal(int count, double shift, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] codes = new float[count][3];
    for (float[] code : codes) {
      for (int j = 0; j < 3; j++) {
        code[j] = (float) (shift + random.nextGaussian());
      }
    }
    return codes;
  }

  private static float[] flat(float[][] codes) {
    float[] values = new float[3 * codes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = codes[i / 3][i % 3];
    }
    return values;
  }

  @Test
  void itIsTheValueThatTrainingUses() {
    float[][] codes = normal(40, 0.3, 1);
    float[][] prior = normal(40, 0, 2);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float trained =
          MaximumMeanDiscrepancy.inverseMultiquadratic(
                  manager.create(flat(codes), new Shape(40, 3)),
                  manager.create(flat(prior), new Shape(40, 3)))
              .getFloat();
      DoubleUnaryOperator kernel = CodeDiscrepancy.inverseMultiquadratic(3);
      // Single precision over 1,600 pairs of size 7.
      assertEquals(trained, CodeDiscrepancy.of(codes, prior, kernel), 1e-4);
    }
  }

  @Test
  void twoPairsByHand() {
    float[][] first = {{0}, {1}};
    float[][] second = {{0}, {2}};
    DoubleUnaryOperator kernel = CodeDiscrepancy.gaussian(0.5);
    double across = (1 + Math.exp(-4) + Math.exp(-1) + Math.exp(-1)) / 4;
    double expected = Math.exp(-1) + Math.exp(-4) - 2 * across;
    assertEquals(expected, CodeDiscrepancy.of(first, second, kernel), 1e-12);
    assertTrue(expected < 0, "the unbiased form may be negative");
  }

  @Test
  void aShiftIsSeenAndTheSameDistributionIsNot() {
    DoubleUnaryOperator kernel = CodeDiscrepancy.inverseMultiquadratic(3);
    double same = CodeDiscrepancy.of(normal(300, 0, 1), normal(300, 0, 2), kernel);
    double shifted = CodeDiscrepancy.of(normal(300, 0, 1), normal(300, 1, 2), kernel);
    assertEquals(0, same, 0.03);
    assertTrue(shifted > 0.3);
  }

  @Test
  void whatHasNoDiscrepancyIsRefused() {
    DoubleUnaryOperator kernel = CodeDiscrepancy.gaussian(1);
    float[][] two = {{0}, {1}};
    float[][] one = {{0}};
    float[][] wide = {{0, 1}, {1, 0}};
    assertThrows(IllegalArgumentException.class, () -> CodeDiscrepancy.of(two, one, kernel));
    assertThrows(IllegalArgumentException.class, () -> CodeDiscrepancy.of(two, wide, kernel));
    assertThrows(IllegalArgumentException.class, () -> CodeDiscrepancy.gaussian(0));
    assertThrows(IllegalArgumentException.class, () -> CodeDiscrepancy.inverseMultiquadratic(0));
  }
}
