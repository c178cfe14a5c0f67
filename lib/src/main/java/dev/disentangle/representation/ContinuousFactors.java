package dev.disentangle.representation;

import dev.disentangle.data.FactorTable;
import dev.disentangle.data.Factors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which factors of a file are real numbers, such as a measured angle, rather than classes. Scores
 * that work on numbers take them as such; for the others a continuous factor is cut into ranges of
 * equal width.
 *
 * @param guess whether factors of numbers that hardly repeat, see {@link FactorTable#nearlyUnique},
 *     are taken for continuous; then {@code names} is empty
 * @param names the continuous factors otherwise
 * @param ranges how many ranges, at least 2
 */
public record ContinuousFactors(boolean guess, List<String> names, int ranges) {

  /** Ranges when none are given: as many as the scores have bins for a latent. */
  public static final int DEFAULT_RANGES = 20;

  /**
   * Checks the number of ranges and copies the list.
   *
   * @throws IllegalArgumentException if {@code ranges} is less than 2
   */
  public ContinuousFactors {
    if (ranges < 2) {
      throw new IllegalArgumentException("ranges must be at least 2, was " + ranges);
    }
    names = List.copyOf(names);
  }

  /**
   * Returns a choice that takes for continuous what looks like it.
   *
   * @return the choice, with {@value #DEFAULT_RANGES} ranges
   */
  public static ContinuousFactors guessed() {
    return new ContinuousFactors(true, List.of(), DEFAULT_RANGES);
  }

  /**
   * Names the continuous factors; all others are classes, however many.
   *
   * @param names names of factors, or none
   * @return the choice, with {@value #DEFAULT_RANGES} ranges
   */
  public static ContinuousFactors of(String... names) {
    return new ContinuousFactors(false, List.of(names), DEFAULT_RANGES);
  }

  /**
   * Takes another number of ranges.
   *
   * @param count how many, at least 2
   * @return the choice
   * @throws IllegalArgumentException if {@code count} is less than 2
   */
  public ContinuousFactors withRanges(int count) {
    return new ContinuousFactors(guess, names, count);
  }

  /**
   * Takes the factors of a table as what they are.
   *
   * @param table the factors
   * @return a table in which the chosen ones are continuous
   * @throws IllegalArgumentException if there is no factor of such a name, or it is not of
   *     different, finite numbers
   */
  public FactorTable of(FactorTable table) {
    FactorTable changed = table;
    for (String name : guess ? table.nearlyUnique() : names) {
      changed = changed.continuous(name, ranges);
    }
    return changed;
  }

  /** Says which factors of a table are continuous; empty if none is. */
  String description(Factors table) {
    List<String> some =
        IntStream.range(0, table.count())
            .filter(table::isContinuous)
            .mapToObj(table::name)
            .toList();
    return some.isEmpty()
        ? ""
        : ", real numbers "
            + String.join(", ", some)
            + " (in "
            + ranges
            + " ranges where a score needs classes)";
  }
}
