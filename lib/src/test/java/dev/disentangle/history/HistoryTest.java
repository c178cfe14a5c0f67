package dev.disentangle.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class HistoryTest {

  @TempDir Path folder;

  private static History sample() {
    History history = new History();
    history.record(0, Map.of(Terms.LOSS, 3.5, Terms.KL, 0.1));
    history.record(0, Map.of(Terms.TOTAL_CORRELATION, 1.0));
    history.record(10, Map.of(Terms.LOSS, Double.NaN));
    history.record(20, Map.of(Terms.LOSS, 2.0, Terms.TOTAL_CORRELATION, Double.NEGATIVE_INFINITY));
    return history;
  }

  @Test
  void termsKeepTheirOwnSteps() {
    History history = sample();
    assertEquals(List.of(Terms.KL, Terms.LOSS, Terms.TOTAL_CORRELATION), history.names());
    assertArrayEquals(new long[] {0, 10, 20}, history.steps(Terms.LOSS));
    assertArrayEquals(new double[] {3.5, Double.NaN, 2.0}, history.values(Terms.LOSS));
    assertArrayEquals(new long[] {0, 20}, history.steps(Terms.TOTAL_CORRELATION));
    assertEquals(0.1, history.last(Terms.KL));
    assertTrue(history.contains(Terms.KL));
    assertFalse(history.contains(Terms.DISCRIMINATOR_LOSS));
  }

  @Test
  void returnedArraysAreCopies() {
    History history = sample();
    history.values(Terms.LOSS)[0] = 99;
    history.steps(Terms.LOSS)[0] = 99;
    assertEquals(3.5, history.values(Terms.LOSS)[0]);
    assertEquals(0, history.steps(Terms.LOSS)[0]);
  }

  @Test
  void upToCutsLaterSteps() {
    History cut = sample().upTo(10);
    assertArrayEquals(new long[] {0, 10}, cut.steps(Terms.LOSS));
    assertArrayEquals(new long[] {0}, cut.steps(Terms.TOTAL_CORRELATION));
    cut.record(11, Map.of(Terms.LOSS, 1.0));
    assertThrows(IllegalArgumentException.class, () -> cut.record(10, Map.of("other", 1.0)));
    assertEquals(List.of(), sample().upTo(-1).names());
  }

  @Test
  void tableHasOneRowPerStepAndMissingCells() {
    Table table = sample().table();
    assertEquals(List.of("step", "kl", "loss", "total_correlation"), table.columnNames());
    assertEquals(3, table.rowCount());
    assertEquals(20L, table.longColumn("step").getLong(2));
    assertTrue(table.doubleColumn("kl").isMissing(1));
    assertEquals(2.0, table.doubleColumn("loss").getDouble(2));
  }

  @Test
  void csvRoundTripKeepsEveryBit() throws IOException {
    History history = new History();
    SplittableRandom random = new SplittableRandom(7);
    for (int step = 0; step < 2_000; step++) {
      // Random bits cover subnormal numbers, both zeros' neighbourhoods, infinities and NaN; NaN is
      // made canonical because text has only one.
      double any = Double.longBitsToDouble(random.nextLong());
      history.record(step, Map.of("bits", any, "uniform", random.nextDouble()));
    }
    history.record(
        3_000, Map.of("bits", -0.0, "zig, \"zag\"\nline", Double.MIN_VALUE, "uniform", 0.0));
    history.record(3_001, Map.of("bits", Double.POSITIVE_INFINITY));
    Path file = folder.resolve("history.csv");
    history.writeCsv(file);
    History back = History.readCsv(file);
    assertEquals(history.names(), back.names());
    for (String name : history.names()) {
      assertArrayEquals(history.steps(name), back.steps(name));
      assertArrayEquals(bits(history.values(name)), bits(back.values(name)), name);
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "no temporary file stays behind");
    }
  }

  private static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToLongBits(values[i]);
    }
    return bits;
  }

  @Test
  void emptyHistoryRoundTrips() throws IOException {
    Path file = folder.resolve("empty.csv");
    new History().writeCsv(file);
    assertEquals("step\n", Files.readString(file));
    assertEquals(List.of(), History.readCsv(file).names());
  }

  @Test
  void readersSeeConsistentCopiesWhileOneThreadWrites() throws InterruptedException {
    History history = new History();
    Thread writer =
        new Thread(
            () -> {
              for (int step = 0; step < 20_000; step++) {
                history.record(step, Map.of("a", (double) step, "b", (double) -step));
              }
            });
    writer.start();
    while (writer.isAlive()) {
      History copy = history.upTo(Long.MAX_VALUE);
      if (!copy.names().isEmpty()) {
        assertEquals(0, copy.last("a") + copy.last("b"), "both terms of a step appear together");
      }
    }
    writer.join();
    assertEquals(20_000, history.steps("a").length);
  }

  @Test
  void badRecordsAreRefusedWhole() {
    History history = sample();
    assertThrows(IllegalArgumentException.class, () -> history.record(19, Map.of("x", 1.0)));
    assertThrows(IllegalArgumentException.class, () -> history.record(30, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> history.record(30, Map.of("step", 1.0)));
    assertThrows(IllegalArgumentException.class, () -> history.record(30, Map.of(" ", 1.0)));
    assertThrows(
        IllegalArgumentException.class, () -> history.record(20, Map.of("new", 1.0, "loss", 1.0)));
    assertFalse(history.contains("new"));
    assertThrows(IllegalArgumentException.class, () -> new History().record(-1, Map.of("x", 1.0)));
    var error = assertThrows(IllegalArgumentException.class, () -> history.last("los"));
    assertTrue(error.getMessage().contains("los") && error.getMessage().contains("loss"));
  }

  @Test
  void badFilesAreNamed() throws IOException {
    for (String text :
        List.of(
            "",
            "time,loss\n1,2\n",
            "step,loss,loss\n1,2,3\n",
            "step,loss\n1\n",
            "step,loss\n1,two\n",
            "step,loss\none,2\n",
            "step,loss\n2,1\n1,1\n",
            "step,loss\n1,\"2\n",
            "step,loss\n1,\n")) {
      Path file = folder.resolve("bad.csv");
      Files.writeString(file, text);
      var error = assertThrows(IOException.class, () -> History.readCsv(file), text);
      assertTrue(error.getMessage().contains("bad.csv"), error.getMessage());
    }
    assertThrows(IOException.class, () -> History.readCsv(folder.resolve("absent.csv")));
    assertThrows(IOException.class, () -> new History().writeCsv(folder.resolve("no/such.csv")));
  }

  @Test
  void recordedJoinsNameAndHistory() {
    History history = sample();
    Recorded run = Recorded.of("FactorVAE", history);
    assertEquals("FactorVAE", run.name());
    assertEquals(history, run.history());
    assertThrows(IllegalArgumentException.class, () -> Recorded.of(" ", history));
  }
}
