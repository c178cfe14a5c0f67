package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
   * @param shape size of an image
   * @param count most images of a batch
   */
  BatchMemory(ImageShape shape, int count) {
    this.shape = shape;
    this.pixels = new float[count * shape.pixels()];
    this.bytes =
        ByteBuffer.allocateDirect(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Returns how many images there is memory for.
   *
   * @return at least 1
   */
  int count() {
    return pixels.length / shape.pixels();
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
   * Lays out what was written as PyTorch reads it; {@link #images} has it from then on.
   *
   * @param count how many images were written, from position 0 on
   */
  void lay(int count) {
    bytes.asFloatBuffer().put(pixels, 0, count * shape.pixels());
  }

  /**
   * Hands images to PyTorch, which reads them where they are.
   *
   * @param scope owner of the array
   * @param count how many images, from position 0 on
   * @return {@code [count, channels, height, width]}; the next {@link #lay} overwrites it
   */
  NDArray images(NDManager scope, int count) {
    int length = count * shape.pixels() * Float.BYTES;
    ByteBuffer written = bytes.slice(0, length).order(bytes.order());
    Shape batch = new Shape(count, shape.channels(), shape.height(), shape.width());
    return scope.create(written, batch, DataType.FLOAT32);
  }
}
