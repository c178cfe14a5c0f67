package dev.disentangle.training;

import dev.disentangle.metric.ScoreOptions;
import java.util.List;

/**
 * Scores that are computed while a training goes on, and become terms of its history, each named
 * {@link #PREFIX} and its name in the table of scores, such as {@code score.mig}.
 *
 * @param every steps between two computations; 0 for none
 * @param names scores, such as {@code mig}; see {@link dev.disentangle.metric.StandardScores}
 * @param images the most images that are encoded for it, at least 2
 */
public record ScoreSchedule(int every, List<String> names, int images) {

  /** What the names of such terms begin with, since a loss and a score may share a name. */
  public static final String PREFIX = "score.";

  /** So many images are enough for most scores, and a seventh of the time for all of dSprites. */
  public static final int DEFAULT_IMAGES = 100_000;

  /**
   * Checks the numbers and copies the list.
   *
   * @throws IllegalArgumentException if a number is out of its range, a score is unknown, or there
   *     is none to be computed
   */
  public ScoreSchedule {
    if (every < 0) {
      throw new IllegalArgumentException("scoreEvery must be at least 0, was " + every);
    }
    names = List.copyOf(names);
    if (every > 0) {
      options(names, images);
    }
  }

  /**
   * Computes no scores.
   *
   * @return the schedule
   */
  public static ScoreSchedule none() {
    return new ScoreSchedule(0, List.of(), DEFAULT_IMAGES);
  }

  /** What the table of scores is asked for. */
  ScoreOptions options() {
    return options(names, images);
  }

  private static ScoreOptions options(List<String> names, int images) {
    return ScoreOptions.defaults().maxImages(images).only(names.toArray(String[]::new));
  }
}
