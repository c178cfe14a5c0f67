package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Every function of {@code operations.py} against loops in double, and with changes in it. */
class OperationsScriptTest extends ScriptChecks {

  /** Sums of some dozen products of numbers near 1. */
  private static final double TOLERANCE = 1e-12;

  OperationsScriptTest() {
    super(Operations.class, "operations.py", "operations-mutants.tsv");
  }

  @Override
  protected Map<String, Consumer<TorchScript>> checks() {
    return Map.ofEntries(
        Map.entry("convolution", this::convolution),
        Map.entry("transposed_convolution", this::transposedConvolution),
        Map.entry("bernoulli_negative_log_likelihood", this::bernoulli),
        Map.entry("gaussian_sample", this::gaussianSample),
        Map.entry("gaussian_kl", this::gaussianKl),
        Map.entry("permute_dimensions", this::permuteDimensions),
        Map.entry("log_density_ratio", this::logDensityRatio),
        Map.entry("softplus", this::softplus),
        Map.entry("log_sum_exp", this::logSumExp),
        Map.entry("sigmoid", this::sigmoid),
        Map.entry("scale", this::scale),
        Map.entry("at_most", this::atMost),
        Map.entry("channels_last", this::channelsLast),
        Map.entry("contiguous", this::contiguous),
        Map.entry("gradients", this::gradients),
        Map.entry("all_finite", this::allFinite),
        Map.entry("fused_adam", this::fusedAdam),
        Map.entry("assign", this::assign),
        Map.entry("resize", this::resize));
  }

  private NDArray number(double value) {
    return manager().create(value);
  }

  private static NDArray call(TorchScript script, String function, NDArray... arguments) {
    return GradientMode.paused(() -> script.call(function, arguments).singletonOrThrow());
  }

  private static void requireValues(double[] expected, NDArray given) {
    assertArrayEquals(expected, given.toDoubleArray(), TOLERANCE);
  }

  /** Five rows and six columns, so that the axes differ; stride 2 and a border of 1. */
  private void convolution(TorchScript script) {
    double[] x = normal(2 * 2 * 5 * 6, 1);
    double[] w = normal(3 * 2 * 3 * 3, 2);
    double[] b = normal(3, 3);
    double[] y = new double[2 * 3 * 3 * 3];
    for (int i = 0; i < y.length; i++) {
      y[i] = b[i / 9 % 3];
      for (int k = 0; k < 18; k++) {
        int row = i / 3 % 3 * 2 - 1 + k / 3 % 3;
        int column = i % 3 * 2 - 1 + k % 3;
        if (row >= 0 && row < 5 && column >= 0 && column < 6) {
          y[i] += x[((i / 27 * 2 + k / 9) * 5 + row) * 6 + column] * w[i / 9 % 3 * 18 + k];
        }
      }
    }
    NDArray given =
        call(
            script,
            "convolution",
            array(x, 2, 2, 5, 6),
            array(w, 3, 2, 3, 3),
            array(b, 3),
            number(2),
            number(1));
    requireValues(y, given);
  }

