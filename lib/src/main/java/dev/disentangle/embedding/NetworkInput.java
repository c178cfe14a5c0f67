package dev.disentangle.embedding;

/**
 * What a network expects of its images; ours have values in {@code [0, 1]}.
 *
 * @param channels channels, 1 or 3; a grey image is repeated for 3, and a colour image averaged for
 *     1
 * @param side pixels per row and column, to which images are scaled bilinearly; 0 leaves them as
 *     they are
 * @param low what value 0 becomes
 * @param high what value 1 becomes, above {@code low}
 */
public record NetworkInput(int channels, int side, float low, float high) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code channels} is neither 1 nor 3, {@code side} is
   *     negative, or {@code high} is not above {@code low}
   */
  public NetworkInput {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
    }
    if (side < 0) {
      throw new IllegalArgumentException("side must be at least 0, was " + side);
    }
    if (!(high > low)) {
      throw new IllegalArgumentException("high must be above low, " + low + ", was " + high);
    }
  }

  /**
   * Returns what Inception networks are usually fed: 3 channels, 299x299, values in {@code [-1,
   * 1]}.
   *
   * @return the input of an Inception network
   */
  public static NetworkInput inception() {
    return new NetworkInput(3, 299, -1, 1);
  }
}
