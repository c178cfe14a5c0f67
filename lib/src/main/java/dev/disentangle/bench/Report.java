package dev.disentangle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A group's results: rows for people, a CSV for later, and figures for scripts. */
final class Report {

  private record Row(String what, double value, String unit, String note) {}

  private final String group;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Double> figures = new LinkedHashMap<>();

  Report(String group, PrintStream out) {
    this.group = group;
    this.out = out;
    out.printf("%n%s%n", group);
  }

  /** Adds a row and prints it at once, so that long benchmarks show where they are. */
  void row(String what, double value, String unit, String note) {
    rows.add(new Row(what, value, unit, note));
    out.printf(Locale.ROOT, "  %-58s %12s %-10s %s%n", what, number(value), unit, note);
    out.flush();
  }

  /** Says something that has no number. */
  void note(String text) {
    out.printf("  %s%n", text);
    out.flush();
  }

  /** Adds a figure, printed when the group is done. */
  void figure(String key, double value) {
    figures.put(key, value);
  }

  /** Writes the CSV and prints the figures, one line each. */
  void finish(Path folder) throws IOException {
    out.println("  written to " + write(folder));
    figures.forEach((key, value) -> out.println("figure " + key + " " + number(value)));
  }

  /** Writes the CSV as it is so far. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(group + ".csv");
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader("what", "value", "unit", "note").get();
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(writer, format)) {
      for (Row row : rows) {
        csv.printRecord(row.what(), row.value(), row.unit(), row.note());
      }
      for (Map.Entry<String, Double> figure : figures.entrySet()) {
        csv.printRecord(figure.getKey(), figure.getValue(), "figure", "");
      }
    }
    return file;
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
  }
}
