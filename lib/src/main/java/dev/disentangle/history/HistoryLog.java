package dev.disentangle.history;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A history's CSV file that grows while a run goes on, readable at any time by {@link
 * History#readCsv} and as a table. A row is handed to the operating system as soon as it is
 * recorded, so it outlives the process. When a term appears for the first time the file is replaced
 * by one with another column, and so it is after a row that could not be written, as on a full
 * disk.
 */
public final class HistoryLog implements Closeable {

  private final Path file;
  private List<String> columns = List.of();
  private FileOutputStream out;
  private boolean torn;

  private HistoryLog(Path file) {
    this.file = file;
  }

  /**
   * Starts a log.
   *
   * @param file the CSV file; what it held is replaced
   * @param sofar the first rows
   * @return the log; the caller closes it
   * @throws IOException if the file cannot be written
   */
  public static HistoryLog start(Path file, History sofar) throws IOException {
    HistoryLog log = new HistoryLog(file);
    log.rewrite(sofar);
    return log;
  }

  private void rewrite(History history) throws IOException {
    torn = true;
    if (out != null) {
      out.close();
    }
    columns = history.names();
    history.writeCsv(file);
    out = new FileOutputStream(file.toFile(), true);
    torn = false;
  }

  /**
   * Appends values that have just been recorded.
   *
   * @param history the history, these values included
   * @param step the step
   * @param values value by term
   * @throws IOException if the file cannot be written; the next call that can writes all anew
   */
  public void append(History history, long step, Map<String, Double> values) throws IOException {
    if (torn || !columns.containsAll(values.keySet())) {
      rewrite(history);
      return;
    }
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(step));
    for (String column : columns) {
      Double value = values.get(column);
      cells.add(value == null ? "" : value.toString());
    }
    // One call, so that a killed process leaves a whole row or none.
    torn = true;
    out.write((String.join(",", cells) + "\n").getBytes(StandardCharsets.UTF_8));
    torn = false;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
