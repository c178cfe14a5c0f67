package dev.disentangle.data;

import java.io.IOException;

/**
 * Images of one byte per value in memory, 0 to 255 for values 0 to 1, cut into blocks so that the
 * store is not limited by the length of an array.
 */
final class ByteImages implements ImageStore {

  /** Reads the next bytes of a stream of images. */
  @FunctionalInterface
  interface Source {
    /** Fills part of an array with what follows in the stream. */
    void read(byte[] into, int offset, int count) throws IOException;
  }

  private static final float[] VALUES = values();

  private final ImageShape shape;
  private final int size;
  private final int imagesPerBlock;
  private final byte[][] blocks;

  private ByteImages(ImageShape shape, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    this.shape = shape;
    this.size = size;
    this.imagesPerBlock = Math.max(1, PackedImages.BLOCK_BYTES / shape.pixels());
    this.blocks = new byte[(size - 1) / imagesPerBlock + 1][];
  }

  /** Reads all images, channel by channel and row by row each, block by block. */
  static ByteImages read(ImageShape shape, int size, Source source) throws IOException {
    ByteImages images = new ByteImages(shape, size);
    for (int b = 0; b < images.blocks.length; b++) {
      int count = Math.min(images.imagesPerBlock, size - b * images.imagesPerBlock);
      images.blocks[b] = new byte[count * shape.pixels()];
      source.read(images.blocks[b], 0, images.blocks[b].length);
    }
    return images;
  }

  /** Turns a byte into a value in [0, 1]. */
  static float value(byte pixel) {
    return VALUES[pixel & 0xFF];
  }

  private static float[] values() {
    float[] values = new float[256];
    for (int v = 0; v < 256; v++) {
      values[v] = v / 255f;
    }
    return values;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    Batches.check(indices, size, shape, pixels);
    int perImage = shape.pixels();
    int position = 0;
    for (int index : indices) {
      byte[] block = blocks[index / imagesPerBlock];
      int first = index % imagesPerBlock * perImage;
      for (int p = 0; p < perImage; p++) {
        pixels[position++] = VALUES[block[first + p] & 0xFF];
      }
    }
  }
}
