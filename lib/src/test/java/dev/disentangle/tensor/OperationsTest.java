package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {

  /** Sums of a few hundred products of numbers near 1, in single precision. */
  private static final float TOLERANCE = 1e-4f;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(7);

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray random(long... shape) {
    Shape wanted = new Shape(shape);
    float[] values = new float[(int) wanted.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, wanted);
  }

  @ParameterizedTest
  @CsvSource({"1,4,4,2,1", "3,5,4,2,1", "2,7,3,1,0", "2,3,2,3,0", "4,6,5,2,2"})
  void transposedConvolutionIsAPlainSumOfShiftedKernels(
      int channels, int side, int kernel, int stride, int padding) {
    NDArray x = random(2, channels, side, side);
    NDArray weight = random(channels, 3, kernel, kernel);
    NDArray bias = random(3);
    NDArray y = Operations.transposedConvolution(x, weight, bias, stride, padding);
    int out = (side - 1) * stride - 2 * padding + kernel;
    assertEquals(new Shape(2, 3, out, out), y.getShape());
    assertArrayEquals(
        plainTransposed(x, weight, bias, stride, padding, out), y.toFloatArray(), TOLERANCE);
  }

  private static float[] plainTransposed(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding, int out) {
    float[] in = x.toFloatArray();
    float[] w = weight.toFloatArray();
    float[] b = bias.toFloatArray();
    int channels = (int) x.getShape().get(1);
    int side = (int) x.getShape().get(2);
    int kernel = (int) weight.getShape().get(2);
    float[] y = new float[2 * 3 * out * out];
    for (int i = 0; i < y.length; i++) {
      y[i] = b[i / (out * out) % 3];
    }
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < side * side; p++) {
          for (int f = 0; f < 3; f++) {
            for (int k = 0; k < kernel * kernel; k++) {
              int row = p / side * stride - padding + k / kernel;
              int column = p % side * stride - padding + k % kernel;
              if (row >= 0 && row < out && column >= 0 && column < out) {
                y[((n * 3 + f) * out + row) * out + column] +=
                    in[(n * channels + c) * side * side + p] * w[(c * 3 + f) * kernel * kernel + k];
              }
            }
          }
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1,8,4,2,1", "3,7,3,1,1", "2,9,5,2,0"})
  void convolutionIsTheAdjointOfTransposedConvolution(
      int channels, int side, int kernel, int stride, int padding) {
    // <conv(x), y> = <x, convT(y)> when the transposed one undoes the same sizes exactly.
    NDArray weight = random(3, channels, kernel, kernel);
    NDArray x = random(2, channels, side, side);
    NDArray ahead = Operations.convolution(x, weight, manager.zeros(new Shape(3)), stride, padding);
    NDArray y = random(ahead.getShape().getShape());
    NDArray back =
        Operations.transposedConvolution(
            y, weight, manager.zeros(new Shape(channels)), stride, padding);
    if (back.getShape().equals(x.getShape())) {
      float left = ahead.mul(y).sum().getFloat();
      float right = back.mul(x).sum().getFloat();
      assertEquals(left, right, 1e-3f * Math.max(1, Math.abs(left)));
    } else {
      assertTrue(back.getShape().get(2) < side, "the last rows were never looked at");
    }
  }

  @Test
  void bernoulliLossAgreesWithTheFormulaAndDoesNotOverflow() {
    NDArray logits = random(3, 2, 5, 5).mul(4);
    NDArray targets = random(3, 2, 5, 5).gt(0).toType(logits.getDataType(), false);
    double expected = 0;
    float[] l = logits.toFloatArray();
    float[] t = targets.toFloatArray();
    for (int i = 0; i < l.length; i++) {
      expected += Math.log1p(Math.exp(-Math.abs(l[i]))) + Math.max(l[i], 0) - t[i] * l[i];
    }
    float loss = Operations.bernoulliNegativeLogLikelihood(logits, targets).getFloat();
    assertEquals(expected / 3, loss, 1e-4 * expected);
    NDArray extreme = manager.create(new float[] {500, -500}, new Shape(1, 2));
    NDArray wrong = manager.create(new float[] {0, 1}, new Shape(1, 2));
    assertEquals(1000, Operations.bernoulliNegativeLogLikelihood(extreme, wrong).getFloat(), 1e-3);
  }

  @Test
  void numbersScaleAndBound() {
    NDArray x = manager.create(new float[] {-2, 0.5f, 3});
    assertArrayEquals(new float[] {-3, 0.75f, 4.5f}, Operations.scale(x, 1.5).toFloatArray());
    assertArrayEquals(new float[] {-2, 0.5f, 1}, Operations.atMost(x, 1).toFloatArray());
  }

  /** What DJL's own {@code mul(Number)} does not promise; it fails this test on most runs. */
  @Test
  void theFactorOutlivesACollectionBeforeTheGradient() {
    List<NDArray> leaves = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      leaves.add(Operations.leaf(manager.ones(new Shape(2))));
    }
    List<NDArray> losses =
        GradientMode.recording(
            () -> leaves.stream().map(x -> Operations.scale(x, 3).sum()).toList());
    System.gc();
    List<ByteBuffer> litter = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      litter.add(ByteBuffer.allocateDirect(8).putLong(0, -1));
    }
    List<NDArray> ones = losses.stream().map(NDArray::onesLike).toList();
    NDList gradients = Gradients.of(losses, ones, leaves, Gradients.Graph.FREE);
    for (NDArray gradient : gradients) {
      assertArrayEquals(new float[] {3, 3}, gradient.toFloatArray());
    }
    assertEquals(5_000, litter.size());
  }

  @Test
  void gaussianKlHasItsClosedForm() {
    NDArray mean = manager.create(new float[] {0, 1, -2}, new Shape(1, 3));
    NDArray logVariance = manager.create(new float[] {0, 0, (float) Math.log(4)}, new Shape(1, 3));
    float[] kl = Operations.gaussianKl(mean, logVariance).toFloatArray();
    // (m^2 + v - log v - 1) / 2
    assertArrayEquals(new float[] {0, 0.5f, (float) ((4 + 4 - Math.log(4) - 1) / 2)}, kl, 1e-6f);
  }

  @Test
  void permutingDimensionsKeepsEveryColumnsValues() {
    NDArray z = random(6, 2);
    NDArray index =
        manager.create(new long[] {5, 0, 4, 1, 3, 2, 2, 3, 1, 4, 0, 5}, new Shape(6, 2));
    float[] before = z.toFloatArray();
    float[] after = Operations.permuteDimensions(z, index).toFloatArray();
    for (int row = 0; row < 6; row++) {
      assertEquals(before[(5 - row) * 2], after[row * 2]);
      assertEquals(before[row * 2 + 1], after[row * 2 + 1]);
    }
  }

  @Test
  void assigningKeepsTheTargetsMemoryOrder() {
    NDArray source = random(2, 3, 4, 5);
    NDArray target = Operations.channelsLast(manager.zeros(new Shape(2, 3, 4, 5)));
    Operations.assign(target, source);
    assertArrayEquals(source.toFloatArray(), Operations.contiguous(target).toFloatArray());
    assertThrows(
        IllegalArgumentException.class,
        () -> Operations.assign(target, manager.zeros(new Shape(2, 3, 5, 4))));
  }

  @Test
  void allFiniteSeesOneBadNumber() {
    NDArray good = random(50);
    NDArray bad = random(50);
    bad.set(new ai.djl.ndarray.index.NDIndex(17), Float.NaN);
    assertTrue(Operations.allFinite(List.of(good, random(3))));
    assertFalse(Operations.allFinite(List.of(good, bad)));
    assertThrows(IllegalArgumentException.class, () -> Operations.allFinite(List.of()));
  }

  @Test
  void badScriptsAndStridesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TorchScript.compile("def f(self, x: Tensor) -> Tensor:\n  return torch.no_such(x)\n"));
    NDArray x = random(1, 1, 4, 4);
    assertThrows(
        IllegalArgumentException.class, () -> Operations.convolution(x, x, random(1), 0, 0));
  }
}
