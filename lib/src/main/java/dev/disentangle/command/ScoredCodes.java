package dev.disentangle.command;

import dev.disentangle.metric.ScoreInput;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.CodesArrays;
import dev.disentangle.representation.CodesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * A file of codes with its scores.
 *
 * @param label what tables call the file
 * @param file codes and factors
 * @param scores the scores
 * @param input the points that were scored, with what has been computed from them
 * @param halves scores of half samples, where intervals are wanted
 */
record ScoredCodes(
    String label, CodesFile file, Scores scores, ScoreInput input, Optional<HalfScores> halves) {

  static ScoredCodes of(
      String label,
      Path path,
      CodesArrays arrays,
      ScoreOptions options,
      Optional<Integer> halfSamples,
      Waiting waiting)
      throws IOException {
    CodesFile file = CodesFile.read(path, arrays);
    AtomicReference<ScoreInput> seen = new AtomicReference<>();
    ScoreOptions watched =
        options.each(score -> new WatchedScore(score, label, waiting, seen::set));
    try {
      Scores scores = Scores.of(file, watched);
      if (scores.values().isEmpty()) {
        throw new IllegalArgumentException(
            "none of the scores asked for is defined for these codes: some need factors, of which one"
                + " varies, some log variances, z-max-variance a whole grid, evidence the model");
      }
      Optional<HalfScores> halves =
          halfSamples.map(n -> new HalfSamples(file, options, n, label, waiting).scores());
      return new ScoredCodes(label, file, scores, seen.get(), halves);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    } finally {
      waiting.clear();
    }
  }

  /** One line on the file, with what is missing for more scores. */
  String description() {
    return file
        + (file.factors().isEmpty() ? "; no factors, so only scores that need none" : "")
        + (input.deterministic() ? "; no variances, so codes count as points" : "");
  }

  Optional<ScoreValue> value(String name) {
    List<ScoreValue> values = scores.values();
    return values.stream().filter(value -> value.name().equals(name)).findFirst();
  }

  /** Half the width of a value's 95 % interval, where it was estimated. */
  Optional<Double> reach(String name) {
    return halves.flatMap(all -> value(name).flatMap(all::reach));
  }

  /** A value's difference from another file's, where both have the value. */
  Optional<Double> difference(String name, ScoredCodes other) {
    return value(name)
        .flatMap(own -> other.value(name).map(its -> own.value() - its.value()))
        .filter(Double::isFinite);
  }

  /** Half the width of that difference's 95 % interval, where it was estimated. */
  Optional<Double> reachOfDifference(String name, ScoredCodes other) {
    if (halves.isEmpty() || other.halves.isEmpty() || difference(name, other).isEmpty()) {
      return Optional.empty();
    }
    return halves
        .get()
        .reachOfDifference(
            value(name).orElseThrow(),
            other.halves.get(),
            other.value(name).orElseThrow(),
            hasImagesOf(other));
  }

  /** Tells whether both files are of the same images in the same order, by all that can be seen. */
  boolean hasImagesOf(ScoredCodes other) {
    return file.codes().size() == other.file.codes().size() && factors().equals(other.factors());
  }

  private List<List<Integer>> factors() {
    return file.factors().stream()
        .flatMap(
            table ->
                IntStream.range(0, table.count())
                    .mapToObj(
                        k ->
                            IntStream.range(0, table.size())
                                .mapToObj(i -> table.value(i, k))
                                .toList()))
        .toList();
  }
}
