package dev.disentangle.data.store;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;

/**
 * Packs a stream of images with one byte per pixel into {@link PackedImages}, on another thread
 * than the one that reads (and inflates) the stream.
 */
public final class ImagePacker {

  private static final int IMAGES_AT_ONCE = 512;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long GATHER = 0x8040201008040201L;

  private final int perImage;
  private final int wordsPerImage;
  private final int imagesPerBlock;

  private ImagePacker(int perImage) {
    this.perImage = perImage;
    this.wordsPerImage = PackedImages.wordsPerImage(perImage);
    this.imagesPerBlock = PackedImages.imagesPerBlock(perImage);
  }

  /**
   * Reads and packs all images.
   *
   * @param perImage pixels per image
   * @param size how many images follow in the stream
   * @param name the stream's name, for errors
   * @param pixels the stream, each pixel a byte 0 or 1
   * @return the packed images
   * @throws IOException if the stream fails or a pixel is neither 0 nor 1
   */
  public static PackedImages pack(int perImage, int size, String name, ByteImages.Source pixels)
      throws IOException {
    ImagePacker packer = new ImagePacker(perImage);
    long[][] blocks = PackedImages.emptyBlocks(perImage, size);
    byte[] reading = new byte[IMAGES_AT_ONCE * packer.perImage];
    byte[] packing = new byte[reading.length];
    CompletableFuture<Integer> wrong = CompletableFuture.completedFuture(-1);
    for (int first = 0; first < size; first += IMAGES_AT_ONCE) {
      int count = Math.min(IMAGES_AT_ONCE, size - first);
      pixels.read(reading, 0, count * packer.perImage);
      require(wrong.join(), name);
      byte[] full = reading;
      reading = packing;
      packing = full;
      int start = first;
      wrong = CompletableFuture.supplyAsync(() -> packer.pack(full, count, blocks, start));
    }
    require(wrong.join(), name);
    return new PackedImages(perImage, size, blocks);
  }

  private static void require(int wrongImage, String name) throws IOException {
    if (wrongImage >= 0) {
      throw new IOException(
          name + ", image " + wrongImage + ": expected pixels 0 or 1, found others");
    }
  }

  /** Packs a run; returns the first image with a wrong pixel, or -1. */
  private int pack(byte[] bytes, int count, long[][] blocks, int first) {
    for (int i = 0; i < count; i++) {
      long[] block = blocks[(first + i) / imagesPerBlock];
      int word = (first + i) % imagesPerBlock * wordsPerImage;
      if (!packImage(bytes, i * perImage, block, word)) {
        return first + i;
      }
    }
    return -1;
  }

  private boolean packImage(byte[] bytes, int position, long[] words, int first) {
    long wrong = 0;
    for (int p = 0; p < perImage; p += Byte.SIZE) {
      int count = perImage - p;
      long eight =
          count >= Byte.SIZE
              ? (long) EIGHT_BYTES.get(bytes, position + p)
              : fewerThanEight(bytes, position + p, count);
      wrong |= eight & ~LOW_BITS;
      // The product's top byte collects the eight low bits, the first pixel's as the highest.
      long packed = eight * GATHER >>> 56;
      words[first + p / Long.SIZE] |= packed << 56 - p % Long.SIZE;
    }
    return wrong == 0;
  }

  private static long fewerThanEight(byte[] bytes, int position, int count) {
    long few = 0;
    for (int b = 0; b < count; b++) {
      few |= (bytes[position + b] & 0xFFL) << Byte.SIZE * b;
    }
    return few;
  }
}
