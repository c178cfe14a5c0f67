package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.disentangle.data.ImageShape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.TorchScript;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayeredBlockTest {

  @Test
  void aDenseChainIsMatrixProducts() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LayeredBlock block =
          new LayeredBlock(
              Precision.FLOAT32,
              new long[] {2},
              List.of(new Layer.Dense(3), new Layer.Rectifier(0.2), new Layer.Dense(1)));
      Network network =
          Network.of(
              "chain", block, new long[] {2}, new long[] {1}, manager, new SplittableRandom(1));
      float[] x = {0.3f, -1.2f};
      NDArray y = GradientMode.paused(() -> network.forward(manager.create(x, new Shape(1, 2))));
      List<float[]> w = network.parameters().stream().map(NDArray::toFloatArray).toList();
      double expected = w.get(3)[0];
      for (int unit = 0; unit < 3; unit++) {
        double sum = w.get(1)[unit] + w.get(0)[2 * unit] * x[0] + w.get(0)[2 * unit + 1] * x[1];
        expected += w.get(2)[unit] * (sum > 0 ? sum : 0.2 * sum);
      }
      assertEquals(expected, y.getFloat(0, 0), 1e-6);
    }
  }

  /** One output channel is computed in another way than several; both against the definition. */
  @ParameterizedTest
  @CsvSource({"1, 3, 4, 4, 2, 1", "2, 3, 4, 4, 2, 1", "1, 5, 3, 3, 2, 1", "1, 2, 7, 5, 3, 0"})
  void transposedConvolutionsAddUpShiftedKernels(
      int filters, int rows, int columns, int kernel, int stride, int padding) {
    int channels = 3;
    long[] input = {channels, rows, columns};
    Layer layer = new Layer.TransposedConvolution(filters, kernel, stride, padding);
    SplittableRandom random = new SplittableRandom(5);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LayeredBlock block = new LayeredBlock(Precision.FLOAT32, input, List.of(layer));
      Network network = Network.of("layer", block, input, layer.output(input), manager, random);
      double[] drawn = random.doubles(2L * channels * rows * columns, -1, 1).toArray();
      NDArray x = manager.create(drawn, new Shape(2, channels, rows, columns));
      NDArray y =
          GradientMode.paused(() -> network.forward(x.toType(DataType.FLOAT32, false)).duplicate());
      float[] w = network.parameters().get(0).duplicate().toFloatArray();
      float[] bias = network.parameters().get(1).toFloatArray();
      long[] size = layer.output(input);
      double[] expected = new double[(int) (2 * size[0] * size[1] * size[2])];
      Arrays.setAll(expected, i -> bias[(int) (i / (size[1] * size[2]) % size[0])]);
      for (int at = 0; at < drawn.length; at++) {
        int image = at / (channels * rows * columns);
        int channel = at / (rows * columns) % channels;
        for (int k = 0; k < filters * kernel * kernel; k++) {
          int row = at / columns % rows * stride - padding + k / kernel % kernel;
          int column = at % columns * stride - padding + k % kernel;
          if (row >= 0 && row < size[1] && column >= 0 && column < size[2]) {
            long filter = k / (kernel * kernel);
            int to = (int) (((image * size[0] + filter) * size[1] + row) * size[2] + column);
            expected[to] += drawn[at] * w[channel * filters * kernel * kernel + k];
          }
        }
      }
      // Sums of at most 12 products in single precision, each below 1.
      float[] given = y.toFloatArray();
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], given[i], 2e-6);
      }
    }
  }

  @Test
  void thePapersNetworksHaveThePapersSizes() {
    ImageShape images = new ImageShape(1, 64, 64);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Architecture paper = Architectures.paper();
      long[] pixels = {1, 64, 64};
      Network encoder =
          Network.of(
              "encoder",
              paper.encoder(images, 20),
              pixels,
              new long[] {20},
              manager,
              new SplittableRandom(0));
      Network decoder =
          Network.of(
              "decoder",
              paper.decoder(10, images),
              new long[] {10},
              pixels,
              manager,
              new SplittableRandom(0));
      Network discriminator =
          Network.of(
              "discriminator",
              paper.discriminator(10, 2),
              new long[] {10},
              new long[] {2},
              manager,
              new SplittableRandom(0));
      // Kernels and biases of Kim & Mnih 2018, Table 1, counted by hand.
      long convolutions = (16 + 1) * 32 + (512 + 1) * 32 + (512 + 1) * 64 + (1024 + 1) * 64;
      assertEquals(convolutions + 1025 * 128 + 129 * 20, count(encoder));
      assertEquals(11 * 1000 + 5 * 1001 * 1000 + 1001 * 2, count(discriminator));
      NDArray logits = GradientMode.paused(() -> decoder.forward(manager.zeros(new Shape(3, 10))));
      assertEquals(new Shape(3, 1, 64, 64), logits.getShape());
      assertTrue(
          paper.encoder(images, 20) instanceof LayeredBlock block
              && block.multiplications()
                  == 32L * 32 * 32 * 16
                      + 16L * 16 * 32 * 512
                      + 8 * 8 * 64 * 512
                      + 4 * 4 * 64 * 1024
                      + 1024 * 128
                      + 128 * 20);
    }
  }

  private static long count(Network network) {
    return network.weights().values().stream().mapToLong(NDArray::size).sum();
  }

  @ParameterizedTest
  @EnumSource(InitialWeights.class)
  void initialWeightsAreUniformInTheirRange(InitialWeights initial) {
    double bound = initial == InitialWeights.LECUN ? Math.sqrt(3) / 10 : 0.1;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Network network =
          Network.of(
              "dense",
              new LayeredBlock(
                  Precision.FLOAT32, initial, new long[] {100}, List.of(new Layer.Dense(400))),
              new long[] {100},
              new long[] {400},
              manager,
              new SplittableRandom(1));
      float[] values = network.parameters().get(0).toFloatArray();
      double squares = 0;
      double sum = 0;
      for (float value : values) {
        assertTrue(Math.abs(value) <= bound + 1e-7);
        assertTrue(value != 0, "every value is drawn");
        squares += value * value;
        sum += value;
      }
      // The mean of 40,000 draws has a deviation of b / sqrt(3) / 200; here four times that.
      assertEquals(0, sum / values.length, 0.012 * bound);
      // A uniform variable in (-b, b) has variance b^2 / 3; 40,000 draws give it to 1 %.
      assertEquals(bound * bound / 3, squares / values.length, bound * bound / 3 * 0.03);
      float largestBias = 0;
      for (float value : network.parameters().get(1).toFloatArray()) {
        largestBias = Math.max(largestBias, Math.abs(value));
      }
      assertEquals(initial == InitialWeights.LECUN ? 0 : 0.1, largestBias, 0.01);
    }
  }

  /** Convolutions are faster with kernels whose channels lie side by side in memory. */
  @Test
  void kernelsAreLaidOutChannelsLast() {
    TorchScript probe =
        TorchScript.shared(
            """
            def stride(self, x: Tensor) -> Tensor:
              return torch.mul(torch.ones([1]), torch.stride(x, 1))
            """);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LayeredBlock block =
          new LayeredBlock(
              Precision.FLOAT32, new long[] {3, 8, 8}, List.of(new Layer.Convolution(5, 4, 2, 1)));
      Network network =
          Network.of(
              "layer",
              block,
              new long[] {3, 8, 8},
              new long[] {5, 4, 4},
              manager,
              new SplittableRandom(1));
      NDArray kernel = network.parameters().get(0);
      NDArray stride = GradientMode.paused(() -> probe.call("stride", kernel).singletonOrThrow());
      assertEquals(1, stride.getFloat(0));
      assertEquals(
          List.of("layer/0_weight", "layer/0_bias"), List.copyOf(network.weights().keySet()));
    }
  }

  @Test
  void blocksOfDjlServeAsNetworksToo() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      SequentialBlock block = new SequentialBlock().add(Linear.builder().setUnits(4).build());
      Network network =
          Network.of(
              "mine", block, new long[] {3}, new long[] {4}, manager, new SplittableRandom(0));
      NDArray y = GradientMode.paused(() -> network.forward(manager.ones(new Shape(5, 3))));
      assertEquals(new Shape(5, 4), y.getShape());
      assertEquals(16, count(network));
      assertEquals(block, network.block());
      assertTrue(network.parameters().stream().allMatch(NDArray::hasGradient));
    }
  }

  @Test
  void bfloat16StaysNearSinglePrecision() {
    ImageShape images = new ImageShape(1, 32, 32);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Architectures.Convolutional small = (Architectures.Convolutional) Architectures.small();
      float[] exact = encode(small, images, manager);
      float[] rounded = encode(small.withPrecision(Precision.BFLOAT16), images, manager);
      // Eight bits of mantissa: relative errors of 2^-8 per product, averaged over many products.
      assertArrayEquals(exact, rounded, 0.02f);
    }
  }

  private static float[] encode(Architecture networks, ImageShape images, NDManager manager) {
    Network encoder =
        Network.of(
            "encoder",
            networks.encoder(images, 8),
            new long[] {1, 32, 32},
            new long[] {8},
            manager,
            new SplittableRandom(5));
    return GradientMode.paused(() -> encoder.forward(manager.ones(new Shape(2, 1, 32, 32))))
        .toFloatArray();
  }

  @Test
  void whatDoesNotFitIsNamed() {
    ImageShape odd = new ImageShape(1, 60, 64);
    assertMessage("60", () -> Architectures.paper().encoder(odd, 20));
    assertMessage("presets", () -> Architectures.of(odd));
    assertMessage(
        "layer 1 Dense[units=4]: a dense layer takes 1 axes beside the batch, was given [2, 6, 6]",
        () ->
            new LayeredBlock(
                Precision.FLOAT32,
                new long[] {1, 8, 8},
                List.of(new Layer.Convolution(2, 3, 1, 0), new Layer.Dense(4))));
    assertMessage(
        "at least one layer", () -> new LayeredBlock(Precision.FLOAT32, new long[] {1}, List.of()));
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      SequentialBlock block = new SequentialBlock().add(Linear.builder().setUnits(4).build());
      assertMessage(
          "the encoder must turn",
          () ->
              Network.of(
                  "encoder",
                  block,
                  new long[] {3},
                  new long[] {5},
                  manager,
                  new SplittableRandom(0)));
      Network network =
          Network.of(
              "chain",
              new LayeredBlock(Precision.FLOAT32, new long[] {2}, List.of(new Layer.Dense(3))),
              new long[] {2},
              new long[] {3},
              manager,
              new SplittableRandom(1));
      assertMessage("(1, 5)", () -> network.forward(manager.ones(new Shape(1, 5))));
      assertMessage("(0, 2)", () -> network.forward(manager.ones(new Shape(0, 2))));
    }
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    Throwable error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
