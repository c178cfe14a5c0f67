package dev.disentangle.data.format;

/** Collects the nested arrays that a library gives into one array of bytes. */
final class ByteArray {

  private final byte[] bytes;
  private int filled;

  private ByteArray(int length) {
    this.bytes = new byte[length];
  }

  static ByteArray ofLength(int length) {
    return new ByteArray(length);
  }

  /** Appends numbers 0 to 255 from an array of any depth, the last index varying fastest. */
  void append(Object array) {
    if (array instanceof byte[] row) {
      System.arraycopy(row, 0, bytes, filled, row.length);
      filled += row.length;
    } else if (array instanceof int[] row) {
      for (int value : row) {
        bytes[filled++] = (byte) value;
      }
    } else {
      for (Object part : (Object[]) array) {
        append(part);
      }
    }
  }

  byte[] bytes() {
    return bytes;
  }
}
