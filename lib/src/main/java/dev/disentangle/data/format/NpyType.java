package dev.disentangle.data.format;

import java.nio.ByteBuffer;

/**
 * A plain element type of NumPy.
 *
 * @param littleEndian the order of an element's bytes
 * @param kind {@code b} truth value, {@code i} integer, {@code u} integer without sign, {@code f}
 *     floating point
 * @param bytes bytes per element
 */
record NpyType(boolean littleEndian, char kind, int bytes) {

  /** Reads NumPy's notation, such as {@code <f4}; null if it is not a plain number. */
  static NpyType of(String text) {
    if (!text.matches("[<>|=][biuf][1248]")) {
      return null;
    }
    NpyType type = new NpyType(text.charAt(0) != '>', text.charAt(1), text.charAt(2) - '0');
    boolean exists =
        switch (type.kind) {
          case 'b' -> type.bytes == 1;
          case 'f' -> type.bytes >= 2;
          default -> true;
        };
    return exists ? type : null;
  }

  /** Takes one element from a buffer whose byte order is set. */
  double number(ByteBuffer buffer) {
    if (kind == 'f') {
      return switch (bytes) {
        case 2 -> half(buffer.getShort());
        case 4 -> buffer.getFloat();
        default -> buffer.getDouble();
      };
    }
    long value =
        switch (bytes) {
          case 1 -> buffer.get();
          case 2 -> buffer.getShort();
          case 4 -> buffer.getInt();
          default -> buffer.getLong();
        };
    if (kind == 'u' && bytes < 8) {
      return value & (1L << 8 * bytes) - 1;
    }
    return kind == 'u' && value < 0 ? value + 0x1p64 : value;
  }

  /** IEEE 754's binary16: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24;
    } else {
      magnitude = Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
