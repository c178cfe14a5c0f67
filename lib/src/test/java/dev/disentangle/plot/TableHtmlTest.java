package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableHtmlTest {

  @Test
  void roundsToFiveDigitsAndEscapes() {
    Table table =
        Table.create(
            StringColumn.create("a & b", "<i>", "x"),
            DoubleColumn.create("real", 1234.56789, -0.000123456789),
            IntColumn.create("whole", 1234567, 2));
    assertEquals(
        "<table><thead><tr><th>a &amp; b</th>"
            + "<th style=\"text-align: right\">real</th><th style=\"text-align: right\">whole</th>"
            + "</tr></thead><tbody>"
            + "<tr><td>&lt;i&gt;</td><td style=\"text-align: right\">1234.6</td>"
            + "<td style=\"text-align: right\">1234567</td></tr>"
            + "<tr><td>x</td><td style=\"text-align: right\">-0.00012346</td>"
            + "<td style=\"text-align: right\">2</td></tr></tbody></table>",
        TableHtml.of(table));
  }

  @Test
  void leavesMissingAndInfiniteValuesAlone() {
    var column = DoubleColumn.create("v", Double.POSITIVE_INFINITY, 0.5).appendMissing();
    String html = TableHtml.of(Table.create(column));
    assertTrue(html.contains(">\u221e<"), html);
    assertTrue(html.contains(">0.5<"), html);
    assertTrue(html.contains("></td>"), html);
  }

  @Test
  void saysHowManyRowsAreLeftOut() {
    int rows = TableHtml.MAX_ROWS + 3;
    String html = TableHtml.of(Table.create(IntColumn.indexColumn("i", rows, 0)));
    assertTrue(html.contains(">" + (TableHtml.MAX_ROWS - 1) + "<"), html);
    assertFalse(html.contains(">" + TableHtml.MAX_ROWS + "<"), html);
    assertTrue(html.endsWith("<p>3 more rows</p>"), html);
  }
}
