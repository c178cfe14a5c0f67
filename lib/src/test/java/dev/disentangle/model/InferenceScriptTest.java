package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.ScriptMutants;
import dev.disentangle.tensor.TorchScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quickest way to compute a chain gives what the chain as in training gives. */
class InferenceScriptTest {

  /** Reshaping before the first convolution, rectifiers of both kinds and none behind others. */
  private static final List<Layer> LAYERS =
      List.of(
          Layer.reshape(3, 11, 9),
          new Layer.Convolution(5, 3, 2, 1),
          Layer.rectifier(),
          new Layer.Convolution(4, 2, 1, 0),
          new Layer.Rectifier(0.2),
          new Layer.Convolution(6, 4, 2, 1),
          Layer.rectifier(),
          Layer.reshape(24),
          new Layer.Dense(7),
          Layer.rectifier(),
          new Layer.Dense(3));

  private static final long[] INPUT = {297};

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray drawn(long seed, long... shape) {
    double[] values = new SplittableRandom(seed).doubles(new Shape(shape).size(), -1, 1).toArray();
    float[] numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    return manager.create(numbers, new Shape(shape));
  }

  private float[] call(TorchScript script, int batch) {
    List<NDArray> weights = new ArrayList<>();
    long[] shape = INPUT;
    for (Layer layer : LAYERS) {
      for (long[] weight : layer.weights(shape)) {
        weights.add(drawn(9 + weights.size(), weight));
      }
      shape = layer.output(shape);
    }
    TorchScript.Arguments arguments =
        new TorchScript.Arguments("forward").tensors(drawn(1, batch, 297)).tensorList(weights);
    return GradientMode.paused(() -> script.call(arguments)).singletonOrThrow().toFloatArray();
  }

  /** Sums of at most 80 products below 1 in single precision, three layers of them. */
  private void check(TorchScript script) {
    TorchScript trained = TorchScript.shared(LayeredScript.of(LAYERS, Precision.FLOAT32));
    for (int batch : new int[] {1, 5}) {
      float[] expected = call(trained, batch);
      assertTrue(largest(expected) > 1, Arrays.toString(expected));
      assertArrayEquals(expected, call(script, batch), 2e-4f);
    }
  }

  private static double largest(float... values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void theSameNumbers() {
    check(InferenceScript.compile(LAYERS, Precision.FLOAT32, INPUT).orElseThrow());
  }

  /** A slice of one image, and of two, where a batch of five does not end with a whole one. */
  @Test
  void slicesAreOfImagesThatFitTheCache() {
    String script = InferenceScript.of(LAYERS, INPUT);
    assertTrue(script.contains("torch.split(x, 882)"), script);
    for (int slice : new int[] {1, 2, 5}) {
      check(TorchScript.shared(script.replace("(x, 882)", "(x, " + slice + ")")));
    }
  }

  @Test
  void onlyWhatIsQuicker() {
    List<Layer> dense = List.of(new Layer.Dense(3));
    assertTrue(InferenceScript.compile(dense, Precision.FLOAT32, 5).isEmpty());
    assertTrue(InferenceScript.compile(LAYERS, Precision.BFLOAT16, INPUT).isEmpty());
    List<Layer> both = List.of(LAYERS.get(1), new Layer.TransposedConvolution(1, 4, 2, 1));
    assertTrue(InferenceScript.compile(both, Precision.FLOAT32, 3, 8, 8).isEmpty());
  }

  static Stream<ScriptMutants.Mutant> mutants() {
    return ScriptMutants.table(InferenceScriptTest.class, "inference-mutants.tsv");
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aChangeIsNoticed(ScriptMutants.Mutant mutant) {
    String script = InferenceScript.of(LAYERS, INPUT).replace("(x, 882)", "(x, 2)");
    ScriptMutants.requireNoticed(mutant.in(script), this::check);
  }

  /** A block takes it while nothing is differentiated, and only then. */
  @Test
  void theModeDecides() {
    LayeredBlock block = new LayeredBlock(Precision.FLOAT32, INPUT, LAYERS);
    Network network =
        Network.of("chain", block, INPUT, new long[] {3}, manager, new SplittableRandom(2));
    NDArray x = drawn(1, 40, 297);
    float[] trained = GradientMode.paused(() -> network.forward(x)).toFloatArray();
    float[] quick = GradientMode.inference(() -> network.forward(x)).toFloatArray();
    assertArrayEquals(trained, quick, 1e-5f);
    assertFalse(Arrays.equals(trained, quick), "nothing of 120 numbers was added up otherwise");
    NDList gradients =
        GradientMode.recording(() -> Gradients.of(network.forward(x).sum(), network.parameters()));
    assertTrue(largest(gradients.get(1).toFloatArray()) > 0, "no gradient of the first bias");
    assertFalse(GradientMode.isInference());
    assertEquals(true, GradientMode.inference(GradientMode::isInference));
    assertEquals(
        false, GradientMode.inference(() -> GradientMode.paused(GradientMode::isInference)));
  }
}
