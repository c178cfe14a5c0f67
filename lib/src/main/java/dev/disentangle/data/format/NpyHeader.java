package dev.disentangle.data.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What NumPy's array file says about its array: the type of its elements, their order, and the
 * array's size (NumPy enhancement proposal 1, "A simple file format for NumPy arrays").
 *
 * @param type the element type in NumPy's notation, such as {@code <f4} or {@code |u1}
 * @param fortranOrder whether the first index varies fastest
 * @param shape the length of each axis; empty for a single number
 */
public record NpyHeader(String type, boolean fortranOrder, List<Long> shape) {

  private static final Pattern DICTIONARY =
      Pattern.compile(
          "\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,"
              + "\\s*'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)\\s*,?\\s*\\}\\s*");
  private static final int LONGEST = 1 << 16;

  /** Copies the shape, so that it cannot change. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of all axes, which may exceed what an array of Java can hold
   * @throws ArithmeticException if it exceeds a {@code long}
   */
  public long elements() {
    long product = 1;
    for (long axis : shape) {
      product = Math.multiplyExact(product, axis);
    }
    return product;
  }

  /** Reads the magic number, the version and the dictionary from the stream's current position. */
  static NpyHeader read(CountedInput input) throws IOException {
    byte[] magic = input.bytes(8, "the magic number \\x93NUMPY and a version");
    if ((magic[0] & 0xFF) != 0x93 || !"NUMPY".equals(ascii(magic, 1, 5))) {
      throw input.error(0, "the magic number \\x93NUMPY");
    }
    int major = magic[6];
    if (major < 1 || major > 3) {
      throw input.error(6, "version 1, 2 or 3, found " + major);
    }
    byte[] size = input.bytes(major == 1 ? 2 : 4, "the header's length");
    long length = 0;
    for (int b = size.length - 1; b >= 0; b--) {
      length = length << 8 | size[b] & 0xFF;
    }
    if (length > LONGEST) {
      throw input.error(8, "a header of at most " + LONGEST + " bytes, found " + length);
    }
    byte[] text = input.bytes((int) length, "a header of " + length + " bytes");
    return parse(ascii(text, 0, text.length), input);
  }

  private static NpyHeader parse(String text, CountedInput input) throws IOException {
    // A structured element type is a list and does not match: it is refused like any other text.
    Matcher matcher = DICTIONARY.matcher(text);
    if (!matcher.matches()) {
      throw input.error(
          10, "a dictionary of descr, fortran_order and shape, found " + text.strip());
    }
    List<Long> shape = new ArrayList<>();
    for (String axis : matcher.group(3).split(",")) {
      String digits = axis.strip().replace("L", "");
      if (!digits.isEmpty()) {
        shape.add(axis(digits, input));
      }
    }
    NpyHeader header = new NpyHeader(matcher.group(1), matcher.group(2).equals("True"), shape);
    try {
      header.elements();
    } catch (ArithmeticException e) {
      throw input.error(10, "fewer than 2^63 elements, found shape " + shape);
    }
    return header;
  }

  private static long axis(String digits, CountedInput input) throws IOException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw input.error(10, "axes below 2^63, found " + digits);
    }
  }

  private static String ascii(byte[] bytes, int from, int count) {
    return new String(bytes, from, count, StandardCharsets.ISO_8859_1);
  }
}
