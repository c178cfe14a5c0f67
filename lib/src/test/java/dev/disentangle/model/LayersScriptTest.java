package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.ScriptMutants;
import dev.disentangle.tensor.TorchScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text that a chain of all kinds of layers is written as, against loops in double, and with
 * changes in it.
 */
class LayersScriptTest {

  private static final int BATCH = 2;

  private static final long[] INPUT = {2, 6, 7};

  /** Sizes differ along every axis, so that none can stand for another. */
  private static final List<Layer> LAYERS =
      List.of(
          new Layer.Convolution(3, 3, 2, 1),
          new Layer.Normalisation(),
          new Layer.Rectifier(0.2),
          Layer.reshape(36),
          new Layer.Dense(12),
          Layer.rectifier(),
          Layer.reshape(2, 2, 3),
          new Layer.TransposedConvolution(3, 4, 2, 1),
          new Layer.Rectifier(0.1),
          new Layer.TransposedConvolution(1, 5, 3, 1));

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  private final Map<Precision, Consumer<TorchScript>> checks =
      Map.of(Precision.FLOAT32, this::exact, Precision.BFLOAT16, this::rounded);

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theTextComputesTheLayers(Precision precision) {
    checks.get(precision).accept(TorchScript.shared(LayeredScript.of(LAYERS, precision)));
    String onProcessor = LayeredScript.onProcessor(LAYERS, precision, Set.of());
    checks.get(precision).accept(TorchScript.shared(onProcessor));
  }

