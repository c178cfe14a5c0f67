package dev.disentangle.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A Tablesaw table as HTML: all rows of a table of usual size, numbers to five digits. */
final class TableHtml {

  static final int MAX_ROWS = 200;

  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

  private TableHtml() {}

  /**
   * Writes a table.
   *
   * @param table the table
   * @return a {@code <table>} element; a line behind it says how many rows are left out, if any
   */
  static String of(Table table) {
    var html = new StringBuilder("<table><thead><tr>");
    table.columns().forEach(column -> cell(html, "th", column, column.name()));
    html.append("</tr></thead><tbody>");
    int rows = Math.min(table.rowCount(), MAX_ROWS);
    for (int row = 0; row < rows; row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        cell(html, "td", column, text(column, row));
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    int left = table.rowCount() - rows;
    return left == 0 ? html.toString() : html.append("<p>" + left + " more rows</p>").toString();
  }

  private static void cell(StringBuilder html, String tag, Column<?> column, String text) {
    String style = column instanceof NumericColumn ? " style=\"text-align: right\"" : "";
    html.append('<').append(tag).append(style).append('>');
    html.append(Pictures.escape(text)).append("</").append(tag).append('>');
  }

  /**
   * Numbers with more digits than anybody reads are rounded; all else stands as Tablesaw has it.
   */
  private static String text(Column<?> column, int row) {
    String text = column.getString(row);
    boolean real = column.type() == ColumnType.DOUBLE || column.type() == ColumnType.FLOAT;
    if (!real || column.isMissing(row)) {
      return text;
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      return exact.precision() <= DIGITS.getPrecision()
          ? text
          : exact.round(DIGITS).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text; // infinite, or a format of the table's own
    }
  }
}
