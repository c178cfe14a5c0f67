package dev.disentangle.learner;

/** Checks of hyperparameters; every message names the number, its range and its value. */
public final class Requirements {

  private Requirements() {}

  /**
   * Asks for a weight.
   *
   * @param name what the message calls it
   * @param value the number
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static void nonNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, was " + value);
    }
  }

  /**
   * Asks for a count.
   *
   * @param name what the message calls it
   * @param value the number
   * @param least the smallest allowed
   * @throws IllegalArgumentException if it is smaller
   */
  public static void count(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }

  /**
   * Asks for a scale.
   *
   * @param name what the message calls it
   * @param value the number
   * @throws IllegalArgumentException if it is not above 0 or not finite
   */
  public static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and above 0, was " + value);
    }
  }

  /**
   * Asks for a share of which something is left.
   *
   * @param name what the message calls it
   * @param value the number
   * @throws IllegalArgumentException if it is not in {@code [0, 1)}
   */
  public static void share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), was " + value);
    }
  }
}
