package dev.disentangle.kernel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Tells the cells that were already waiting when a cell failed from those sent afterwards.
 *
 * <p>A request counts as waiting when it was sent before the failure and arrives right behind it.
 * The first alone would trust a front end whose clock is wrong; the second alone would catch a
 * program that reacts quickly.
 */
final class AbortWindow {

  private static final long NANOS = 50_000_000L;

  private Instant failure = Instant.MIN;
  private long last;

  /** Notes that a cell has failed now. */
  void open() {
    failure = Instant.now();
    last = System.nanoTime();
  }

  /**
   * Whether a request that arrives now waited behind a failed cell.
   *
   * @param sent when the front end sent it, in ISO 8601 with an offset; other text counts as later
   */
  boolean covers(String sent) {
    long now = System.nanoTime();
    boolean covered = now - last < NANOS && parse(sent).isBefore(failure);
    last = covered ? now : last;
    return covered;
  }

  private static Instant parse(String sent) {
    try {
      return OffsetDateTime.parse(sent).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.MAX;
    }
  }
}
