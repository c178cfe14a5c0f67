package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes, weights and counts of single layers, by hand. */
class LayerTest {

  @Test
  void convolution() {
    Layer layer = new Layer.Convolution(8, 4, 3, 1);
    // (7 + 2 - 4) / 3 + 1 = 2 and (11 + 2 - 4) / 3 + 1 = 4.
    assertArrayEquals(new long[] {8, 2, 4}, layer.output(2, 7, 11));
    assertArrayEquals(new long[] {8, 2, 4, 4}, layer.weights(2, 7, 11).get(0));
    assertArrayEquals(new long[] {8}, layer.weights(2, 7, 11).get(1));
    assertEquals(2 * 4 * 4, layer.fanIn(2, 7, 11));
    assertArrayEquals(new long[] {8, 1, 1}, layer.output(2, 2, 2), "the kernel just fits");
    requireMessage("needs at least as many rows, had 1", () -> layer.output(2, 1, 9));
    requireMessage("takes 3 axes beside the batch, was given [9]", () -> layer.output(9));
  }

  @Test
  void transposedConvolution() {
    Layer layer = new Layer.TransposedConvolution(5, 4, 3, 1);
    // (2 - 1) 3 - 2 + 4 = 5 and (3 - 1) 3 - 2 + 4 = 8.
    assertArrayEquals(new long[] {5, 5, 8}, layer.output(2, 2, 3));
    assertArrayEquals(new long[] {2, 5, 4, 4}, layer.weights(2, 2, 3).get(0));
    assertArrayEquals(new long[] {5}, layer.weights(2, 2, 3).get(1));
    assertEquals(5 * 4 * 4, layer.fanIn(2, 2, 3), "as PyTorch counts");
    requireMessage("a transposed convolution takes 3 axes", () -> layer.output(9));
  }

  @Test
  void denseAndShapes() {
    Layer dense = new Layer.Dense(3);
    assertArrayEquals(new long[] {3}, dense.output(7));
    assertArrayEquals(new long[] {3, 7}, dense.weights(7).get(0));
    assertArrayEquals(new long[] {3}, dense.weights(7).get(1));
    assertEquals(7, dense.fanIn(7));
    requireMessage("a dense layer takes 1 axes", () -> dense.output(1, 2));
    Layer reshape = Layer.reshape(2, 6);
    assertArrayEquals(new long[] {2, 6}, reshape.output(3, 4));
    requireMessage("cannot reshape [3, 5] to [2, 6]", () -> reshape.output(3, 5));
    assertEquals(List.of(), reshape.weights(3, 4));
    assertEquals(0, reshape.fanIn(3, 4));
    long[] shape = {3, 4};
    assertArrayEquals(shape, Layer.rectifier().output(shape));
    assertTrue(Layer.rectifier().output(shape) != shape, "a copy");
    assertEquals(new Layer.Rectifier(0), Layer.rectifier());
  }

  /** Multiply-adds of one image: a kernel's weights, once for every place it is laid at. */
  @Test
  void multiplications() {
    LayeredBlock block =
        new LayeredBlock(
            Precision.FLOAT32,
            new long[] {2, 6, 7},
            List.of(
                new Layer.Convolution(4, 3, 2, 1),
                new Layer.Rectifier(0.2),
                new Layer.TransposedConvolution(5, 2, 2, 0),
                Layer.reshape(5 * 6 * 8),
                new Layer.Dense(10)));
    long first = 4 * 2 * 9 * (3 * 4);
    assertEquals(first, block.firstMultiplications());
    assertEquals(first + 4 * 5 * 4 * (3 * 4) + 240 * 10, block.multiplications());
    assertEquals(5, block.layers().size());
  }

  private static void requireMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
