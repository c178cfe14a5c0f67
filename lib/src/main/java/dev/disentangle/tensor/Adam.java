package dev.disentangle.tensor;

/**
 * Settings of the Adam optimiser (Kingma &amp; Ba 2015, Algorithm 1).
 *
 * @param learningRate step size, above 0 and below 1,000
 * @param beta1 decay of the mean of gradients, in {@code [0, 1)}
 * @param beta2 decay of the mean of squared gradients, in {@code [0, 1)}
 * @param epsilon added to the denominator, above 0 and finite
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Adam {
    require(
        learningRate > 0 && learningRate < 1e3,
        "learningRate",
        learningRate,
        "above 0 and below 1,000");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
    require(
        epsilon > 0 && epsilon < Double.POSITIVE_INFINITY, "epsilon", epsilon, "above 0, finite");
  }

  /**
   * The published defaults, decay 0.9 and 0.999 and epsilon 1e-8.
   *
   * @param learningRate step size
   * @return the settings
   */
  public static Adam of(double learningRate) {
    return of(learningRate, 0.9, 0.999);
  }

  /**
   * Settings with epsilon 1e-8.
   *
   * @param learningRate step size
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @return the settings
   */
  public static Adam of(double learningRate, double beta1, double beta2) {
    return new Adam(learningRate, beta1, beta2, 1e-8);
  }

  /**
   * The same settings at another learning rate.
   *
   * @param rate step size
   * @return the new settings
   */
  public Adam withLearningRate(double rate) {
    return new Adam(rate, beta1, beta2, epsilon);
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range + ", was " + value);
    }
  }
}