  private void transposedConvolution(TorchScript script) {
    double[] x = normal(2 * 2 * 2 * 3, 1);
    double[] w = normal(2 * 3 * 4 * 4, 2);
    double[] b = normal(3, 3);
    double[] y = new double[2 * 3 * 4 * 6];
    Arrays.setAll(y, i -> b[i / 24 % 3]);
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < 3 * 16; k++) {
        int row = i / 3 % 2 * 2 - 1 + k / 4 % 4;
        int column = i % 3 * 2 - 1 + k % 4;
        if (row >= 0 && row < 4 && column >= 0 && column < 6) {
          y[((i / 12 * 3 + k / 16) * 4 + row) * 6 + column] += x[i] * w[i / 6 % 2 * 48 + k];
        }
      }
    }
    NDArray given =
        call(
            script,
            "transposed_convolution",
            array(x, 2, 2, 2, 3),
            array(w, 2, 3, 4, 4),
            array(b, 3),
            number(2),
            number(1));
    requireValues(y, given);
  }

  private void bernoulli(TorchScript script) {
    double[] logits = normal(6, 1);
    double[] targets = new SplittableRandom(2).doubles(6).toArray();
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      double p = 1 / (1 + Math.exp(-logits[i]));
      sum -= targets[i] * Math.log(p) + (1 - targets[i]) * Math.log(1 - p);
    }
    String function = "bernoulli_negative_log_likelihood";
    NDArray given = call(script, function, array(logits, 2, 3), array(targets, 2, 3));
    requireValues(new double[] {sum / 2}, given);
  }

  private void gaussianSample(TorchScript script) {
    double[] mean = normal(6, 1);
    double[] logVariance = normal(6, 2);
    double[] noise = normal(6, 3);
    double[] expected = new double[6];
    Arrays.setAll(expected, i -> mean[i] + Math.sqrt(Math.exp(logVariance[i])) * noise[i]);
    NDArray given =
        call(
            script,
            "gaussian_sample",
            array(mean, 2, 3),
            array(logVariance, 2, 3),
            array(noise, 2, 3));
    requireValues(expected, given);
  }

  private void gaussianKl(TorchScript script) {
    double[] m = normal(6, 1);
    double[] v = normal(6, 2);
    double[] expected = new double[6];
    Arrays.setAll(expected, i -> -0.5 * (1 + v[i] - m[i] * m[i] - Math.exp(v[i])));
    requireValues(expected, call(script, "gaussian_kl", array(m, 2, 3), array(v, 2, 3)));
  }

  private void permuteDimensions(TorchScript script) {
    NDArray index = manager().create(new long[] {1, 0, 0, 1}, new Shape(2, 2));
    NDArray given =
        call(script, "permute_dimensions", array(new double[] {1, 2, 3, 4}, 2, 2), index);
    requireValues(new double[] {3, 2, 1, 4}, given);
  }

  private void logDensityRatio(TorchScript script) {
    NDArray given = call(script, "log_density_ratio", array(new double[] {5, 2, 1, 7}, 2, 2));
    requireValues(new double[] {3, -6}, given);
  }

  private void softplus(TorchScript script) {
    double[] x = {-800, -30, -1, 0, 2, 800};
    double[] expected = {0, Math.log1p(Math.exp(-30)), Math.log1p(Math.exp(-1)), Math.log(2), 0, 0};
    expected[4] = Math.log1p(Math.exp(2));
    expected[5] = 800;
    requireValues(expected, call(script, "softplus", array(x, 6)));
  }

  private void logSumExp(TorchScript script) {
    double[] x = {0, 1, 900, 900, -1, 2};
    double[] expected = {
      Math.log(1 + Math.E), 900 + Math.log(2), Math.log(Math.exp(-1) + Math.exp(2))
    };
    requireValues(expected, call(script, "log_sum_exp", array(x, 3, 2)));
  }

  private void sigmoid(TorchScript script) {
    double[] expected = {0, 1 / (1 + Math.E), 0.5, 1};
    requireValues(expected, call(script, "sigmoid", array(new double[] {-800, -1, 0, 800}, 4)));
  }

  private void scale(TorchScript script) {
    NDArray given = call(script, "scale", array(new double[] {-2, 0.5}, 2), number(1.5));
    requireValues(new double[] {-3, 0.75}, given);
  }

  private void atMost(TorchScript script) {
    NDArray given = call(script, "at_most", array(new double[] {-2, 0.5, 3}, 3), number(1));
    requireValues(new double[] {-2, 0.5, 1}, given);
  }

  /** How far apart two channels of one pixel lie in memory: 1 where channels come last. */
  private static double channelStride(NDArray x) {
    TorchScript probe =
        TorchScript.shared(
            """
            def stride(self, x: Tensor) -> Tensor:
              return torch.mul(torch.ones([1]), torch.stride(x, 1))
            """);
    return call(probe, "stride", x).getFloat(0);
  }

  private void channelsLast(TorchScript script) {
    double[] x = normal(2 * 3 * 2 * 2, 1);
    NDArray given = call(script, "channels_last", array(x, 2, 3, 2, 2));
    assertEquals(new Shape(2, 3, 2, 2), given.getShape());
    assertEquals(1, channelStride(given));
    requireValues(x, Operations.contiguous(given));
  }

  private void contiguous(TorchScript script) {
    double[] x = normal(2 * 3 * 2 * 2, 1);
    NDArray other = GradientMode.paused(() -> Operations.channelsLast(array(x, 2, 3, 2, 2)));
    NDArray given = call(script, "contiguous", other);
    assertEquals(4, channelStride(given));
    requireValues(x, given);
  }

  private static NDList gradients(
      TorchScript script,
      List<NDArray> outputs,
      List<NDArray> seeds,
      List<NDArray> inputs,
      NDArray... flags) {
    return script.call(
        new TorchScript.Arguments("gradients")
            .tensorList(outputs)
            .tensorList(seeds)
            .tensorList(inputs)
            .tensors(flags));
  }

  private void gradients(TorchScript script) {
    NDArray x = Operations.leaf(array(new double[] {1, 2}, 2));
    NDArray unused = Operations.leaf(array(new double[] {7, 8}, 2));
    NDArray no = manager().create(0f);
    NDArray yes = manager().create(1f);
    GradientMode.recording(
        () -> {
          NDArray cube = x.mul(x).mul(x);
          NDArray square = x.mul(x);
          List<NDArray> outputs = List.of(cube, square);
          List<NDArray> seeds =
              List.of(array(new double[] {10, 20}, 2), array(new double[] {1, 2}, 2));
          // 3 x^2 and 2 x, weighed by the seeds.
          double[] expected = {30 + 2, 240 + 8};
          NDList first = gradients(script, outputs, seeds, List.of(x, unused), yes, no);
          requireValues(expected, first.get(0));
          requireValues(new double[2], first.get(1));
          List<NDArray> still = List.of(first.get(0));
          List<NDArray> ones = List.of(first.get(0).onesLike());
          assertThrows(
              EngineException.class,
              () -> gradients(script, still, ones, List.of(x), no, no),
              "a gradient can be differentiated only if that was asked for");
          NDArray again = gradients(script, outputs, seeds, List.of(x), yes, yes).get(0);
          requireValues(expected, again);
          NDArray second = gradients(script, List.of(again), ones, List.of(x), no, no).get(0);
          // The derivatives of 30 x^2 + 2 x and of 60 x^2 + 4 x.
          requireValues(new double[] {62, 244}, second);
          gradients(script, List.of(square), List.of(seeds.get(0)), List.of(x), no, no);
          NDArray product = x.mul(unused);
          gradients(script, List.of(product), List.of(seeds.get(1)), List.of(x), no, no);
          assertThrows(
              EngineException.class,
              () -> gradients(script, List.of(product), ones, List.of(x), no, no),
              "the graph is gone");
          return null;
        });
  }

  private boolean finite(TorchScript script, NDArray... arrays) {
    TorchScript.Arguments arguments =
        new TorchScript.Arguments("all_finite").tensorList(List.of(arrays));
    return GradientMode.paused(() -> script.call(arguments).singletonOrThrow().getBoolean());
  }

  private void allFinite(TorchScript script) {
    for (int bad = 0; bad < 4; bad++) {
      NDArray[] arrays = new NDArray[3];
      for (int i = 0; i < 3; i++) {
        arrays[i] = array(new double[] {1, i == bad ? Double.NaN : 2, 3}, 3);
      }
      assertEquals(bad == 3, finite(script, arrays), "array " + bad);
    }
    assertFalse(finite(script, array(new double[] {1, Double.POSITIVE_INFINITY}, 2)));
  }

  /**
   * Kingma & Ba 2015, Algorithm 1, at its third step, for two arrays; the second one's gradient
   * lies in memory column by column.
   */
  private void fusedAdam(TorchScript script) {
    double[] settings = {0.1, 0.7, 0.9, 0.05};
    double[][] tables = new double[8][];
    for (int i = 0; i < 8; i++) {
      tables[i] = Arrays.stream(normal(6, i)).map(Math::abs).toArray();
    }
    NDArray[] arrays = Arrays.stream(tables).map(t -> array(t, 2, 3)).toArray(NDArray[]::new);
    arrays[1] = array(tables[1], 3, 2).transpose();
    TorchScript.Arguments arguments =
        new TorchScript.Arguments("fused_adam")
            .tensorList(List.of(arrays[0], arrays[1]))
            .tensorList(List.of(arrays[2], arrays[3]))
            .tensorList(List.of(arrays[4], arrays[5]))
            .tensorList(List.of(arrays[6], arrays[7]))
            .tensors(manager().create(3f), array(settings, 4));
    GradientMode.paused(() -> script.call(arguments)).close();
    for (int a = 0; a < 2; a++) {
      double[] p = new double[6];
      double[] m = new double[6];
      double[] v = new double[6];
      for (int i = 0; i < 6; i++) {
        double g = tables[a][a == 0 ? i : i % 3 * 2 + i / 3];
        m[i] = 0.7 * tables[4 + a][i] + 0.3 * g;
        v[i] = 0.9 * tables[6 + a][i] + 0.1 * g * g;
        double mean = m[i] / (1 - Math.pow(0.7, 3));
        double deviation = Math.sqrt(v[i] / (1 - Math.pow(0.9, 3)));
        p[i] = tables[2 + a][i] - 0.1 * mean / (deviation + 0.05);
      }
      requireValues(p, arrays[2 + a]);
      requireValues(m, arrays[4 + a]);
      requireValues(v, arrays[6 + a]);
    }
  }

  private void assign(TorchScript script) {
    NDArray target = array(new double[] {1, 2}, 2);
    NDArray source = array(new double[] {3, 4}, 2);
    call(script, "assign", target, source);
    requireValues(new double[] {3, 4}, target);
    requireValues(new double[] {3, 4}, source);
  }

  /** Halving averages over a triangle of four pixels on each axis, weighed 1 3 3 1 inside. */
  private void resize(TorchScript script) {
    double[] x = normal(8 * 8, 1);
    NDArray image = array(x, 1, 1, 8, 8).toType(DataType.FLOAT64, false);
    NDArray given = call(script, "resize", image, number(4));
    assertEquals(new Shape(1, 1, 4, 4), given.getShape());
    double inside = 0;
    double[] weights = {0.125, 0.375, 0.375, 0.125};
    for (int i = 0; i < 16; i++) {
      inside += weights[i / 4] * weights[i % 4] * x[(1 + i / 4) * 8 + 3 + i % 4];
    }
    assertEquals(inside, given.getDouble(0, 0, 1, 2), 1e-12);
    assertTrue(Math.abs(inside) > 1e-3, "or the test would tell nothing");
  }
}
