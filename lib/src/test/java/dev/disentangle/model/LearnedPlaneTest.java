package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
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

  /** A decoder of the user's own may be any block of DJL's, and starts with its initialisers. */
  @Test
  void aBlockWithoutSeedsInitialisesItself() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      SequentialBlock decoder =
          new SequentialBlock()
              .add(Linear.builder().setUnits(4).build())
              .add(Blocks.batchFlattenBlock())
              .addSingleton(x -> x.reshape(-1, 1, 2, 2));
      LearnedPlane block = new LearnedPlane(decoder, 3);
      long[] in = {3};
      long[] out = {2, 2, 2};
      SplittableRandom random = new SplittableRandom(1);
      Network network = Network.of("decoder", block, in, out, manager, random);
      NDArray codes = manager.ones(new Shape(2, 3));
      NDArray outputs = GradientMode.paused(() -> network.forward(codes));
      assertEquals(new Shape(2, 2, 2, 2), outputs.getShape());
      assertEquals(0, outputs.get(":, 1").abs().max().getFloat());
      assertNotEquals(0, outputs.get(":, 0").abs().max().getFloat());
      // Weights that there are stay when DJL initialises the block a second time.
      float[] before = network.parameters().get(0).toFloatArray();
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
      assertArrayEquals(before, network.parameters().get(0).toFloatArray());
    }
  }
}
