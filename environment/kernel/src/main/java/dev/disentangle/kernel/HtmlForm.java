package dev.disentangle.kernel;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * The HTML form of values whose classes this kernel does not know: what a public {@code toHtml()}
 * gives, or a table for a Tablesaw table.
 */
final class HtmlForm {

  private static final String TABLE_CLASS = "tech.tablesaw.api.Table";
  private static final int MAX_ROWS = 60;

  private HtmlForm() {}

  static Optional<String> of(Object value) {
    try {
      if (isTable(value.getClass())) {
        return Optional.of(table(value));
      }
      Method method = value.getClass().getMethod("toHtml");
      if (method.getReturnType() != String.class) {
        return Optional.empty();
      }
      method.setAccessible(true);
      return Optional.ofNullable((String) method.invoke(value));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot render a " + value.getClass().getName(), e);
    }
  }

  private static boolean isTable(Class<?> type) {
    return type != null && (type.getName().equals(TABLE_CLASS) || isTable(type.getSuperclass()));
  }

  private static String table(Object table) throws ReflectiveOperationException {
    Class<?> type = table.getClass();
    List<?> columns = (List<?>) type.getMethod("columnNames").invoke(table);
    int rows = (int) type.getMethod("rowCount").invoke(table);
    Method cell = type.getMethod("getString", int.class, int.class);
    var html = new StringBuilder("<table><thead><tr>");
    columns.forEach(name -> html.append("<th>").append(escape(name)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (int row = 0; row < Math.min(rows, MAX_ROWS); row++) {
      html.append("<tr>");
      for (int column = 0; column < columns.size(); column++) {
        html.append("<td>").append(escape(cell.invoke(table, row, column))).append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    return rows > MAX_ROWS
        ? html.append("<p>").append(rows - MAX_ROWS).append(" more rows</p>").toString()
        : html.toString();
  }

  private static String escape(Object value) {
    return String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
