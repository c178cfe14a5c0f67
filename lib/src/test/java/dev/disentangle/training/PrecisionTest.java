package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.FactorVae;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  private static Training training(Precision precision) {
    return Training.of(new FactorVae(5).withLearningRate(1e-3), new Blobs())
        .latents(3)
        .batchSize(32)
        .seed(2)
        .architecture(
            new Architectures.Convolutional("tiny-8", List.of(4, 8), 16, 2, 16, precision))
        .recordEvery(10)
        .measureEvery(0)
        .build();
  }

  @Test
  void theLossCurveOfBfloat16StaysNearThatOfSinglePrecision() {
    try (Training exact = training(Precision.FLOAT32);
        Training rounded = training(Precision.BFLOAT16)) {
      exact.run(300);
      rounded.run(300);
      double[] expected = exact.history().values(Terms.LOSS);
      double[] given = rounded.history().values(Terms.LOSS);
      assertEquals(30, given.length);
      for (int i = 0; i < expected.length; i++) {
        // Products carry 2^-9 = 0.2 % of rounding each; the sums of many average it out, and what
        // is left drifts apart slowly: at most 0.07 % over these 300 steps where it was tried.
        assertEquals(expected[i], given[i], 0.01 * expected[i], "record " + i);
      }
      assertNotEquals(expected[5], given[5], "bfloat16 must be in use");
      assertTrue(given[29] < 0.7 * given[0], "it learns: " + given[0] + " to " + given[29]);
      for (NDArray weight : rounded.manager().getManagedArrays()) {
        assertNotEquals(DataType.BFLOAT16, weight.getDataType(), "weights and moments");
      }
    }
  }
}
