package dev.disentangle.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a training saves itself while it runs.
 *
 * <p>The folder holds {@code history.csv}, to which every row is appended as it is recorded, and
 * one folder per checkpoint, {@code step-000012000}, each complete in itself. A process that is
 * killed at any moment leaves the last complete one; {@link Training#resume} goes back to it.
 *
 * @param folder where; new, empty, or that of the run to go on with
 * @param everySteps steps between checkpoints; 0 to go by the clock alone
 * @param every time between checkpoints; {@link Duration#ZERO} to go by steps alone
 * @param keep how many of the newest checkpoints are kept, at least 1
 */
public record Checkpoints(Path folder, long everySteps, Duration every, int keep) {

  private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
  private static final int DEFAULT_KEEP = 3;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if an interval is negative, both are 0, or {@code keep} is
   *     below 1
   */
  public Checkpoints {
    if (everySteps < 0 || every.isNegative() || (everySteps == 0 && every.isZero())) {
      throw new IllegalArgumentException(
          "checkpoints must come every so many steps or after some time, were everySteps "
              + everySteps
              + " and every "
              + every);
    }
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1, was " + keep);
    }
  }

  /**
   * Saves every 10 minutes, and keeps the last three.
   *
   * @param folder where
   * @return the choice, which the other methods vary
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 0, DEFAULT_TIME, DEFAULT_KEEP);
  }

  /**
   * The same, every so many steps instead of by the clock.
   *
   * @param steps steps between checkpoints, at least 1
   * @return the new choice
   * @throws IllegalArgumentException if {@code steps} is below 1
   */
  public Checkpoints everySteps(long steps) {
    return new Checkpoints(folder, steps, Duration.ZERO, keep);
  }

  /**
   * The same, by the clock instead of by steps.
   *
   * @param time time between checkpoints, above 0
   * @return the new choice
   * @throws IllegalArgumentException if {@code time} is not above 0
   */
  public Checkpoints every(Duration time) {
    return new Checkpoints(folder, 0, time, keep);
  }

  /**
   * The same with another number of checkpoints that are kept.
   *
   * @param newest how many, at least 1
   * @return the new choice
   * @throws IllegalArgumentException if {@code newest} is below 1
   */
  public Checkpoints keep(int newest) {
    return new Checkpoints(folder, everySteps, every, newest);
  }
}
