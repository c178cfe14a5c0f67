package dev.disentangle.data.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads arrays of bytes in the IDX format of MNIST (LeCun, Cortes and Burges, "The MNIST database
 * of handwritten digits"), plain or compressed by gzip, from front to back.
 *
 * <p>The format: two zero bytes, the element type (8 for bytes, the only one read here), the number
 * of axes, the length of each axis as a big-endian integer, then the elements, the last index
 * varying fastest.
 */
public final class IdxReader implements AutoCloseable {

  private static final int UNSIGNED_BYTE = 8;
  private static final int MOST_AXES = 8;
  private static final long LARGEST_EXPANSION = 1032;

  private final CountedInput input;
  private final List<Integer> shape;
  private final long elements;
  private long remaining;

  private IdxReader(CountedInput input, long available) throws IOException {
    this.input = input;
    byte[] magic = input.bytes(4, "the magic number of an IDX file");
    if (magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTE) {
      throw input.error(0, "bytes 0, 0, 8 of an IDX file of unsigned bytes, found " + hex(magic));
    }
    if (magic[3] < 1 || magic[3] > MOST_AXES) {
      throw input.error(3, "1 to " + MOST_AXES + " axes, found " + magic[3]);
    }
    this.shape = shape(input, magic[3]);
    long product = 1;
    for (int axis : shape) {
      if (axis != 0 && product > (available - input.position()) / axis) {
        throw input.error(4, "a file long enough for shape " + shape);
      }
      product *= axis;
    }
    this.elements = product;
    this.remaining = product;
  }

  /**
   * Opens a file.
   *
   * @param file an IDX file; compressed if it begins with gzip's magic number, whatever its name
   * @return a reader at the first element
   * @throws IOException if the file cannot be read, is not of this format, or holds other elements
   *     than bytes
   */
  public static IdxReader open(Path file) throws IOException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      stream.mark(2);
      boolean compressed = stream.read() == 0x1F && stream.read() == 0x8B;
      stream.reset();
      long available = Files.size(file) * (compressed ? LARGEST_EXPANSION : 1);
      InputStream plain = compressed ? new GZIPInputStream(stream, 1 << 16) : stream;
      return new IdxReader(new CountedInput(plain, file.toString()), available);
    } catch (EOFException | ZipException e) {
      stream.close();
      throw new IOException(
          file + ", offset 0: expected a sound gzip header, " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static List<Integer> shape(CountedInput input, int axes) throws IOException {
    ByteBuffer lengths = ByteBuffer.wrap(input.bytes(4 * axes, axes + " axis lengths"));
    List<Integer> shape = new ArrayList<>();
    for (int a = 0; a < axes; a++) {
      int length = lengths.getInt();
      if (length < 0) {
        throw input.error(
            4 + 4 * a, "an axis below 2^31, found " + Integer.toUnsignedString(length));
      }
      shape.add(length);
    }
    return List.copyOf(shape);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes);
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
   * Returns the number of elements.
   *
   * @return the product of all axes
   */
  public long elements() {
    return elements;
  }

  /**
   * Checks the number of axes.
   *
   * @param axes how many the array must have
   * @param meaning what they are, for the error
   * @throws IOException if the array has another number of axes
   */
  public void requireAxes(int axes, String meaning) throws IOException {
    if (shape.size() != axes) {
      throw input.error(3, axes + " axes (" + meaning + "), found " + shape.size());
    }
  }

  /**
   * Reads the next elements.
   *
   * @param into receives the bytes, each without sign
   * @param offset where to begin
   * @param count how many
   * @throws IOException if fewer remain or the file ends first
   */
  public void readBytes(byte[] into, int offset, int count) throws IOException {
    if (count > remaining) {
      throw input.error(
          input.position(), count + " more elements, but only " + remaining + " remain");
    }
    remaining -= count;
    input.read(into, offset, count, "more of an array " + shape);
  }

  /**
   * Checks that the array has been read to its end, that nothing follows and, for a compressed
   * file, that its checksum is right.
   *
   * @throws IOException if elements remain, bytes follow or the checksum is wrong
   */
  public void end() throws IOException {
    if (remaining > 0) {
      throw input.error(input.position(), "to read " + remaining + " more elements first");
    }
    input.end();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
