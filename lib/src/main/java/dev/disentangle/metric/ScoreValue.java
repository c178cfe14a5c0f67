package dev.disentangle.metric;

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
