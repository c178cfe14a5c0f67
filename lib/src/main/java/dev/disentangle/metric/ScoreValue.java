package dev.disentangle.metric;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One row of a table of scores.
 *
 * @param name the value's name, such as {@code mig} or {@code dci.completeness}
 * @param value the value; NaN where it is not defined or could not be computed, which tables print
 *     as {@code -}
 * @param estimator how it was estimated: the protocol, the sample sizes and settings that matter;
 *     or why there is no value
 * @param points how many images' codes entered
 * @param seed the seed of the sampling
 */
public record ScoreValue(String name, double value, String estimator, int points, long seed) {

  /**
   * Rounds a number as tables show it: to four significant digits, with an exponent where it is
   * very large or very small.
   *
   * @param number any number
   * @return its text, such as {@code 0.1833}
   */
  public static String digits(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros();
    double size = Math.abs(number);
    boolean plain = size == 0 || size >= 1e-4 && size < 1e7;
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  /** The same value with more on how it was estimated. */
  ScoreValue withNote(String note) {
    return new ScoreValue(name, value, estimator + note, points, seed);
  }

  /** The row of a score that failed. */
  static ScoreValue failed(Score score, RuntimeException reason, ScoreInput input) {
    String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    // What goes wrong inside a score, rather than with its input, is told with its kind.
    String why = reason instanceof IllegalArgumentException ? message : reason.toString();
    int points = input.codes().size();
    return new ScoreValue(
        score.name(), Double.NaN, "not computed: " + why, points, input.options().seed());
  }
}
