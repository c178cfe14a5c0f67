package dev.disentangle.sweep;

import dev.disentangle.history.Terms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How far a sweep has come: what is finished, and what the running runs have recorded. */
final class SweepState {

  private static final int SHOWN = 4;

  private final Map<Map<String, String>, List<SweepRun>> settings;
  private final Map<String, RunWatch> open = new LinkedHashMap<>();
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private final int total;
  private final long started;
  private long steps;

  /**
   * Begins.
   *
   * @param runs all runs
   * @param finished outcomes of those that are not to be done, by id
   * @param folder the sweep's folder
   * @param now nanoseconds from any origin
   */
  SweepState(List<SweepRun> runs, Map<String, Outcome> finished, Path folder, long now) {
    settings =
        runs.stream()
            .collect(
                Collectors.groupingBy(SweepRun::setting, LinkedHashMap::new, Collectors.toList()));
    runs.stream()
        .filter(run -> !finished.containsKey(run.id()))
        .forEach(run -> open.put(run.id(), new RunWatch(run, folder)));
    outcomes.putAll(finished);
    total = runs.size();
    started = now;
  }

  /** Looks at the runs' files. */
  synchronized void look(long now) {
    open.values().forEach(watch -> watch.look(now));
  }

  /** Takes a run that ended. */
  synchronized void ended(Outcome outcome, long now) {
    RunWatch watch = open.remove(outcome.run());
    if (watch != null) {
      watch.look(now);
      // A failed run costs no more time, whatever steps it did not take.
      steps += watch.isRunning() ? watch.progress() : watch.run().steps();
    }
    outcomes.put(outcome.run(), outcome);
  }

  private List<RunWatch> running() {
    return open.values().stream().filter(RunWatch::isRunning).toList();
  }

  /** Seconds until all is done, at the rate of steps so far; not a number while it is unknown. */
  synchronized double secondsLeft(long now) {
    long done = steps + running().stream().mapToLong(RunWatch::progress).sum();
    long left = open.values().stream().mapToLong(w -> w.run().steps() - w.step()).sum();
    return done == 0 ? Double.NaN : left / (done / ((now - started) / 1e9));
  }

  /** The whole in a line, such as {@code 3 of 9 runs done, 2 running, about 40 s left}. */
  synchronized String headline(long now) {
    long failed = outcomes.values().stream().filter(o -> o.failure().isPresent()).count();
    StringBuilder text = new StringBuilder();
    text.append(outcomes.size() - failed).append(" of ").append(total).append(" runs done");
    if (failed > 0) {
      text.append(", ").append(failed).append(" failed");
    }
    if (!open.isEmpty()) {
      text.append(", ").append(running().size()).append(" running");
      double left = secondsLeft(now);
      if (Double.isFinite(left)) {
        text.append(", about ").append(duration(left)).append(" left");
      }
    }
    return text.toString();
  }

  /** The headline, and how far some of the running runs are. */
  synchronized String line(long now) {
    List<String> parts = new ArrayList<>();
    parts.add(headline(now));
    running().stream().limit(SHOWN).forEach(w -> parts.add(w.run().title() + " " + place(w)));
    return String.join(" | ", parts);
  }

  private static String place(RunWatch watch) {
    double left = watch.secondsLeft();
    return String.format(
        Locale.ROOT,
        "step %,d of %,d%s",
        watch.step(),
        watch.run().steps(),
        Double.isFinite(left) ? ", " + duration(left) + " left" : "");
  }

  /** Seconds in the largest unit that leaves two digits. */
  static String duration(double seconds) {
    double minutes = seconds / 60;
    return String.format(
        Locale.ROOT,
        minutes < 2 ? "%1$.0f s" : minutes < 120 ? "%2$.0f min" : "%3$.1f h",
        seconds,
        minutes,
        minutes / 60);
  }

  /**
   * A row per setting: how many of its runs are done, running, failed and waiting, where the
   * running ones are, and the mean over its runs of the last reconstruction and of every score that
   * is known already.
   */
  synchronized Table table() {
    Table table = Table.create("sweep");
    List<Map<String, String>> keys = List.copyOf(settings.keySet());
    Set<String> axes = new LinkedHashSet<>();
    keys.forEach(key -> axes.addAll(key.keySet()));
    for (String axis : axes) {
      table.addColumns(StringColumn.create(axis, keys.stream().map(k -> k.get(axis)).toList()));
    }
    List<List<SweepRun>> rows = List.copyOf(settings.values());
    table.addColumns(
        counts("done", rows, id -> done(id) && outcomes.get(id).failure().isEmpty()),
        counts("running", rows, id -> open.containsKey(id) && open.get(id).isRunning()),
        counts("failed", rows, id -> done(id) && outcomes.get(id).failure().isPresent()),
        counts("waiting", rows, id -> open.containsKey(id) && !open.get(id).isRunning()),
        StringColumn.create("now", rows.stream().map(this::places).toList()));
    Set<String> values = new LinkedHashSet<>(List.of(Terms.RECONSTRUCTION));
    rows.forEach(row -> row.forEach(run -> values.addAll(run.scores())));
    for (String value : values) {
      double[] means = rows.stream().mapToDouble(row -> mean(row, value)).toArray();
      if (Arrays.stream(means).anyMatch(Double::isFinite)) {
        table.addColumns(DoubleColumn.create(value, means));
      }
    }
    return table;
  }

  private boolean done(String id) {
    return outcomes.containsKey(id);
  }

  /** Whether a run is to be counted. */
  @FunctionalInterface
  private interface Test {
    boolean holds(String id);
  }

  private static IntColumn counts(String name, List<List<SweepRun>> rows, Test test) {
    return IntColumn.create(
        name,
        rows.stream()
            .mapToInt(row -> (int) row.stream().filter(run -> test.holds(run.id())).count())
            .toArray());
  }

  private String places(List<SweepRun> row) {
    return row.stream()
        .map(run -> open.get(run.id()))
        .filter(watch -> watch != null && watch.isRunning())
        .map(watch -> "seed " + watch.run().settings().seed() + ": " + place(watch))
        .collect(Collectors.joining("; "));
  }

  private double mean(List<SweepRun> row, String value) {
    return row.stream()
        .mapToDouble(
            run ->
                done(run.id())
                    ? outcomes.get(run.id()).values().getOrDefault(value, Double.NaN)
                    : open.get(run.id()).last(value))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
