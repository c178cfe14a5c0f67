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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A file of codes with its scores.
 *
 * @param label what tables call the file
 * @param file codes and factors
 * @param scores the scores
 * @param input the points that were scored, with what has been computed from them
 * @param deviations standard error per value, where it was estimated
 */
record ScoredCodes(
    String label, CodesFile file, Scores scores, ScoreInput input, Map<String, Double> deviations) {

  /** Half the width of a 95 % interval, in standard errors of a normal distribution. */
  static final double REACH = 1.96;

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
      Scores scores = scores(file, watched);
      if (scores.values().isEmpty()) {
        throw new IllegalArgumentException(
            "none of the scores asked for is defined for these codes: some need factors, of which one"
                + " varies, some log variances, z-max-variance a whole grid, evidence the model");
      }
      Map<String, Double> deviations =
          halfSamples.isEmpty()
              ? Map.of()
              : new HalfSamples(file, options, scores, halfSamples.get(), label, waiting)
                  .deviations();
      return new ScoredCodes(label, file, scores, seen.get(), deviations);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    } finally {
      waiting.clear();
    }
  }

  static Scores scores(CodesFile file, ScoreOptions options) {
    return file.factors().isPresent()
        ? Scores.of(file.codes(), file.factors().get(), options)
        : Scores.of(file.codes(), options);
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
    return Optional.ofNullable(deviations.get(name)).map(deviation -> REACH * deviation);
  }
}
