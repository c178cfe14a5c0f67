package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A decoder's outputs with one more channel, which holds one learned number everywhere. */
class LearnedPlaneTest {

  @Test
  void theLastChannelIsTheNumber() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LayeredBlock decoder =
          new LayeredBlock(
              Precision.FLOAT32,
              new long[] {3},
              List.of(new Layer.Dense(12), Layer.reshape(2, 2, 3)));
      LearnedPlane block = new LearnedPlane(decoder, 3);
      Network network =
          Network.of(
              "decoder",
              block,
              new long[] {3},
              new long[] {3, 2, 3},
              manager,
              new SplittableRandom(1));
      NDArray value = network.weights().get("decoder/value");
      assertArrayEquals(new float[] {0}, value.toFloatArray());
      Operations.assign(value, manager.create(new float[] {-0.7f}));
      NDArray codes = manager.ones(new Shape(4, 3));
      NDArray outputs = GradientMode.paused(() -> network.forward(codes));
      assertEquals(new Shape(4, 3, 2, 3), outputs.getShape());
      float[] plane = new float[4 * 6];
      Arrays.fill(plane, -0.7f);
      assertArrayEquals(plane, outputs.get(":, 2").toFloatArray());
      Shape[] shapes = block.getOutputShapes(new Shape[] {new Shape(5, 3)});
      assertArrayEquals(new Shape[] {new Shape(5, 3, 2, 3)}, shapes);
    }
  }
}
