package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named terms of a step's losses, each a scalar in nats per image. */
public final class LossTerms {

  private final Map<String, NDArray> terms = new LinkedHashMap<>();

  /**
   * Adds a term.
   *
   * @param name one of the names of {@link dev.disentangle.history.Terms}, or the method's own
   * @param value a scalar
   * @return this
   * @throws IllegalArgumentException if {@code value} is not a scalar
   */
  public LossTerms with(String name, NDArray value) {
    if (value.size() != 1) {
      throw new IllegalArgumentException(
          "term " + name + " must be a scalar, its shape was " + value.getShape());
    }
    terms.put(name, value);
    return this;
  }

  /**
   * Returns the terms.
   *
   * @return an unmodifiable view, in order of addition
   */
  public Map<String, NDArray> asMap() {
    return Collections.unmodifiableMap(terms);
  }
}