  static Stream<ScriptMutants.Mutant> mutants() {
    return ScriptMutants.table(LayersScriptTest.class, "layers-mutants.tsv");
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aChangeIsNoticed(ScriptMutants.Mutant mutant) {
    String script = LayeredScript.of(LAYERS, Precision.FLOAT32);
    ScriptMutants.requireNoticed(mutant.in(script), checks.get(Precision.FLOAT32));
  }

  static Stream<ScriptMutants.Mutant> processorMutants() {
    return ScriptMutants.table(LayersScriptTest.class, "processor-mutants.tsv");
  }

  @ParameterizedTest
  @MethodSource("processorMutants")
  void aChangeOfTheProcessorsTextIsNoticed(ScriptMutants.Mutant mutant) {
    String script = LayeredScript.onProcessor(LAYERS, Precision.FLOAT32, Set.of());
    ScriptMutants.requireNoticed(mutant.in(script), checks.get(Precision.FLOAT32));
  }

  static Stream<ScriptMutants.Mutant> roundedMutants() {
    return ScriptMutants.table(LayersScriptTest.class, "bfloat16-mutants.tsv");
  }

  @ParameterizedTest
  @MethodSource("roundedMutants")
  void aChangeOfTheRoundingIsNoticed(ScriptMutants.Mutant mutant) {
    String script = LayeredScript.of(LAYERS, Precision.BFLOAT16);
    ScriptMutants.requireNoticed(mutant.in(script), checks.get(Precision.BFLOAT16));
  }

  private static double[] drawn(long count, long seed) {
    return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  private static List<double[]> weights() {
    List<double[]> weights = new ArrayList<>();
    long[] shape = INPUT;
    for (Layer layer : LAYERS) {
      for (long[] weight : layer.weights(shape)) {
        weights.add(drawn(Arrays.stream(weight).reduce(1, (a, b) -> a * b), 7 + weights.size()));
      }
      shape = layer.output(shape);
    }
    return weights;
  }

  private NDArray call(TorchScript script, DataType type) {
    NDArray x = manager.create(drawn(BATCH * 84, 1), new Shape(BATCH, 2, 6, 7));
    List<NDArray> weights = new ArrayList<>();
    List<double[]> values = weights();
    long[] shape = INPUT;
    for (Layer layer : LAYERS) {
      for (long[] weight : layer.weights(shape)) {
        NDArray exact = manager.create(values.get(weights.size()), new Shape(weight));
        weights.add(exact.toType(type, false));
      }
      shape = layer.output(shape);
    }
    TorchScript.Arguments arguments =
        new TorchScript.Arguments("forward").tensors(x.toType(type, false)).tensorList(weights);
    return GradientMode.paused(() -> script.call(arguments).singletonOrThrow());
  }

  /** In double precision the layers err by sums of some dozen products. */
  private void exact(TorchScript script) {
    NDArray given = call(script, DataType.FLOAT64);
    requireClose(given, DataType.FLOAT64, 1e-12);
  }

  /** Eight bits of mantissa: near the exact numbers, but not nearer than such numbers can be. */
  private void rounded(TorchScript script) {
    NDArray given = call(script, DataType.FLOAT32);
    double largest = requireClose(given, DataType.FLOAT32, 0.3);
    assertTrue(largest > 1e-3, "every product is rounded, " + largest);
  }

  private double requireClose(NDArray given, DataType type, double tolerance) {
    double[] expected = plain();
    assertEquals(type, given.getDataType());
    assertEquals(expected.length, given.size());
    double[] values = given.toType(DataType.FLOAT64, false).toDoubleArray();
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], values[i], tolerance, "element " + i);
      largest = Math.max(largest, Math.abs(expected[i] - values[i]));
    }
    return largest;
  }

  /** The whole chain in loops. */
  private static double[] plain() {
    List<double[]> weights = weights();
    double[] x = drawn(BATCH * 84, 1);
    long[] shape = INPUT;
    int used = 0;
    for (Layer layer : LAYERS) {
      long[] next = layer.output(shape);
      if (layer instanceof Layer.Rectifier rectifier) {
        x = Arrays.stream(x).map(v -> v > 0 ? v : rectifier.slope() * v).toArray();
      } else if (layer instanceof Layer.Normalisation) {
        x = normalised(x);
      } else if (!(layer instanceof Layer.Reshape)) {
        x = plain(layer, x, shape, next, weights.get(used), weights.get(used + 1));
        used += 2;
      }
      shape = next;
    }
    return x;
  }

  /** Every image by itself. */
  private static double[] normalised(double... x) {
    double[] y = x.clone();
    int own = x.length / BATCH;
    for (int image = 0; image < BATCH; image++) {
      double[] values = Arrays.copyOfRange(x, image * own, (image + 1) * own);
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < own; i++) {
        y[image * own + i] = (values[i] - mean) / Math.sqrt(variance + 1e-5);
      }
    }
    return y;
  }

  private static double[] plain(
      Layer layer, double[] x, long[] from, long[] to, double[] weight, double[] bias) {
    if (layer instanceof Layer.Convolution c) {
      return shifted(x, from, to, weight, bias, c.kernel(), c.stride(), c.padding(), false);
    }
    if (layer instanceof Layer.TransposedConvolution c) {
      return shifted(x, from, to, weight, bias, c.kernel(), c.stride(), c.padding(), true);
    }
    int inputs = (int) from[0];
    double[] y = new double[(int) (BATCH * to[0])];
    for (int i = 0; i < y.length; i++) {
      int unit = (int) (i % to[0]);
      y[i] = bias[unit];
      for (int j = 0; j < inputs; j++) {
        y[i] += weight[unit * inputs + j] * x[(int) (i / to[0]) * inputs + j];
      }
    }
    return y;
  }

  /** Sums over all pairs of a small and a large picture's pixels that a kernel connects. */
  private static double[] shifted(
      double[] x,
      long[] from,
      long[] to,
      double[] weight,
      double[] bias,
      int kernel,
      int stride,
      int padding,
      boolean transposed) {
    long[] small = transposed ? from : to;
    long[] large = transposed ? to : from;
    double[] y = new double[(int) (BATCH * to[0] * to[1] * to[2])];
    Arrays.setAll(y, i -> bias[(int) (i / (to[1] * to[2]) % to[0])]);
    for (int image = 0; image < BATCH; image++) {
      for (int s = 0; s < small[0] * small[1] * small[2]; s++) {
        for (int k = 0; k < large[0] * kernel * kernel; k++) {
          long row = s / small[2] % small[1] * stride - padding + k / kernel % kernel;
          long column = s % small[2] * stride - padding + k % kernel;
          if (row >= 0 && row < large[1] && column >= 0 && column < large[2]) {
            long channel = s / (small[1] * small[2]);
            int at = (int) (image * small[0] * small[1] * small[2] + s);
            long filter = k / (kernel * kernel);
            int other = (int) (((image * large[0] + filter) * large[1] + row) * large[2] + column);
            double w = weight[(int) (channel * large[0] * kernel * kernel + k)];
            y[transposed ? other : at] += w * x[transposed ? at : other];
          }
        }
      }
    }
    return y;
  }
}
