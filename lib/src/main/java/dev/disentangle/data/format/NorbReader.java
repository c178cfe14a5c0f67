package dev.disentangle.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads NORB's binary matrix files (named {@code .mat}, but not MATLAB's), plain or compressed by
 * gzip: a magic number for the element type, the number of axes, at least three axis lengths, then
 * the elements, all little-endian.
 */
public final class NorbReader implements AutoCloseable {

  private static final int BYTES = 0x1E3D4C55;
  private static final int INTEGERS = 0x1E3D4C54;
  private static final long LARGEST_EXPANSION = 1032;

  private final CountedInput input;
  private final List<Integer> shape;
  private final int elementBytes;

  private NorbReader(CountedInput input, long available) throws IOException {
    this.input = input;
    int magic = integer("a magic number");
    if (magic != BYTES && magic != INTEGERS) {
      throw input.error(
          0, String.format("magic number %08x or %08x, found %08x", BYTES, INTEGERS, magic));
    }
    this.elementBytes = magic == BYTES ? 1 : Integer.BYTES;
    int axes = integer("the number of axes");
    if (axes < 1 || axes > 8) {
      throw input.error(4, "1 to 8 axes, found " + axes);
    }
    List<Integer> lengths = new ArrayList<>();
    long room = (available - 8 - 4L * Math.max(3, axes)) / elementBytes;
    for (int a = 0; a < Math.max(3, axes); a++) {
      int length = integer("the length of axis " + a);
      if (a < axes) {
        if (length < 1 || length > room) {
          throw input.error(8 + 4 * a, "axes that fit the file, found " + length);
        }
        room /= length;
        lengths.add(length);
      }
    }
    this.shape = List.copyOf(lengths);
  }

  /**
   * Opens a file.
   *
   * @param file the file; compressed if its name ends in {@code .gz}
   * @return a reader at the first element, to be closed
   * @throws IOException if the file cannot be read or is not of this format
   */
  public static NorbReader open(Path file) throws IOException {
    boolean compressed = file.toString().endsWith(".gz");
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      InputStream plain = compressed ? new GZIPInputStream(stream, 1 << 16) : stream;
      long available = Files.size(file) * (compressed ? LARGEST_EXPANSION : 1);
      return new NorbReader(new CountedInput(plain, file.toString()), available);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw new IOException(file + ": expected a binary matrix, " + e.getMessage(), e);
    }
  }

  private int integer(String expected) throws IOException {
    return ByteBuffer.wrap(input.bytes(4, expected)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /**
   * Returns the array's size.
   *
   * @return the length of each axis
   */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * Reads the next elements of an array of bytes.
   *
   * @param into receives the bytes
   * @param offset where to begin
   * @param count how many
   * @throws IOException if the array holds integers or the file ends first
   */
  public void readBytes(byte[] into, int offset, int count) throws IOException {
    if (elementBytes != 1) {
      throw input.error(0, "an array of bytes, found integers");
    }
    input.read(into, offset, count, "more of an array " + shape);
  }

  /**
   * Reads the next integers.
   *
   * @param count how many
   * @return the integers
   * @throws IOException if the array holds bytes or the file ends first
   */
  public int[] readInts(int count) throws IOException {
    if (elementBytes != Integer.BYTES) {
      throw input.error(0, "an array of integers, found bytes");
    }
    byte[] bytes = input.bytes(Math.multiplyExact(count, Integer.BYTES), "more of " + shape);
    int[] integers = new int[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(integers);
    return integers;
  }

  /**
   * Checks that nothing follows.
   *
   * @throws IOException if bytes follow or a compressed file's checksum is wrong
   */
  public void end() throws IOException {
    input.end();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
