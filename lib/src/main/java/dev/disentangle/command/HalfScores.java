package dev.disentangle.command;

import dev.disentangle.metric.ScoreValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The values of random halves of a file's images, and the 95 % intervals that follow; see {@link
 * HalfSamples}.
 *
 * @param images images of the whole file
 * @param values each score's values, one per half; NaN where it was not defined
 * @param points how many of a half's images entered each
 */
record HalfScores(int images, Map<String, double[]> values, Map<String, Integer> points) {

  private static final double UPPER = 0.975;

  /** Half the width of a value's interval; empty if fewer than two halves have the value. */
  Optional<Double> reach(ScoreValue whole) {
    return values.containsKey(whole.name())
        ? reach(values.get(whole.name()), whole)
        : Optional.empty();
  }

  /**
   * Half the width of the interval of a difference of two files' values. Of the same images the
   * halves are the same, so that what an image does to both values cancels; else both vary
   * independently.
   */
  Optional<Double> reachOfDifference(
      ScoreValue whole, HalfScores other, ScoreValue otherWhole, boolean sameImages) {
    double[] own = values.get(whole.name());
    double[] others = other.values.get(otherWhole.name());
    if (own == null || others == null) {
      return Optional.empty();
    }
    if (sameImages) {
      double[] differences =
          IntStream.range(0, own.length).mapToDouble(i -> own[i] - others[i]).toArray();
      return reach(differences, whole);
    }
    return reach(whole)
        .flatMap(one -> other.reach(otherWhole).map(second -> Math.hypot(one, second)));
  }

  private Optional<Double> reach(double[] some, ScoreValue whole) {
    StreamingStatistics statistics = new StreamingStatistics();
    Arrays.stream(some).filter(Double::isFinite).forEach(statistics::addValue);
    if (statistics.getN() < 2) {
      return Optional.empty();
    }
    double student = new TDistribution(statistics.getN() - 1).inverseCumulativeProbability(UPPER);
    double factor = factor(whole.points(), points.get(whole.name()), images);
    return Optional.of(student * factor * statistics.getStandardDeviation());
  }

  /** From the deviation over halves to the standard error of the whole. */
  static double factor(int points, int halfPoints, int images) {
    return Math.sqrt((1.0 / points) / (1.0 / halfPoints - 1.0 / images));
  }
}
