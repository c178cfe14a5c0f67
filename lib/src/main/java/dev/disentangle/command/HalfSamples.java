package dev.disentangle.command;

import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * Standard errors of scores from random halves of the images, the delete-half jackknife (Shao and
 * Wu 1989). A bootstrap that draws with replacement would put copies of one image among training
 * and evaluation points, and make neighbours at distance 0; halves are without copies.
 *
 * <p>A value of {@code p} of {@code n} images varies by {@code s^2 / p}; computed anew from {@code
 * q} images within random halves it varies by {@code s^2 (1/q - 1/n)} for given images. The
 * standard error is hence the deviation over the halves, times {@code sqrt((1/p) / (1/q - 1/n))}.
 * It is that of the choice of images and of all sampling, not of training the model again.
 */
final class HalfSamples {

  private final CodesFile file;
  private final ScoreOptions options;
  private final Scores whole;
  private final int count;
  private final String label;
  private final Waiting waiting;

  HalfSamples(
      CodesFile file,
      ScoreOptions options,
      Scores whole,
      int count,
      String label,
      Waiting waiting) {
    this.file = file;
    this.options = options;
    this.whole = whole;
    this.count = count;
    this.label = label;
    this.waiting = waiting;
    if (file.codes().size() < 4) {
      throw new IllegalArgumentException(
          "intervals need at least 4 images, were " + file.codes().size());
    }
  }

  /** Computes the standard error of every value that some two halves have. */
  Map<String, Double> deviations() {
    Map<String, StreamingStatistics> values = new HashMap<>();
    Map<String, Integer> points = new HashMap<>();
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int i = 0; i < count; i++) {
      String what = label + ": half sample " + (i + 1) + " of " + count;
      waiting.begin(what);
      long start = System.nanoTime();
      Scores scores = ScoredCodes.scores(half(random), options.seed(options.seed() + i));
      for (ScoreValue value : scores.values()) {
        if (Double.isFinite(value.value())) {
          values
              .computeIfAbsent(value.name(), name -> new StreamingStatistics())
              .addValue(value.value());
          points.put(value.name(), value.points());
        }
      }
      waiting.end(what, (System.nanoTime() - start) / 1e9);
    }
    Map<String, Double> deviations = new LinkedHashMap<>();
    for (ScoreValue value : whole.values()) {
      StreamingStatistics some = values.get(value.name());
      if (some != null && some.getN() > 1) {
        double factor = factor(value.points(), points.get(value.name()), file.codes().size());
        deviations.put(value.name(), factor * some.getStandardDeviation());
      }
    }
    return deviations;
  }

  static double factor(int points, int halfPoints, int images) {
    return Math.sqrt((1.0 / points) / (1.0 / halfPoints - 1.0 / images));
  }

  private CodesFile half(SplittableRandom random) {
    Codes codes = file.codes();
    int[] rows = Shuffle.first(codes.size(), codes.size() / 2, random);
    Arrays.sort(rows);
    float[][] means = new float[rows.length][];
    float[][] logVariances = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      means[i] = codes.means()[rows[i]];
      logVariances[i] = codes.logVariances()[rows[i]];
    }
    return new CodesFile(
        new Codes(means, logVariances),
        file.factors().isEmpty() ? Optional.empty() : Optional.of(file.factors().get().rows(rows)),
        file.description());
  }
}
