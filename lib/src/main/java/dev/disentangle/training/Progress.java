package dev.disentangle.training;

/** What a training shows while it runs. */
@FunctionalInterface
public interface Progress {

  /** One run's display. */
  interface Display {
    /**
     * Called after each step.
     *
     * @param step how many steps have been taken in all
     */
    void step(long step);

    /**
     * Called before something that takes long and is not a step.
     *
     * @param what what goes on, such as {@code measuring the total correlation}
     */
    default void working(String what) {}

    /** Called when the run is over. */
    default void finish() {}
  }

  /**
   * Starts to show a run.
   *
   * @param training what runs
   * @param end the step at which it will stop
   * @return the run's display
   */
  Display start(Training training, long end);

  /**
   * Shows nothing.
   *
   * @return the silent progress
   */
  static Progress silent() {
    return (training, end) -> step -> {};
  }

  /**
   * Writes one line every so many steps: step, speed, time left and loss terms. On a terminal and
   * in a notebook the line is rewritten in place; elsewhere, such as in a log file, a new line
   * comes at most every ten seconds, and one at the end.
   *
   * @param steps steps between updates, at least 1
   * @return the progress
   * @throws IllegalArgumentException if {@code steps} is less than 1
   */
  static Progress every(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, was " + steps);
    }
    return (training, end) -> new ProgressLine(training, end, steps);
  }
}
