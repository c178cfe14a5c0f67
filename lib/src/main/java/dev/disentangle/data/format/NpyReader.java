package dev.disentangle.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one array of NumPy's {@code npy} format from front to back, whatever its size: a few
 * elements at a time into an array of the caller's.
 *
 * <p>Pickled arrays (element type {@code |O}) are refused, since to unpickle is to run a program.
 * So are structured types.
 */
public final class NpyReader implements AutoCloseable {

  private static final int PIECE = 1 << 16;

  private final CountedInput input;
  private final NpyHeader header;
  private final NpyType type;
  private long remaining;

  /**
   * Reads the header.
   *
   * @param stream the file's bytes
   * @param name the file's name, for errors
   * @param available how many bytes the stream can have at most
   */
  NpyReader(InputStream stream, String name, long available) throws IOException {
    this.input = new CountedInput(stream, name);
    this.header = NpyHeader.read(input);
    this.type = NpyType.of(header.type());
    if (type == null) {
      throw input.error(
          10, "numbers of 1, 2, 4 or 8 bytes (not pickled objects), found type " + header.type());
    }
    this.remaining = header.elements();
    if (remaining > (available - input.position()) / type.bytes()) {
      throw input.error(
          input.position(),
          remaining
              + " elements of "
              + type.bytes()
              + " bytes, but the file is too short for them");
    }
  }

  /**
   * Opens a file.
   *
   * @param file an {@code npy} file
   * @return a reader at the first element
   * @throws IOException if the file cannot be read, is not of this format, or holds other elements
   *     than plain numbers
   */
  public static NpyReader open(Path file) throws IOException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), PIECE);
    try {
      return new NpyReader(stream, file.toString(), Files.size(file));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Returns what the file says about its array.
   *
   * @return type, order and shape
   */
  public NpyHeader header() {
    return header;
  }

  /**
   * Returns how many elements are still to be read.
   *
   * @return elements after the current position
   */
  public long remaining() {
    return remaining;
  }

  /**
   * Checks the array's shape.
   *
   * @param axes the expected length of each axis, -1 where any will do
   * @throws IOException if the array has another shape
   */
  public void requireShape(long... axes) throws IOException {
    boolean same = header.shape().size() == axes.length;
    for (int a = 0; same && a < axes.length; a++) {
      same = axes[a] == -1 || axes[a] == header.shape().get(a);
    }
    if (!same) {
      throw input.error(10, "shape " + Arrays.toString(axes) + ", found " + header.shape());
    }
  }

  /**
   * Checks that the last index varies fastest, as it does unless the writer asked for Fortran's
   * order.
   *
   * @throws IOException if the first index varies fastest
   */
  public void requireRowMajor() throws IOException {
    if (header.fortranOrder() && header.shape().size() > 1) {
      throw input.error(10, "the last index to vary fastest, found Fortran order");
    }
  }

  /**
   * Reads the next bytes of an array of one-byte elements, in the order of the file, which {@link
   * #requireRowMajor} checks.
   *
   * @param into receives the bytes
   * @param offset where to begin
   * @param count how many
   * @throws IOException if the elements are not bytes, or the file ends first
   */
  public void readBytes(byte[] into, int offset, int count) throws IOException {
    if (type.bytes() != 1) {
      throw input.error(10, "elements of one byte, found type " + header.type());
    }
    take(count);
    input.read(into, offset, count, "more of an array " + header.shape());
  }

  /**
   * Reads the next elements as doubles, in the order of the file, which {@link #requireRowMajor}
   * checks; every type but 64-bit integers beyond 2<sup>53</sup> fits.
   *
   * @param into receives the numbers
   * @param offset where to begin
   * @param count how many
   * @throws IOException if the file ends first
   */
  public void readDoubles(double[] into, int offset, int count) throws IOException {
    read(count, (buffer, i) -> into[offset + i] = type.number(buffer));
  }

  /**
   * Reads all remaining elements as floats.
   *
   * @return the numbers, the last index varying fastest, whichever order the file has
   * @throws IOException if the file ends first, there are more than an array holds, or some
   *     elements of an array in Fortran's order have been read before
   */
  public float[] allFloats() throws IOException {
    float[] all = new float[countOfAll()];
    Places places = places();
    read(all.length, (buffer, i) -> all[places.next()] = (float) type.number(buffer));
    return all;
  }

  /**
   * Reads all remaining elements as doubles.
   *
   * @return the numbers, the last index varying fastest, whichever order the file has
   * @throws IOException if the file ends first, there are more than an array holds, or some
   *     elements of an array in Fortran's order have been read before
   */
  public double[] allDoubles() throws IOException {
    double[] all = new double[countOfAll()];
    Places places = places();
    read(all.length, (buffer, i) -> all[places.next()] = type.number(buffer));
    return all;
  }

  /**
   * Reads all remaining elements as integers.
   *
   * @return the numbers, the last index varying fastest, whichever order the file has
   * @throws IOException if the file ends first, there are more than an array holds, a number is not
   *     an integer of 32 bits, or some elements of an array in Fortran's order have been read
   *     before
   */
  public int[] allInts() throws IOException {
    int[] all = new int[countOfAll()];
    Places places = places();
    long[] wrong = {-1};
    long start = header.elements() - remaining;
    read(
        all.length,
        (buffer, i) -> {
          double number = type.number(buffer);
          all[places.next()] = (int) number;
          if ((int) number != number && wrong[0] < 0) {
            wrong[0] = i;
          }
        });
    if (wrong[0] >= 0) {
      throw input.error(
          input.position(), "integers of 32 bits; element " + (start + wrong[0]) + " is not one");
    }
    return all;
  }

  /**
   * Checks that the array has been read to its end and that nothing follows; for an entry of an
   * {@code npz}, also that its checksum is right.
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

  /** Where in an array whose last index varies fastest the file's next element belongs. */
  private interface Places {
    int next();
  }

  private Places places() throws IOException {
    if (!header.fortranOrder() || header.shape().size() < 2 || remaining == 0) {
      int[] place = {0};
      return () -> place[0]++;
    }
    if (remaining < header.elements()) {
      throw input.error(
          10, "the last index to vary fastest for reading in parts, found Fortran order");
    }
    int[] shape = header.shape().stream().mapToInt(Math::toIntExact).toArray();
    return new FortranPlaces(shape)::next;
  }

  private interface Sink {
    void accept(ByteBuffer buffer, int element);
  }

  private void read(int count, Sink sink) throws IOException {
    take(count);
    ByteBuffer buffer =
        ByteBuffer.allocate(PIECE)
            .order(type.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int perPiece = PIECE / type.bytes();
    for (int first = 0; first < count; first += perPiece) {
      int some = Math.min(perPiece, count - first);
      input.read(buffer.array(), 0, some * type.bytes(), "more of an array " + header.shape());
      buffer.clear();
      for (int i = 0; i < some; i++) {
        sink.accept(buffer, first + i);
      }
    }
  }

  private void take(int count) throws IOException {
    if (count > remaining) {
      throw input.error(
          input.position(), count + " more elements, but only " + remaining + " remain");
    }
    remaining -= count;
  }

  private int countOfAll() throws IOException {
    if (remaining > Integer.MAX_VALUE - 8) {
      throw input.error(10, "at most 2^31 - 9 elements, found shape " + header.shape());
    }
    return (int) remaining;
  }
}
