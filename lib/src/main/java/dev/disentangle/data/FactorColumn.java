package dev.disentangle.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One factor of a {@link FactorTable}: the labels of its classes and the class of every image. */
final class FactorColumn {

  private final String name;
  private final List<String> labels;
  private final int[] values;

  private FactorColumn(String name, List<String> labels, int[] values) {
    this.name = name;
    this.labels = labels;
    this.values = values;
  }

  static FactorColumn of(String name, List<String> entries) {
    boolean numbers = entries.stream().allMatch(FactorColumn::isNumber);
    Comparator<String> order =
        numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    List<String> labels = entries.stream().distinct().sorted(order).toList();
    Map<String, Integer> classes = new HashMap<>();
    for (int c = 0; c < labels.size(); c++) {
      classes.put(labels.get(c), c);
    }
    return new FactorColumn(name, labels, entries.stream().mapToInt(classes::get).toArray());
  }

  static FactorColumn of(String name, int classes, int[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(
            name + " of image " + i + " must be in [0, " + classes + "), was " + values[i]);
      }
    }
    List<String> labels = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new FactorColumn(name, labels, values.clone());
  }

  private static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  String name() {
    return name;
  }

  List<String> labels() {
    return labels;
  }

  int value(int image) {
    return values[image];
  }

  FactorColumn rows(int[] rows) {
    return new FactorColumn(name, labels, IntStream.of(rows).map(row -> values[row]).toArray());
  }
}
