package dev.disentangle.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a method reaches along the values of its weight: one value over another, such as a score
 * over the reconstruction loss, which the FactorVAE paper's Figures 4 and 5 compare methods by. A
 * point is the mean of a setting's runs; between neighbouring points the frontier is a straight
 * line, and outside of them it is not defined.
 */
public final class Frontier {

  private static final int RESAMPLES = 2_000;

  /** The runs of a setting, {@code [run][x, y]}. */
  private final List<double[][]> settings;

  private Frontier(List<double[][]> settings) {
    this.settings = settings;
  }

  /**
   * Collects the runs of a method.
   *
   * @param outcomes the method's runs, of at least two settings; those that failed or lack a value
   *     are left out
   * @param x name of the value that decides what is compared, such as {@code reconstruction}
   * @param y name of the value that is compared, such as {@code score.factorvae}
   * @return the frontier
   * @throws IllegalArgumentException if fewer than two settings have both values, or two settings
   *     have the same mean of {@code x}
   */
  public static Frontier of(List<Outcome> outcomes, String x, String y) {
    List<double[][]> settings = new ArrayList<>();
    for (List<Outcome> runs : new Outcomes(outcomes).settings().values()) {
      double[][] points =
          runs.stream()
              .map(run -> new double[] {value(run, x), value(run, y)})
              .filter(point -> Double.isFinite(point[0]) && Double.isFinite(point[1]))
              .toArray(double[][]::new);
      if (points.length > 0) {
        settings.add(points);
      }
    }
    if (settings.size() < 2) {
      throw new IllegalArgumentException(
          "a frontier needs at least two settings with "
              + x
              + " and "
              + y
              + ", had "
              + settings.size());
    }
    Frontier frontier = new Frontier(List.copyOf(settings));
    frontier.requireDifferent(x);
    return frontier;
  }

  private static double value(Outcome run, String name) {
    return run.values().getOrDefault(name, Double.NaN);
  }

  private void requireDifferent(String x) {
    double[][] line = points();
    for (int i = 1; i < line.length; i++) {
      if (line[i][0] == line[i - 1][0]) {
        throw new IllegalArgumentException(
            "two settings have the same mean of " + x + ", " + line[i][0]);
      }
    }
  }

  /**
   * Returns the points.
   *
   * @return {@code [setting][x, y]}, by increasing {@code x}
   */
  public double[][] points() {
    return line(settings);
  }

  private static double[][] line(List<double[][]> settings) {
    return settings.stream()
        .map(runs -> new double[] {mean(runs, 0), mean(runs, 1)})
        .sorted(Comparator.comparingDouble(point -> point[0]))
        .toArray(double[][]::new);
  }

  private static double mean(double[][] runs, int column) {
    return Arrays.stream(runs).mapToDouble(run -> run[column]).average().orElseThrow();
  }

  /**
   * By how much one method is above another at equal {@code x}.
   *
   * @param mean the mean difference of {@code y} from {@code from} to {@code to}
   * @param interval 95 % percentile bootstrap interval of that mean, the runs of every setting
   *     drawn anew with replacement; a setting of one run does not vary, which makes it too narrow
   * @param from the least {@code x} that both methods reach
   * @param to the greatest
   */
  public record Difference(double mean, Interval interval, double from, double to) {}

  /**
   * Compares with another method.
   *
   * @param other what is subtracted
   * @return the mean difference over all {@code x} that both reach
   * @throws IllegalArgumentException if there is no such {@code x}
   */
  public Difference minus(Frontier other) {
    double[][] ours = points();
    double[][] theirs = other.points();
    double from = Math.max(ours[0][0], theirs[0][0]);
    double to = Math.min(ours[ours.length - 1][0], theirs[theirs.length - 1][0]);
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "the methods have no values in common: one ends at "
              + to
              + ", the other begins at "
              + from);
    }
    SplittableRandom random = new SplittableRandom(0);
    double[] resampled = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      resampled[r] = area(line(drawn(settings, random)), line(drawn(other.settings, random)));
    }
    resampled = Arrays.stream(resampled).filter(Double::isFinite).sorted().toArray();
    int tail = resampled.length / 40;
    Interval interval = new Interval(resampled[tail], resampled[resampled.length - 1 - tail]);
    return new Difference(area(ours, theirs), interval, from, to);
  }

  private static List<double[][]> drawn(List<double[][]> settings, SplittableRandom random) {
    return settings.stream()
        .map(
            runs ->
                Stream.generate(() -> runs[random.nextInt(runs.length)])
                    .limit(runs.length)
                    .toArray(double[][]::new))
        .toList();
  }

  /** The mean of the difference of two lines over what they share; not a number if nothing. */
  private static double area(double[][] ours, double[][] theirs) {
    double from = Math.max(ours[0][0], theirs[0][0]);
    double to = Math.min(ours[ours.length - 1][0], theirs[theirs.length - 1][0]);
    if (!(from < to)) {
      return Double.NaN;
    }
    TreeSet<Double> corners = new TreeSet<>(List.of(from, to));
    for (double[] point : Stream.of(ours, theirs).flatMap(Arrays::stream).toList()) {
      if (point[0] > from && point[0] < to) {
        corners.add(point[0]);
      }
    }
    // Between corners both are straight, so that the trapezoids are exact.
    double sum = 0;
    double before = corners.first();
    for (double x : corners) {
      sum += (x - before) * (height(ours, theirs, before) + height(ours, theirs, x)) / 2;
      before = x;
    }
    return sum / (to - from);
  }

  private static double height(double[][] ours, double[][] theirs, double x) {
    return at(ours, x) - at(theirs, x);
  }

  private static double at(double[][] line, double x) {
    int next = 1;
    while (next < line.length - 1 && line[next][0] < x) {
      next++;
    }
    double[] a = line[next - 1];
    double[] b = line[next];
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]);
  }
}
