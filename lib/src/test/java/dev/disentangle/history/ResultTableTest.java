package dev.disentangle.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ResultTableTest {

  @Test
  void rowsAreShownWithThreeDecimalsAndKeptWithAll() {
    ResultTable results = new ResultTable("method", "score", "nats").add("VAE", 0.65625, -3);
    Table before = results.table();
    results.add("FactorVAE", 2.0 / 3, 12);
    Table table = results.table();
    assertEquals(1, before.rowCount(), "an older table stays as it was");
    assertEquals(List.of("method", "score", "nats"), table.columnNames());
    assertEquals("0.667", table.getString(1, 1));
    assertEquals("-3.000", table.getString(0, 2));
    Table small = new ResultTable("a", "b").add("c", -1e-4).table();
    assertEquals("0.000", small.getString(0, 1));
    assertArrayEquals(new double[] {0.65625, 2.0 / 3}, results.column("score"));
    assertEquals(List.of("VAE", "FactorVAE"), results.names());
  }

  @Test
  void rowsAndColumnsMustFit() {
    assertThrows(IllegalArgumentException.class, () -> new ResultTable("method"));
    ResultTable results = new ResultTable("method", "score");
    assertThrows(IllegalArgumentException.class, () -> results.add("VAE", 1, 2));
    assertThrows(IllegalArgumentException.class, () -> results.column("scores"));
  }
}
