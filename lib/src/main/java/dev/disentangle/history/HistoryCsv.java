package dev.disentangle.history;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The CSV form of a {@link History}. */
final class HistoryCsv {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  private HistoryCsv() {}

  static void write(History history, Path file) throws IOException {
    // Written beside the target and moved over it, so that a crash leaves the old file in place.
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text(history));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static String text(History history) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      print(history, printer);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory always takes more", e);
    }
    return text.toString();
  }

  private static void print(History history, CSVPrinter printer) throws IOException {
    List<String> names = history.names();
    List<String> cells = new ArrayList<>(names.size() + 1);
    cells.add(History.STEP);
    cells.addAll(names);
    printer.printRecord(cells);
    for (long step : history.allSteps()) {
      cells.clear();
      cells.add(Long.toString(step));
      for (String name : names) {
        Series series = history.series(name);
        int position = series.find(step);
        // Double.toString and Double.parseDouble are inverse to each other, bit for bit.
        cells.add(position < 0 ? "" : Double.toString(series.value(position)));
      }
      printer.printRecord(cells);
    }
  }

  static History read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      History history = new History();
      List<String> names = null;
      for (CSVRecord row : parser) {
        if (names == null) {
          names = header(row, history, file);
        } else {
          append(row, names, history, file);
        }
      }
      if (names == null) {
        throw new IOException(file + ": expected a header 'step,...' but the file is empty");
      }
      history.dropEmpty();
      return history;
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": not a readable CSV: " + e.getCause().getMessage(), e);
    }
  }

  private static List<String> header(CSVRecord row, History history, Path file) throws IOException {
    List<String> cells = row.toList();
    if (!cells.get(0).equals(History.STEP)) {
      throw new IOException(file + ": line 1: expected a header 'step,...', found " + cells);
    }
    List<String> names = cells.subList(1, cells.size());
    for (String name : names) {
      if (history.names().contains(name)) {
        throw new IOException(file + ": line 1: expected distinct names, found " + name + " twice");
      }
      history.declare(name);
    }
    return names;
  }

  private static void append(CSVRecord row, List<String> names, History history, Path file)
      throws IOException {
    String where = file + ": record " + row.getRecordNumber() + ": ";
    if (row.size() != names.size() + 1) {
      throw new IOException(
          where + "expected " + (names.size() + 1) + " cells, found " + row.size());
    }
    try {
      Map<String, Double> values = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        String cell = row.get(i + 1);
        if (!cell.isEmpty()) {
          values.put(names.get(i), Double.valueOf(cell));
        }
      }
      history.record(Long.parseLong(row.get(0)), values);
    } catch (NumberFormatException e) {
      throw new IOException(where + "expected numbers, found " + row.toList(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + e.getMessage(), e);
    }
  }
}
