package dev.disentangle.command;

import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Scores of random halves of the images, drawn without replacement, from whose spread intervals
 * follow: the delete-half jackknife (Shao and Wu 1989). A bootstrap that draws with replacement
 * would put copies of one image among training and evaluation points, and make neighbours at
 * distance 0; halves are without copies. Files of equally many images get the same halves.
 *
 * <p>A value of {@code p} of {@code n} images varies by {@code s^2 / p}; computed anew from {@code
 * q} images within random halves it varies by {@code s^2 (1/q - 1/n)} for given images. The
 * standard error is hence the deviation over the halves, times {@code sqrt((1/p) / (1/q - 1/n))},
 * and the interval reaches as far as Student's distribution says for so many halves. It is that of
 * the choice of images and of all sampling, not of training the model again; a bias that a score
 * has for few points is not in it.
 */
final class HalfSamples {

  private final CodesFile file;
  private final ScoreOptions options;
  private final int count;
  private final String label;
  private final Waiting waiting;

  HalfSamples(CodesFile file, ScoreOptions options, int count, String label, Waiting waiting) {
    this.file = file;
    this.options = options;
    this.count = count;
    this.label = label;
    this.waiting = waiting;
    if (file.codes().size() < 4) {
      throw new IllegalArgumentException(
          "intervals need at least 4 images, were " + file.codes().size());
    }
  }

  /** Scores all halves. */
  HalfScores scores() {
    Map<String, double[]> values = new HashMap<>();
    Map<String, Integer> points = new HashMap<>();
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int i = 0; i < count; i++) {
      String what = label + ": half sample " + (i + 1) + " of " + count;
      waiting.begin(what);
      long start = System.nanoTime();
      Scores scores = Scores.of(half(random), options.seed(options.seed() + i));
      for (ScoreValue value : scores.values()) {
        values.computeIfAbsent(value.name(), name -> undefined())[i] = value.value();
        points.put(value.name(), value.points());
      }
      waiting.end(what, (System.nanoTime() - start) / 1e9);
    }
    return new HalfScores(file.codes().size(), values, points);
  }

  private double[] undefined() {
    double[] none = new double[count];
    Arrays.fill(none, Double.NaN);
    return none;
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
