package dev.disentangle.metric;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A table of scores that prints all its rows, values with four significant digits or as a dash. */
final class ScoreTable extends Table {

  private ScoreTable(
      StringColumn names,
      DoubleColumn numbers,
      StringColumn estimators,
      IntColumn points,
      LongColumn seeds) {
    super("Scores", names, numbers, estimators, points, seeds);
  }

  static Table of(List<ScoreValue> values) {
    StringColumn names = StringColumn.create("score");
    DoubleColumn numbers = DoubleColumn.create("value");
    StringColumn estimators = StringColumn.create("estimator");
    IntColumn points = IntColumn.create("points");
    LongColumn seeds = LongColumn.create("seed");
    for (ScoreValue value : values) {
      names.append(value.name());
      numbers.append(value.value());
      estimators.append(value.estimator());
      points.append(value.points());
      seeds.append(value.seed());
    }
    numbers.setPrintFormatter(new FourDigits(), "-");
    return new ScoreTable(names, numbers, estimators, points, seeds);
  }

  @Override
  public String toString() {
    return printAll();
  }

  /** Rounds to four significant digits; very large and very small numbers get an exponent. */
  private static final class FourDigits extends NumberFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
      return to.append(ScoreValue.digits(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
      return to.append(number);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("a format for printing only");
    }
  }
}
