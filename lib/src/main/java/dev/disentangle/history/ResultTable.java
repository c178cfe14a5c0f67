package dev.disentangle.history;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table of results that is filled row by row, a name and its numbers:
 *
 * <pre>{@code
 * var results = new ResultTable("method", "score", "true TC, nats");
 * results.add("VAE", 0.656, 2.99);
 * results.table()
 * }</pre>
 *
 * Numbers are shown with three decimals and kept with all.
 */
public final class ResultTable {

  private final StringColumn names;
  private final List<DoubleColumn> columns = new ArrayList<>();

  /**
   * Makes an empty table.
   *
   * @param rows what the rows are, such as {@code method}
   * @param columns what their numbers are, with units; at least one
   * @throws IllegalArgumentException if there is no column
   */
  public ResultTable(String rows, String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must hold at least one name, was empty");
    }
    names = StringColumn.create(rows);
    for (String column : columns) {
      DoubleColumn numbers = DoubleColumn.create(column);
      numbers.setPrintFormatter(new ThreeDecimals());
      this.columns.add(numbers);
    }
  }

  /**
   * Adds a row.
   *
   * @param name its name
   * @param values one number per column
   * @return this
   * @throws IllegalArgumentException if there are more or fewer numbers than columns
   */
  public ResultTable add(String name, double... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "values of "
              + name
              + " must hold one number per column, "
              + columns.size()
              + ", held "
              + values.length);
    }
    names.append(name);
    for (int i = 0; i < values.length; i++) {
      columns.get(i).append(values[i]);
    }
    return this;
  }

  /**
   * Returns the names of all rows so far, for charts.
   *
   * @return a new list
   */
  public List<String> names() {
    return names.asList();
  }

  /**
   * Returns the numbers of one column so far, for charts.
   *
   * @param name the column
   * @return one number per row
   * @throws IllegalArgumentException if there is no such column
   */
  public double[] column(String name) {
    for (DoubleColumn column : columns) {
      if (column.name().equals(name)) {
        return column.asDoubleArray();
      }
    }
    throw new IllegalArgumentException(
        "no column is named "
            + name
            + "; there are "
            + columns.stream().map(Column::name).toList());
  }

  /**
   * Returns all rows so far as a Tablesaw table.
   *
   * @return a new table, which later rows do not change
   */
  public Table table() {
    Table table = Table.create("results", names.copy());
    columns.forEach(column -> table.addColumns(column.copy()));
    return table;
  }
}
