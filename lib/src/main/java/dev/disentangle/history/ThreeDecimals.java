package dev.disentangle.history;

import java.util.Locale;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * Prints a column's numbers with three decimals, and "-" where there is none; the column keeps all
 * digits.
 */
public final class ThreeDecimals extends NumberColumnFormatter {

  private static final double THOUSAND = 1_000;

  @Override
  public String format(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    // Rounded first: a small negative number is then 0 and not -0.
    double rounded = Math.rint(value * THOUSAND) / THOUSAND + 0.0;
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", rounded) : "" + value;
  }
}
