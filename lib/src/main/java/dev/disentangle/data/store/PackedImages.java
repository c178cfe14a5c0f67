package dev.disentangle.data.store;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Images of zeros and ones, one bit per pixel: dSprites takes 377 MB instead of 3 GB.
 *
 * <p>Pixels follow each other in the order of the image, the most significant bit of a word first,
 * and every image starts on a new 64-bit word. The store is cut into blocks, so that its size is
 * not limited by the length of an array. It never changes, so any number of threads may read it.
 */
public final class PackedImages implements ImageStore {

  /** Where the images come from: writes a run of them, possibly from several threads at once. */
  @FunctionalInterface
  public interface Source {
    /**
     * Writes images {@code [first, first + count)}.
     *
     * @param first index of the first image
     * @param count how many images
     * @param words receives the images from position 0 on; zeros before
     */
    void write(int first, int count, long[] words);
  }

  /**
   * Just below 1 MiB: Java's default collector gives larger arrays whole regions, and up to half of
   * the memory would be lost.
   */
  static final int BLOCK_BYTES = (1 << 20) - 64;

  private final int perImage;
  private final int size;
  private final int wordsPerImage;
  private final int imagesPerBlock;
  private final long[][] blocks;

  PackedImages(int perImage, int size, long[][] blocks) {
    this.perImage = perImage;
    this.size = size;
    this.wordsPerImage = wordsPerImage(perImage);
    this.imagesPerBlock = imagesPerBlock(perImage);
    this.blocks = blocks;
  }

  /**
   * Packs images that a source writes, on all cores.
   *
   * @param perImage pixels per image
   * @param size how many images
   * @param source writes them
   * @return the packed images
   * @throws IllegalArgumentException if {@code size} is less than 1
   */
  public static PackedImages of(int perImage, int size, Source source) {
    long[][] blocks = emptyBlocks(perImage, size);
    int perBlock = imagesPerBlock(perImage);
    IntStream.range(0, blocks.length)
        .parallel()
        .forEach(
            b -> {
              int first = b * perBlock;
              source.write(first, Math.min(perBlock, size - first), blocks[b]);
            });
    return new PackedImages(perImage, size, blocks);
  }

  static long[][] emptyBlocks(int perImage, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    int perBlock = imagesPerBlock(perImage);
    long[][] blocks = new long[(size - 1) / perBlock + 1][];
    for (int b = 0; b < blocks.length; b++) {
      int count = Math.min(perBlock, size - b * perBlock);
      blocks[b] = new long[Math.multiplyExact(count, wordsPerImage(perImage))];
    }
    return blocks;
  }

  static int wordsPerImage(int perImage) {
    return (perImage - 1) / Long.SIZE + 1;
  }

  static int imagesPerBlock(int perImage) {
    return Math.max(1, BLOCK_BYTES / (Long.BYTES * wordsPerImage(perImage)));
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
      BitExpander.expand(
          blocks[index / imagesPerBlock], firstWord(index), pixels, position, perImage);
      position += perImage;
    }
  }

  /**
   * Tells whether a pixel is on.
   *
   * @param image index of the image
   * @param pixel position within the image, {@code (channel * height + row) * width + column} for
   *     images stored so
   * @return true if the pixel is 1
   * @throws IndexOutOfBoundsException if {@code image} or {@code pixel} is out of range
   */
  public boolean isOn(int image, int pixel) {
    Objects.checkIndex(image, size);
    Objects.checkIndex(pixel, perImage);
    long word = blocks[image / imagesPerBlock][firstWord(image) + pixel / Long.SIZE];
    return word << pixel % Long.SIZE < 0;
  }

  /**
   * Counts the pixels that are on, over all images.
   *
   * @return the count
   */
  public long pixelsOn() {
    long count = 0;
    for (long[] block : blocks) {
      for (long word : block) {
        count += Long.bitCount(word);
      }
    }
    return count;
  }

  /**
   * Counts the pixels in which two stores of the same size differ, image by image.
   *
   * @param other the other store
   * @return one count per image
   * @throws IllegalArgumentException if the two differ in number of images or pixels
   */
  public int[] differences(PackedImages other) {
    if (perImage != other.perImage || size != other.size) {
      throw new IllegalArgumentException(
          "other must hold "
              + size
              + " images of "
              + perImage
              + " pixels, was "
              + other.size
              + " of "
              + other.perImage);
    }
    int[] counts = new int[size];
    for (int image = 0; image < size; image++) {
      long[] ours = blocks[image / imagesPerBlock];
      long[] theirs = other.blocks[image / imagesPerBlock];
      int first = firstWord(image);
      for (int w = first; w < first + wordsPerImage; w++) {
        counts[image] += Long.bitCount(ours[w] ^ theirs[w]);
      }
    }
    return counts;
  }

  /**
   * Computes the SHA-256 of a run of images, each as its words in big-endian order (for 64x64, 512
   * bytes per image, eight pixels per byte, most significant bit first).
   *
   * @param first index of the first image
   * @param count how many images
   * @return 64 hexadecimal digits
   * @throws IndexOutOfBoundsException if the run is not within {@code [0, size())}
   */
  public String sha256(int first, int count) {
    Objects.checkFromIndexSize(first, count, size);
    MessageDigest digest = Checksums.newSha256();
    byte[] bytes = new byte[wordsPerImage * Long.BYTES];
    for (int image = first; image < first + count; image++) {
      long[] block = blocks[image / imagesPerBlock];
      int word = firstWord(image);
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = (byte) (block[word + (b >> 3)] >>> 56 - 8 * (b & 7));
      }
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Computes the SHA-256 of all images.
   *
   * @return 64 hexadecimal digits
   */
  public String sha256() {
    return sha256(0, size);
  }

  private int firstWord(int image) {
    return image % imagesPerBlock * wordsPerImage;
  }
}
