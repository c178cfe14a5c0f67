package dev.disentangle.metric;

/**
 * One row of a table of scores.
 *
 * @param name the value's name, such as {@code mig} or {@code dci.completeness}
 * @param value the value; never NaN
 * @param estimator how it was estimated: the protocol, the sample sizes and settings that matter
 * @param points how many images' codes entered
 * @param seed the seed of the sampling
 */
public record ScoreValue(String name, double value, String estimator, int points, long seed) {

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if {@code value} is NaN
   */
  public ScoreValue {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("value of " + name + " must be a number, was NaN");
    }
  }
}
