package dev.disentangle.data.fetch;

/** Is told how far a transfer has come. */
@FunctionalInterface
public interface Progress {

  /**
   * Reports progress, a few times per second at most.
   *
   * @param file the file's name
   * @param bytes how many bytes have arrived
   * @param total how many are expected, -1 where unknown
   */
  void at(String file, long bytes, long total);

  /**
   * Returns a bar on one line of the terminal or cell, drawn in place.
   *
   * @return the bar
   */
  static Progress bar() {
    return (file, bytes, total) -> {
      String amount =
          total > 0
              ? String.format(
                  "%3d %% of %.1f MB %s", 100 * bytes / total, total / 1e6, dots(bytes, total))
              : String.format("%.1f MB", bytes / 1e6);
      System.out.print("\r" + file + " " + amount + (bytes == total ? "\n" : ""));
      System.out.flush();
    };
  }

  /**
   * Returns a receiver that shows nothing.
   *
   * @return the receiver
   */
  static Progress none() {
    return (file, bytes, total) -> {};
  }

  private static String dots(long bytes, long total) {
    int filled = (int) (30 * bytes / total);
    return "[" + "#".repeat(filled) + ".".repeat(30 - filled) + "]";
  }
}
