package dev.disentangle.data.store;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Images of one byte per value in memory, 0 to 255 for values 0 to 1, cut into blocks so that the
 * store is not limited by the length of an array.
 */
public final class ByteImages implements ImageStore {

  /** Reads the next bytes of a stream of images. */
  @FunctionalInterface
  public interface Source {
    /**
     * Fills part of an array with what follows in the stream.
     *
     * @param into receives the bytes
     * @param offset where to begin
     * @param count how many
     * @throws IOException if the stream fails or ends first
     */
    void read(byte[] into, int offset, int count) throws IOException;
  }

  private static final float[] VALUES = values();

  private final int perImage;
  private final int size;
  private final int imagesPerBlock;
  private final byte[][] blocks;

  private ByteImages(int perImage, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    this.perImage = perImage;
    this.size = size;
    this.imagesPerBlock = Math.max(1, PackedImages.BLOCK_BYTES / perImage);
    this.blocks = new byte[(size - 1) / imagesPerBlock + 1][];
  }

  /**
   * Reads all images, block by block.
   *
   * @param perImage values per image
   * @param size how many images
   * @param source the stream, image by image
   * @return the images
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if {@code size} is less than 1
   */
  public static ByteImages read(int perImage, int size, Source source) throws IOException {
    ByteImages images = new ByteImages(perImage, size);
    for (int b = 0; b < images.blocks.length; b++) {
      int count = Math.min(images.imagesPerBlock, size - b * images.imagesPerBlock);
      images.blocks[b] = new byte[count * perImage];
      source.read(images.blocks[b], 0, images.blocks[b].length);
    }
    return images;
  }

  /**
   * Turns a byte into a value in [0, 1].
   *
   * @param pixel the byte, without sign
   * @return the value
   */
  public static float value(byte pixel) {
    return VALUES[pixel & 0xFF];
  }

  private static float[] values() {
    float[] values = new float[256];
    for (int v = 0; v < 256; v++) {
      values[v] = v / 255f;
    }
    return values;
  }

  /**
   * Computes the SHA-256 of all images' bytes.
   *
   * @return 64 hexadecimal digits
   */
  public String sha256() {
    MessageDigest digest = Checksums.newSha256();
    for (byte[] block : blocks) {
      digest.update(block);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int perImage() {
    return perImage;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size, perImage, pixels);
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
