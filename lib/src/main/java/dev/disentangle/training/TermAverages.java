package dev.disentangle.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Averages loss terms over the steps between two rows of the history. */
final class TermAverages {

  private final Map<String, Double> sums = new LinkedHashMap<>();
  private int count;

  void add(Map<String, Double> values) {
    values.forEach((name, value) -> sums.merge(name, value, Double::sum));
    count++;
  }

  /** Returns the averages and starts anew. */
  Map<String, Double> take() {
    Map<String, Double> averages = new LinkedHashMap<>();
    sums.forEach((name, sum) -> averages.put(name, sum / count));
    sums.clear();
    count = 0;
    return averages;
  }

  Map<String, Double> sums() {
    return new LinkedHashMap<>(sums);
  }

  int count() {
    return count;
  }

  void restore(Map<String, Double> values, int steps) {
    sums.clear();
    sums.putAll(values);
    count = steps;
  }
}
