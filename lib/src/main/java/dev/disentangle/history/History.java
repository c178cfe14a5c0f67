package dev.disentangle.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * What a run measured, by step and term: append-only and safe to read from other threads while the
 * run goes on. Terms may be recorded at different intervals. See {@link Terms} for the usual names;
 * losses are in nats per image.
 */
public final class History {

  /** Name of the column that holds the step, in tables and CSV files. */
  public static final String STEP = "step";

  private final Map<String, Series> terms = new LinkedHashMap<>();
  private long lastStep = Long.MIN_VALUE;

  /** Makes an empty history. */
  public History() {}

  /**
   * Appends the values of some terms at one step. Terms that appear for the first time are added in
   * alphabetical order, so that the order of columns never depends on the map.
   *
   * @param step the step, not before the last one recorded; a step may be recorded in several calls
   *     with different terms
   * @param values value by term; values may be infinite or not a number
   * @throws IllegalArgumentException if {@code step} is negative or before the last one, if {@code
   *     values} is empty, or if a name is blank, is {@value #STEP} or is already recorded at this
   *     step; nothing is recorded then
   */
  public synchronized void record(long step, Map<String, Double> values) {
    check(step, values);
    new TreeMap<>(values)
        .forEach((name, value) -> terms.computeIfAbsent(name, n -> new Series()).add(step, value));
    lastStep = step;
  }

  /**
   * Returns the terms' names in the order in which they first appeared.
   *
   * @return an immutable list
   */
  public synchronized List<String> names() {
    return List.copyOf(terms.keySet());
  }

  /**
   * Says whether a term was ever recorded.
   *
   * @param name the term
   * @return true if it has at least one value
   */
  public synchronized boolean contains(String name) {
    return terms.containsKey(name);
  }

  /**
   * Returns the steps at which a term was recorded.
   *
   * @param name the term
   * @return strictly increasing steps, as long as {@link #values}
   * @throws IllegalArgumentException if the term was never recorded
   */
  public synchronized long[] steps(String name) {
    return series(name).steps();
  }

  /**
   * Returns all values of a term.
   *
   * @param name the term
   * @return one value per step of {@link #steps(String)}
   * @throws IllegalArgumentException if the term was never recorded
   */
  public synchronized double[] values(String name) {
    return series(name).values();
  }

  /**
   * Returns the newest value of a term.
   *
   * @param name the term
   * @return the value
   * @throws IllegalArgumentException if the term was never recorded
   */
  public synchronized double last(String name) {
    Series series = series(name);
    return series.value(series.size() - 1);
  }

  /**
   * Copies the part up to a step, for example to go on from a checkpoint that is older than the
   * history, or to read several terms at one moment of a run that goes on.
   *
   * @param step the last step to keep
   * @return a new history with the same terms' values at steps up to {@code step}
   */
  public synchronized History upTo(long step) {
    History copy = new History();
    terms.forEach(
        (name, series) -> {
          for (int i = 0; i < series.size() && series.step(i) <= step; i++) {
            copy.terms
                .computeIfAbsent(name, n -> new Series())
                .add(series.step(i), series.value(i));
            copy.lastStep = Math.max(copy.lastStep, series.step(i));
          }
        });
    return copy;
  }

  /**
   * Returns everything as a Tablesaw table: a column {@value #STEP}, then one column per term. A
   * term that was not recorded at a step is missing there; Tablesaw cannot tell that from not a
   * number.
   *
   * @return a new table named {@code history}
   */
  public synchronized Table table() {
    long[] steps = allSteps();
    Table table = Table.create("history", LongColumn.create(STEP, steps));
    terms.forEach(
        (name, series) -> {
          DoubleColumn column = DoubleColumn.create(name, steps.length);
          for (int i = 0; i < steps.length; i++) {
            int position = series.find(steps[i]);
            if (position >= 0) {
              column.set(i, series.value(position));
            }
          }
          table.addColumns(column);
        });
    return table;
  }

  /**
   * Writes everything as CSV: a header {@code step,term,...}, then one row per step, with an empty
   * cell where a term was not recorded. The file is replaced whole, never left half-written.
   *
   * @param file where to write
   * @throws IOException if the file cannot be written
   */
  public void writeCsv(Path file) throws IOException {
    HistoryCsv.write(upTo(Long.MAX_VALUE), file);
  }

  /**
   * Returns what {@link #writeCsv} writes.
   *
   * @return the lines of the CSV file, each with a line feed at its end
   */
  public String csv() {
    return HistoryCsv.text(upTo(Long.MAX_VALUE));
  }

  /**
   * Returns the newest step at which anything was recorded.
   *
   * @return the step, or -1 where nothing is recorded yet
   */
  public synchronized long lastStep() {
    return Math.max(-1, lastStep);
  }

  /**
   * Reads what {@link #writeCsv} wrote; every value comes back bit for bit, infinities and not a
   * number included.
   *
   * @param file the CSV file
   * @return the history
   * @throws IOException if the file cannot be read or is not such a CSV; the message names the
   *     file, the record and what was expected
   */
  public static History readCsv(Path file) throws IOException {
    return HistoryCsv.read(file);
  }

  /** Adds an empty column, so that a file's order of columns survives reading. */
  void declare(String name) {
    terms.put(name, new Series());
  }

  /** Removes declared columns that stayed empty. */
  void dropEmpty() {
    terms.values().removeIf(series -> series.size() == 0);
  }

  /** All steps at which anything was recorded, increasing. */
  long[] allSteps() {
    TreeSet<Long> steps = new TreeSet<>();
    for (Series series : terms.values()) {
      for (int i = 0; i < series.size(); i++) {
        steps.add(series.step(i));
      }
    }
    return steps.stream().mapToLong(Long::longValue).toArray();
  }

  Series series(String name) {
    Series series = terms.get(name);
    if (series == null || series.size() == 0) {
      throw new IllegalArgumentException(
          "no term is named " + name + "; recorded are " + terms.keySet());
    }
    return series;
  }

  private void check(long step, Map<String, Double> values) {
    if (step < 0 || step < lastStep) {
      throw new IllegalArgumentException(
          "step must be at least " + Math.max(0, lastStep) + ", was " + step);
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must hold at least one term, was empty");
    }
    values.forEach((name, value) -> check(step, name, value));
  }

  private void check(long step, String name, Double value) {
    if (name == null || name.isBlank() || name.equals(STEP) || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "a term's name must not be blank, padded or '" + STEP + "', was '" + name + "'");
    }
    if (value == null) {
      throw new IllegalArgumentException("value of " + name + " must not be null");
    }
    Series series = terms.get(name);
    if (series != null && series.find(step) >= 0) {
      throw new IllegalArgumentException(name + " is already recorded at step " + step);
    }
  }
}
