package dev.disentangle.kernel;

import java.util.List;

/** A cell that did not compile, threw, or was interrupted, in the words that a notebook shows. */
public final class CellException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String INTERRUPTED = "Interrupted";

  private final String name;
  private final transient List<String> traceback;

  CellException(String name, String message, List<String> traceback) {
    super(message);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  static CellException interrupted(String message) {
    return new CellException(INTERRUPTED, message, List.of(INTERRUPTED + ": " + message));
  }

  /**
   * What went wrong in one word.
   *
   * @return the simple name of the class that was thrown, {@code CompilationError} or {@code
   *     Interrupted}
   */
  public String name() {
    return name;
  }

  /**
   * The report under the cell.
   *
   * @return lines without line breaks
   */
  public List<String> traceback() {
    return traceback;
  }
}
