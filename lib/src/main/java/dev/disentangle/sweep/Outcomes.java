package dev.disentangle.sweep;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Outcomes of runs, grouped by setting.
 *
 * @param all the outcomes in their order
 */
record Outcomes(List<Outcome> all) {

  Outcomes {
    all = List.copyOf(all);
  }

  /** What the sweep varies except the seed. */
  Set<String> axes() {
    Set<String> axes = new LinkedHashSet<>();
    all.forEach(outcome -> axes.addAll(outcome.setting().keySet()));
    return axes;
  }

  /**
   * The labels along an axis.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  List<String> labels(String axis) {
    List<String> labels =
        all.stream().map(o -> o.setting().get(axis)).filter(Objects::nonNull).distinct().toList();
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("no axis is named " + axis + "; there are " + axes());
    }
    return labels;
  }

  /** All names of values. */
  Set<String> values() {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(outcome -> names.addAll(outcome.values().keySet()));
    return names;
  }

  /**
   * Checks the name of a value.
   *
   * @throws IllegalArgumentException if no run has it
   */
  void requireValue(String value) {
    if (!values().contains(value)) {
      throw new IllegalArgumentException("no value is named " + value + "; there are " + values());
    }
  }

  /** The runs of each setting. */
  Map<Map<String, String>, List<Outcome>> settings() {
    return all.stream()
        .collect(Collectors.groupingBy(Outcome::setting, LinkedHashMap::new, Collectors.toList()));
  }

  /** A value of some runs, without those that do not have it or where it is not finite. */
  static double[] finite(List<Outcome> runs, String value) {
    return runs.stream()
        .mapToDouble(run -> run.values().getOrDefault(value, Double.NaN))
        .filter(Double::isFinite)
        .toArray();
  }

  /** The mean; not a number of nothing. */
  static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The median; not a number of nothing. */
  static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The standard deviation (ddof 1); not a number of fewer than two. */
  static double deviation(double... values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
