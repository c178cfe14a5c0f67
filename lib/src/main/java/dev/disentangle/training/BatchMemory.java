package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageShape;
import java.nio.ByteBuffer;

/**
 * One worker's memory for batches of images, filled again for each. New memory for every batch
 * would have to be cleared, and stays taken until Java's garbage collector finds it.
 */
final class BatchMemory {

  private final ImageShape shape;
  private final float[] pixels;
  private final ByteBuffer bytes;

  /**
   * Takes memory.
   *
   * @param manager says what kind of memory PyTorch reads from
   * @param shape size of an image
   * @param count most images of a batch
   */
  BatchMemory(NDManager manager, ImageShape shape, int count) {
    this.shape = shape;
    this.pixels = new float[count * shape.pixels()];
    this.bytes = manager.allocateDirect(pixels.length * Float.BYTES);
  }

  /**
   * Returns where to write a batch.
   *
   * @return {@code [count, channels, height, width]}, with what the batch before left there
   */
  float[] pixels() {
    return pixels;
  }

  /**
   * Hands what was written to PyTorch.
   *
   * @param scope owner of the array
   * @param count how many images were written, from position 0 on
   * @return {@code [count, channels, height, width]}; the next call overwrites it
   */
  NDArray images(NDManager scope, int count) {
    int numbers = count * shape.pixels();
    bytes.asFloatBuffer().put(pixels, 0, numbers);
    ByteBuffer written = bytes.slice(0, numbers * Float.BYTES).order(bytes.order());
    Shape batch = new Shape(count, shape.channels(), shape.height(), shape.width());
    return scope.create(written, batch, DataType.FLOAT32);
  }
}
