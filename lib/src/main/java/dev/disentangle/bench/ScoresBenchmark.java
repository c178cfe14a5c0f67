package dev.disentangle.bench;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long each score takes from codes of all 737,280 dSprites images, at the reference
 * implementation's sample sizes: a table beside the seconds that disentanglement_lib needed on one
 * thread of a like machine, then one line per figure, {@code figure KEY VALUE}.
 *
 * <p>Everything is timed twice: first cold, all scores in one table, as a user meets them, then
 * each score again by itself, when its code has been compiled. Encoding is not part of it.
 */
public final class ScoresBenchmark {

  /**
   * Seconds from codes of the reference implementation, single thread, 2-core machine. It computes
   * modularity with explicitness, and the three scores without factors, in one go each.
   */
  private static final Map<String, Double> REFERENCE =
      Map.of(
          "factorvae", 0.75,
          "mig", 0.06,
          "dci", 225.0,
          "sap", 0.58,
          "irs", 0.013,
          "modularity + explicitness", 0.7,
          "tc.gaussian + mutual-information + wasserstein", 0.10);

  private static final String ROW = "%-46s %9s %9s %10s %9s";

  private ScoresBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments nothing, or the path of a npz file with an array {@code means} of float32
   *     [737280, 10], the codes in index order
   * @throws IOException if the file cannot be read
   */
  public static void main(String... arguments) throws IOException {
    Codes codes =
        arguments.length == 0
            ? BenchmarkCodes.synthetic(0)
            : BenchmarkCodes.read(Path.of(arguments[0]));
    run(System.out::println, codes);
  }

  /**
   * Runs the benchmark.
   *
   * @param out receives the lines
   * @param codes posteriors of all images in index order
   */
  public static void run(Consumer<String> out, Codes codes) {
    run(out, codes, BenchmarkCodes.SPACE, ScoreOptions.defaults());
  }

  static void run(Consumer<String> out, Codes codes, FactorSpace space, ScoreOptions options) {
    long start = System.nanoTime();
    Scores scores = Scores.of(codes, space, options);
    double table = (System.nanoTime() - start) / 1e9;
    Map<String, Double> again = new LinkedHashMap<>();
    out.accept(
        String.format(Locale.ROOT, ROW, "score", "seconds", "again", "reference", "peak MiB"));
    scores
        .seconds()
        .forEach(
            (name, seconds) -> {
              boolean resets = Memory.resetPeak();
              Scores alone = Scores.of(codes, space, options.only(name));
              again.put(name, alone.seconds().get(name));
              String peak = resets ? String.format(Locale.ROOT, "%.0f", Memory.peakMib()) : "";
              out.accept(row(name, seconds, again.get(name), peak));
            });
    out.accept(row("whole table", table, sum(again, again.keySet()), ""));
    for (String name : REFERENCE.keySet()) {
      if (name.contains(" + ")) {
        Collection<String> parts = List.of(name.split(" \\+ "));
        out.accept(row(name, sum(scores.seconds(), parts), sum(again, parts), ""));
      }
    }
    out.accept("The reference implementation ran on one thread of a machine of this kind.");
    out.accept(scores.toString());
    figure(out, "scores.table.seconds", table);
    scores.seconds().forEach((name, s) -> figure(out, "scores." + name + ".seconds", s));
    again.forEach((name, s) -> figure(out, "scores." + name + ".again.seconds", s));
  }

  private static String row(String name, double seconds, double again, String peak) {
    String reference = REFERENCE.containsKey(name) ? REFERENCE.get(name).toString() : "";
    String first = String.format(Locale.ROOT, "%.3f", seconds);
    String second = String.format(Locale.ROOT, "%.3f", again);
    return String.format(Locale.ROOT, ROW, name, first, second, reference, peak);
  }

  private static double sum(Map<String, Double> seconds, Collection<String> names) {
    return names.stream().mapToDouble(seconds::get).sum();
  }

  private static void figure(Consumer<String> out, String key, double value) {
    out.accept(String.format(Locale.ROOT, "figure %s %.4g", key, value));
  }
}
