package dev.disentangle.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A score as an entry of the table.
 *
 * @param name the score's name
 * @param condition whether it is defined for an input
 * @param continuous how it takes continuous factors
 * @param values computes it
 */
record ScoreEntry(
    String name,
    Predicate<ScoreInput> condition,
    ContinuousTreatment continuous,
    Function<ScoreInput, List<ScoreValue>> values)
    implements Score {

  @Override
  public boolean applies(ScoreInput input) {
    return condition.test(input);
  }

  @Override
  public List<ScoreValue> compute(ScoreInput input) {
    String note = continuous.note(input);
    return values.apply(input).stream().map(value -> value.withNote(note)).toList();
  }
}
