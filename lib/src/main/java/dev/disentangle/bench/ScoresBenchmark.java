package dev.disentangle.bench;

import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long each score takes from codes of all 737,280 dSprites images, at the reference
 * implementation's sample sizes: a table beside the seconds that disentanglement_lib needed on one
 * thread of a like machine, then one line per figure, {@code figure KEY VALUE}.
 *
 * <p>Everything is timed cold, once, as a user meets it; encoding is not part of it.
 */
public final class ScoresBenchmark {

  /** Seconds from codes of the reference implementation, single thread, 2-core machine. */
  private static final Map<String, Double> REFERENCE =
      Map.of(
          "factorvae", 0.75,
          "mig", 0.06,
          "dci", 225.0,
          "sap", 0.58,
          "irs", 0.013);

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
    long start = System.nanoTime();
    Scores scores = Scores.of(codes, BenchmarkCodes.SPACE, ScoreOptions.defaults());
    double table = (System.nanoTime() - start) / 1e9;
    out.accept(String.format(Locale.ROOT, "%-24s %10s %14s", "score", "seconds", "reference, s"));
    scores
        .seconds()
        .forEach(
            (name, seconds) -> {
              String reference = REFERENCE.containsKey(name) ? REFERENCE.get(name).toString() : "";
              out.accept(String.format(Locale.ROOT, "%-24s %10.3f %14s", name, seconds, reference));
            });
    out.accept(String.format(Locale.ROOT, "%-24s %10.3f", "whole table", table));
    out.accept(scores.toString());
    figure(out, "scores.table.seconds", table);
    scores.seconds().forEach((name, s) -> figure(out, "scores." + name + ".seconds", s));
  }

  private static void figure(Consumer<String> out, String key, double value) {
    out.accept(String.format(Locale.ROOT, "figure %s %.4g", key, value));
  }
}
