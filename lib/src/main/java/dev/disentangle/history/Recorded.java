package dev.disentangle.history;

import java.util.Map;

/** Anything that has a name and a history, such as a training run; what the plots draw. */
public interface Recorded {

  /**
   * Returns a short name for legends and tables, such as {@code FactorVAE}.
   *
   * @return the name
   */
  String name();

  /**
   * Returns what was measured so far.
   *
   * @return the history; it may grow while it is being read
   */
  History history();

  /**
   * Returns what was chosen for this run, by name, so that a legend can tell two runs of one method
   * apart: {@code objective.beta}, {@code seed}, {@code data}.
   *
   * @return the choices in a fixed order; by default none are known
   */
  default Map<String, String> choices() {
    return Map.of();
  }

  /**
   * Joins a name and a history, for example one read back from a CSV file.
   *
   * @param name a short name for legends
   * @param history the history
   * @return both as one
   * @throws IllegalArgumentException if {@code name} is blank
   */
  static Recorded of(String name, History history) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    return new NamedHistory(name, history);
  }
}
