package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.ScriptMutants;
import dev.disentangle.tensor.TorchScript;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of {@code distributions.py} against loops in double, and with changes in it. */
class DistributionsScriptTest {

  private static final String SCRIPT = ScriptMutants.text(Distributions.class, "distributions.py");
  private static final int BATCH = 2;
  private static final int LATENTS = 3;

  /** Sums of three products of numbers near 1 in double precision. */
  private static final double TOLERANCE = 1e-12;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  private final Map<String, Consumer<TorchScript>> checks =
      Map.of(
          "lower_triangular", this::lowerTriangular,
          "triangular_sample", this::triangularSample,
          "triangular_solve", this::triangularSolve,
          "triangular_covariance", this::triangularCovariance,
          "rows", this::rows,
          "within_unit_interval", this::withinUnitInterval);

  @AfterEach
  void close() {
    manager.close();
  }

  static List<String> functions() {
    return ScriptMutants.functions(SCRIPT);
  }

  static Stream<ScriptMutants.Mutant> mutants() {
    return ScriptMutants.table(DistributionsScriptTest.class, "distributions-mutants.tsv");
  }

  @Test
  void everyFunctionIsCheckedAndChanged() {
    assertEquals(new HashSet<>(functions()), checks.keySet());
    assertEquals(checks.keySet(), new HashSet<>(mutants().map(m -> m.function()).toList()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theFunctionComputesItsFormula(String function) {
    checks.get(function).accept(TorchScript.shared(SCRIPT));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aChangeIsNoticed(ScriptMutants.Mutant mutant) {
    ScriptMutants.requireNoticed(mutant.in(SCRIPT), checks.get(mutant.function()));
  }

  private static double[] normal(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  private NDArray array(double[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private static NDArray call(TorchScript script, String function, NDArray... arguments) {
    return GradientMode.paused(() -> script.call(function, arguments).singletonOrThrow());
  }

  private static final double[] LOG_DIAGONAL = normal(BATCH * LATENTS, 1);
  private static final double[] BELOW = normal(BATCH * LATENTS, 2);

  /** Rows one after the other: the one number of the second, the two of the third. */
  private static double[][][] factors() {
    double[][][] factors = new double[BATCH][LATENTS][LATENTS];
    for (int b = 0; b < BATCH; b++) {
      int used = 0;
      for (int row = 0; row < LATENTS; row++) {
        factors[b][row][row] = Math.exp(LOG_DIAGONAL[b * LATENTS + row]);
        for (int column = 0; column < row; column++) {
          factors[b][row][column] = BELOW[b * LATENTS + used++];
        }
      }
    }
    return factors;
  }

  private NDArray factorArray() {
    double[] flat =
        Arrays.stream(factors()).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    return array(flat, BATCH, LATENTS, LATENTS);
  }

  private void lowerTriangular(TorchScript script) {
    NDArray given =
        call(
            script,
            "lower_triangular",
            array(LOG_DIAGONAL, BATCH, LATENTS),
            array(BELOW, BATCH, LATENTS));
    assertArrayEquals(factorArray().toDoubleArray(), given.toDoubleArray(), TOLERANCE);
  }

  /** The mean plus L times the noise. */
  private static double[] samples(double[] mean, double[] noise) {
    double[] z = mean.clone();
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < LATENTS; k++) {
        z[i] += factors()[i / LATENTS][i % LATENTS][k] * noise[i / LATENTS * LATENTS + k];
      }
    }
    return z;
  }

  private void triangularSample(TorchScript script) {
    double[] mean = normal(BATCH * LATENTS, 3);
    double[] noise = normal(BATCH * LATENTS, 4);
    NDArray given =
        call(
            script,
            "triangular_sample",
            array(mean, BATCH, LATENTS),
            factorArray(),
            array(noise, BATCH, LATENTS));
    assertArrayEquals(samples(mean, noise), given.toDoubleArray(), TOLERANCE);
  }

  /** Undoes the sampling. */
  private void triangularSolve(TorchScript script) {
    double[] mean = normal(BATCH * LATENTS, 3);
    double[] noise = normal(BATCH * LATENTS, 4);
    NDArray given =
        call(
            script,
            "triangular_solve",
            array(samples(mean, noise), BATCH, LATENTS),
            array(mean, BATCH, LATENTS),
            factorArray());
    assertArrayEquals(noise, given.toDoubleArray(), 1e-10);
  }

  private void triangularCovariance(TorchScript script) {
    double[] expected = new double[BATCH * LATENTS * LATENTS];
    for (int i = 0; i < expected.length; i++) {
      double[][] factor = factors()[i / (LATENTS * LATENTS)];
      for (int k = 0; k < LATENTS; k++) {
        expected[i] += factor[i / LATENTS % LATENTS][k] * factor[i % LATENTS][k];
      }
    }
    NDArray given = call(script, "triangular_covariance", factorArray());
    assertArrayEquals(expected, given.toDoubleArray(), TOLERANCE);
  }

  private void rows(TorchScript script) {
    NDArray table = array(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
    NDArray index = manager.create(new long[] {2, 0, 2});
    NDArray given = call(script, "rows", index, table);
    assertArrayEquals(new double[] {7, 8, 9, 1, 2, 3, 7, 8, 9}, given.toDoubleArray());
  }

  private void withinUnitInterval(TorchScript script) {
    NDArray given = call(script, "within_unit_interval", array(new double[] {-1, 0.3, 2}, 3));
    assertArrayEquals(new double[] {0, 0.3, 1}, given.toDoubleArray());
  }
}
