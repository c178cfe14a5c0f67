package dev.disentangle.kernel;

/**
 * Tells the cells that were already waiting when a cell failed from those sent afterwards.
 *
 * <p>Requests that wait arrive within milliseconds of each other; a person takes longer to react.
 */
final class AbortWindow {

  private static final long NANOS = 50_000_000L;

  private boolean open;
  private long last;

  void open() {
    open = true;
    last = System.nanoTime();
  }

  /** Whether a request that arrives now was waiting behind the failed cell. */
  boolean covers() {
    long now = System.nanoTime();
    open = open && now - last < NANOS;
    last = now;
    return open;
  }
}
