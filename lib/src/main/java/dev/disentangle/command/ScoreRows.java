package dev.disentangle.command;

import dev.disentangle.metric.ScoreValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The table of one or several files as text, cell by cell: a row per value, a column per file, then
 * every other file's difference from the first.
 *
 * @param header the columns' names
 * @param rows cells per row
 */
record ScoreRows(List<String> header, List<List<String>> rows) {

  private static final String NONE = "-";

  static ScoreRows of(List<ScoredCodes> files) {
    List<String> header = new ArrayList<>(List.of("score"));
    boolean one = files.size() == 1;
    files.forEach(file -> header.add(one ? "value" : file.label()));
    files.stream().skip(1).forEach(file -> header.add(file.label() + " - " + files.get(0).label()));
    header.addAll(List.of("estimator", "points", "seed"));
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.addAll(file.scores().names()));
    return new ScoreRows(header, names.stream().map(name -> row(name, files)).toList());
  }

  private static List<String> row(String name, List<ScoredCodes> files) {
    List<String> cells = new ArrayList<>(List.of(name));
    files.forEach(file -> cells.add(cell(file, name)));
    for (ScoredCodes file : files.subList(1, files.size())) {
      cells.add(difference(file, files.get(0), name));
    }
    List<ScoreValue> values =
        files.stream().map(file -> file.value(name)).flatMap(Optional::stream).toList();
    cells.add(String.join(" | ", distinct(values.stream().map(ScoreValue::estimator).toList())));
    cells.add(
        String.join(
            " | ",
            distinct(values.stream().map(value -> Integer.toString(value.points())).toList())));
    cells.add(Long.toString(values.get(0).seed()));
    return cells;
  }

  private static Set<String> distinct(List<String> texts) {
    return new LinkedHashSet<>(texts);
  }

  private static double number(ScoredCodes file, String name) {
    return file.value(name).map(ScoreValue::value).orElse(Double.NaN);
  }

  private static String difference(ScoredCodes file, ScoredCodes first, String name) {
    return file.difference(name, first)
        .map(by -> (by > 0 ? "+" : "") + ScoreValue.digits(by))
        .map(text -> text + reach(file.reachOfDifference(name, first)))
        .orElse(NONE);
  }

  private static String cell(ScoredCodes file, String name) {
    double value = number(file, name);
    return Double.isNaN(value) ? NONE : ScoreValue.digits(value) + reach(file.reach(name));
  }

  private static String reach(Optional<Double> half) {
    return half.map(width -> " \u00b1 " + String.format(Locale.ROOT, "%.2g", width)).orElse("");
  }

  /** Tells whether a column holds numbers, which stand at the right. */
  boolean numeric(int column) {
    return column > 0 && column != header.size() - 3;
  }

  /** The table in columns of one width each, with a line feed behind every row. */
  String text() {
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < header.size(); c++) {
        int column = c;
        int width = all.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
        String space = " ".repeat(width - row.get(c).length());
        line.append(c == 0 ? "" : "  ");
        line.append(numeric(c) ? space + row.get(c) : row.get(c) + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
