package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.data.ImageShape;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.AdamOptimizer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers, gradients and optimiser together, which lay the same weights out in memory each its way.
 */
class NetworkUpdateTest {

  private static final double RATE = 0.01;

  /** Kingma & Ba 2015: the first update of each weight is the rate, against its gradient's sign. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyWeightMovesAgainstItsOwnGradient(int channels) {
    Architecture small = Architectures.small();
    ImageShape images = new ImageShape(channels, 32, 32);
    long[] picture = {channels, 32, 32};
    SplittableRandom random = new SplittableRandom(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      requireMoves(
          Network.of("encoder", small.encoder(images, 8), picture, new long[] {8}, manager, random),
          normal(manager, random, 2, channels, 32, 32));
      requireMoves(
          Network.of("decoder", small.decoder(4, images), new long[] {4}, picture, manager, random),
          normal(manager, random, 2, 4));
    }
  }

  private static NDArray normal(NDManager manager, SplittableRandom random, long... shape) {
    return new Noise(manager, DataType.FLOAT32, random).normal(shape);
  }

  private static void requireMoves(Network network, NDArray x) {
    NDList gradients =
        GradientMode.recording(
            () -> Gradients.of(network.forward(x).square().sum(), network.parameters()));
    List<float[]> slopes = gradients.stream().map(NetworkUpdateTest::rows).toList();
    List<float[]> before = network.parameters().stream().map(NetworkUpdateTest::rows).toList();
    try (AdamOptimizer adam = new AdamOptimizer(Adam.of(RATE), network.parameters())) {
      adam.update(gradients);
    }
    List<String> names = List.copyOf(network.weights().keySet());
    for (int i = 0; i < before.size(); i++) {
      float[] after = rows(network.parameters().get(i));
      for (int j = 0; j < after.length; j++) {
        float slope = slopes.get(i)[j];
        if (Math.abs(slope) > 1e-4) { // far above the epsilon of 1e-8
          double expected = before.get(i)[j] - RATE * Math.signum(slope);
          assertEquals(expected, after[j], 1e-4 * RATE + 1e-6, names.get(i) + " " + j);
        }
      }
    }
  }

  private static float[] rows(NDArray array) {
    return GradientMode.paused(() -> Operations.contiguous(array)).toFloatArray();
  }
}
