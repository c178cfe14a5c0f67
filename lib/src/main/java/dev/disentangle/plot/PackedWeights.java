package dev.disentangle.plot;

import java.util.Base64;

/**
 * Weights rounded to whole numbers of two or three bytes: each is a number in {@code -L .. L} times
 * one scale, with {@code L} 32,767 or 8,388,607, so that none moves by more than the largest of
 * them divided by {@code 2 L}. Three bytes keep about what single precision does.
 *
 * @param words the whole numbers
 * @param bytes how many bytes hold one, 2 or 3
 * @param scale what one of them stands for
 */
record PackedWeights(int[] words, int bytes, float scale) {

  static PackedWeights of(float[] weights, int bytes) {
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    float scale = largest == 0 ? 1 : largest / ((1 << 8 * bytes - 1) - 1);
    int[] words = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      words[i] = Math.round(weights[i] / scale);
    }
    return new PackedWeights(words, bytes, scale);
  }

  /** The rounded weights, as the page computes with them. */
  float[] unpack() {
    float[] weights = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      weights[i] = words[i] * scale;
    }
    return weights;
  }

  /** The page's form: little-endian words in Base64, their bytes, and the scale. */
  String script() {
    byte[] packed = new byte[bytes * words.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (byte) (words[i / bytes] >> 8 * (i % bytes));
    }
    return "{scale: "
        + scale
        + ", bytes: "
        + bytes
        + ", data: '"
        + Base64.getEncoder().encodeToString(packed)
        + "'}";
  }
}
