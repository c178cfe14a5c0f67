package dev.disentangle.metric;

import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.Statistics;

/**
 * What an {@link IrsScore} takes for the classes of a factor.
 *
 * @param name the name in tables
 * @param factorBins bins of equal width that each factor's class numbers are cut into first; 0
 *     takes the classes as they are
 */
public record IrsProtocol(String name, int factorBins) {

  /**
   * Checks the number of bins.
   *
   * @throws IllegalArgumentException if {@code factorBins} is negative or 1
   */
  public IrsProtocol {
    Statistics.requireAtLeast("factorBins", factorBins, 0);
    if (factorBins == 1) {
      throw new IllegalArgumentException("factorBins must be 0 or at least 2, was 1");
    }
  }

  /**
   * Returns the definition of Suter et al. (2019), which conditions on the factors' own classes.
   *
   * @return the protocol named {@code paper}
   */
  public static IrsProtocol paper() {
    return new IrsProtocol("paper", 0);
  }

  /**
   * Returns what disentanglement_lib's entry point does: it cuts every factor into 20 bins, so that
   * of 40 orientations two share a class.
   *
   * @return the protocol named {@code reference}
   */
  public static IrsProtocol reference() {
    return new IrsProtocol("reference", Discretized.DEFAULT_BINS);
  }

  /** Returns the classes that count for the score. */
  int[] classes(int[] values) {
    return factorBins == 0 ? values : Discretized.cut(values, factorBins);
  }
}
