package dev.disentangle.metric;

import java.util.List;

/**
 * One entry of a table of scores: computes one or more named values from the same encoded points as
 * all other scores.
 *
 * <p>The scores of this package are listed in {@link StandardScores}; a user's own implements this
 * interface and is added by {@link ScoreOptions#plus}.
 */
public interface Score {

  /**
   * Returns the name by which the score is selected, such as {@code dci}.
   *
   * @return a short lower-case name
   */
  String name();

  /**
   * Tells whether the score is defined for an input, such as only where factors are known.
   *
   * @param input the encoded points
   * @return false to leave the score out of the table
   */
  boolean applies(ScoreInput input);

  /**
   * Computes the score.
   *
   * @param input the encoded points
   * @return its values, one row of the table each
   * @throws IllegalArgumentException if the input is unusable, such as fewer points than bins; the
   *     table then has one row with this score's name, a dash and the message
   */
  List<ScoreValue> compute(ScoreInput input);
}
