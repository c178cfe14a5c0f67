package dev.disentangle.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as descriptions and labels say them. */
final class Words {

  /** What stands for a value that is not defined. */
  static final String UNDEFINED = "\u2013";

  private Words() {}

  /** Three significant digits, without zeros at the end; a dash for what is not finite. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return UNDEFINED;
    }
    double size = Math.abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-3)) {
      String text = String.format(Locale.ROOT, "%.2e", value);
      return text.replaceAll("\\.?0*e", "e")
          .replace("e+0", "e")
          .replace("e-0", "e-")
          .replace("e+", "e");
    }
    int digits = size >= 100 ? (int) Math.ceil(Math.log10(size + .5)) : 3;
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
