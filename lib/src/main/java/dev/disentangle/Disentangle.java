package dev.disentangle;

import ai.djl.engine.Engine;
import dev.disentangle.tensor.Threads;
import java.util.Locale;

/**
 * The kit's front door: its version, the mode a notebook runs in, and the number of threads.
 *
 * <p>Notebooks choose how much work they do by {@link #choose}, so that the same notebook serves as
 * a quick check and as the real thing.
 */
public final class Disentangle {

  /** Environment variable that holds the mode. */
  public static final String MODE_VARIABLE = "DISENTANGLE_MODE";

  /** System property that holds the mode, and counts before the environment variable. */
  public static final String MODE_PROPERTY = "disentangle.mode";

  private static final int MINIMAL_SHARE = 8;
  private static final int MINIMAL_LEAST = 25;

  private Disentangle() {}

  /** How much work a notebook does. */
  public enum Mode {
    /** Seconds: an eighth of quick, at least 25. Shows that every cell runs, and nothing else. */
    MINIMAL,
    /** A few minutes; what continuous integration runs. */
    QUICK,
    /** The notebook as it is committed. */
    STANDARD,
    /** The papers' own budgets. */
    FULL
  }

  /**
   * Returns the mode of this process.
   *
   * @return the value of {@code DISENTANGLE_MODE}, by default {@link Mode#STANDARD}
   * @throws IllegalStateException if the variable holds another word
   */
  public static Mode mode() {
    String value = System.getProperty(MODE_PROPERTY, System.getenv(MODE_VARIABLE));
    if (value == null || value.isBlank()) {
      return Mode.STANDARD;
    }
    try {
      return Mode.valueOf(value.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          MODE_VARIABLE + " must be minimal, quick, standard or full, was " + value, e);
    }
  }

  /**
   * Chooses a number by the mode. Minimal mode takes an eighth of the number for quick mode,
   * rounded down, but no less than 25, unless that number itself is less.
   *
   * @param quick value in quick mode
   * @param standard value in standard mode
   * @param full value in full mode
   * @return the one for this process
   */
  public static int choose(int quick, int standard, int full) {
    return switch (mode()) {
      case MINIMAL -> Math.max(quick / MINIMAL_SHARE, Math.min(quick, MINIMAL_LEAST));
      case QUICK -> quick;
      case STANDARD -> standard;
      case FULL -> full;
    };
  }

  /**
   * Returns one line with the versions that matter.
   *
   * @return versions of the kit, the engine and Java, the device, and the number of threads
   */
  public static String version() {
    String own = Disentangle.class.getPackage().getImplementationVersion();
    return String.format(
        Locale.ROOT,
        "Disentangle %s, PyTorch %s on %s, Java %s, %d threads",
        own == null ? "development build" : own,
        Engine.getEngine("PyTorch").getVersion(),
        Threads.device(),
        Runtime.version(),
        Threads.count());
  }
}
