package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.ScriptChecks;
import dev.disentangle.tensor.TorchScript;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Every function of {@code distributions.py} against loops in double, and with changes in it. */
class DistributionsScriptTest extends ScriptChecks {

  private static final int BATCH = 2;
  private static final int LATENTS = 3;

  /** Sums of three products of numbers near 1 in double precision. */
  private static final double TOLERANCE = 1e-12;

  DistributionsScriptTest() {
    super(Distributions.class, "distributions.py", "distributions-mutants.tsv");
  }

  @Override
  protected Map<String, Consumer<TorchScript>> checks() {
    return Map.of(
        "lower_triangular", this::lowerTriangular,
        "triangular_sample", this::triangularSample,
        "triangular_solve", this::triangularSolve,
        "triangular_covariance", this::triangularCovariance,
        "rows", this::rows,
        "within_unit_interval", this::withinUnitInterval,
        "neighbour_sum", this::neighbourSum);
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
    NDArray index = manager().create(new long[] {2, 0, 2});
    NDArray given = call(script, "rows", index, table);
    assertArrayEquals(new double[] {7, 8, 9, 1, 2, 3, 7, 8, 9}, given.toDoubleArray());
  }

  private void withinUnitInterval(TorchScript script) {
    NDArray given = call(script, "within_unit_interval", array(new double[] {-1, 0.3, 2}, 3));
    assertArrayEquals(new double[] {0, 0.3, 1}, given.toDoubleArray());
  }

  /** Of every pixel the later ones in a patch of 5x5, in images of 3 rows of 4. */
  private void neighbourSum(TorchScript script) {
    int radius = 2;
    int neighbours = 12;
    int area = 12;
    double[] x = normal(BATCH * 2 * area, 5);
    double[] weights = normal(BATCH * neighbours * 2 * area, 6);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int channel = i / area % 2;
      int neighbour = 0;
      for (int down = 0; down <= radius; down++) {
        for (int right = down == 0 ? 1 : -radius; right <= radius; right++) {
          int row = i % area / 4 + down;
          int column = i % 4 + right;
          int weight = ((i / (2 * area) * neighbours + neighbour++) * 2 + channel) * area;
          if (row < 3 && column >= 0 && column < 4) {
            expected[i] += weights[weight + i % area] * x[i / area * area + row * 4 + column];
          }
        }
      }
    }
    NDArray given =
        call(
            script,
            "neighbour_sum",
            array(x, BATCH, 2, 3, 4),
            array(weights, BATCH, neighbours, 2, 3, 4),
            manager().create(radius));
    assertArrayEquals(expected, given.toDoubleArray(), TOLERANCE);
  }
}
