package dev.disentangle.plot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Weights rounded to 16 bits: each is a whole number in -32767..32767 times one scale, so that none
 * moves by more than the largest of them divided by 65,534.
 *
 * @param words the whole numbers
 * @param scale what one of them stands for
 */
record PackedWeights(short[] words, float scale) {

  static PackedWeights of(float[] weights) {
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    float scale = largest == 0 ? 1 : largest / Short.MAX_VALUE;
    short[] words = new short[weights.length];
    for (int i = 0; i < weights.length; i++) {
      words[i] = (short) Math.round(weights[i] / scale);
    }
    return new PackedWeights(words, scale);
  }

  /** The rounded weights, as the page computes with them. */
  float[] unpack() {
    float[] weights = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      weights[i] = words[i] * scale;
    }
    return weights;
  }

  /** The page's form: little-endian words in Base64, and the scale. */
  String script() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(words);
    return "{scale: "
        + scale
        + ", data: '"
        + Base64.getEncoder().encodeToString(bytes.array())
        + "'}";
  }
}
