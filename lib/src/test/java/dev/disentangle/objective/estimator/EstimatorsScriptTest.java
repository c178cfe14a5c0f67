package dev.disentangle.objective.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.ScriptChecks;
import dev.disentangle.tensor.TorchScript;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Every function of {@code estimators.py} against loops in double, and with changes in it. */
class EstimatorsScriptTest extends ScriptChecks {

  /** Sums of a few numbers near 1 in double precision. */
  private static final double TOLERANCE = 1e-12;

  EstimatorsScriptTest() {
    super(Estimators.class, "estimators.py", "estimators-mutants.tsv");
  }

  @Override
  protected Map<String, Consumer<TorchScript>> checks() {
    return Map.of(
        "log_densities", this::logDensities,
        "squared_distances", this::squaredDistances,
        "inverse_multiquadratic", this::inverseMultiquadratic,
        "kth_largest", this::kthLargest);
  }

  private static NDList call(TorchScript script, String function, NDArray... arguments) {
    return GradientMode.paused(() -> script.call(function, arguments));
  }

  /** Three samples and three posteriors of two latents, with weights that differ everywhere. */
  private void logDensities(TorchScript script) {
    double[] z = normal(6, 1);
    double[] mean = normal(6, 2);
    double[] logVariance = normal(6, 3);
    double[] weights = new SplittableRandom(4).doubles(9, 0.1, 1).toArray();
    double[] joint = new double[3];
    double[] marginals = new double[3];
    for (int i = 0; i < 3; i++) {
      double[] sums = new double[2];
      for (int k = 0; k < 3; k++) {
        double product = 1;
        for (int j = 0; j < 2; j++) {
          double variance = Math.exp(logVariance[2 * k + j]);
          double error = z[2 * i + j] - mean[2 * k + j];
          double one = Math.exp(-error * error / 2 / variance) / Math.sqrt(2 * Math.PI * variance);
          product *= one;
          sums[j] += weights[3 * i + k] * one;
        }
        joint[i] += weights[3 * i + k] * product;
      }
      joint[i] = Math.log(joint[i]);
      marginals[i] = Math.log(sums[0]) + Math.log(sums[1]);
    }
    double[] logWeights = Arrays.stream(weights).map(Math::log).toArray();
    NDList given =
        call(
            script,
            "log_densities",
            array(z, 3, 2),
            array(mean, 3, 2),
            array(logVariance, 3, 2),
            array(logWeights, 3, 3));
    assertArrayEquals(joint, given.get(0).toDoubleArray(), TOLERANCE);
    assertArrayEquals(marginals, given.get(1).toDoubleArray(), TOLERANCE);
  }

  private void squaredDistances(TorchScript script) {
    double[] x = normal(6, 1);
    double[] y = normal(8, 2);
    double[] expected = new double[12];
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 2; j++) {
        expected[i] += Math.pow(x[i / 4 * 2 + j] - y[i % 4 * 2 + j], 2);
      }
    }
    NDArray given =
        call(script, "squared_distances", array(x, 3, 2), array(y, 4, 2)).singletonOrThrow();
    assertEquals(new Shape(3, 4), given.getShape());
    assertArrayEquals(expected, given.toDoubleArray(), TOLERANCE);
  }

  private void inverseMultiquadratic(TorchScript script) {
    double[] distances = new SplittableRandom(1).doubles(6, 0, 9).toArray();
    double[] constants = {0.3, 1, 5};
    double[] expected = new double[6];
    for (int i = 0; i < 6; i++) {
      for (double c : constants) {
        expected[i] += c / (c + distances[i]);
      }
    }
    NDArray given =
        call(script, "inverse_multiquadratic", array(distances, 2, 3), array(constants, 3))
            .singletonOrThrow();
    assertArrayEquals(expected, given.toDoubleArray(), TOLERANCE);
  }

  private void kthLargest(TorchScript script) {
    double[] values = {5, 1, 9, 3, 7, 2};
    double[] sorted = {9, 7, 5, 3, 2, 1};
    for (int k = 1; k <= 6; k++) {
      NDArray given =
          call(script, "kth_largest", array(values, 2, 3), manager().create(k)).singletonOrThrow();
      assertEquals(sorted[k - 1], given.getDouble());
    }
  }
}
