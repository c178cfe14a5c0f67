package dev.disentangle.data.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One factor of a table: the labels of its classes and the class of every image. */
public final class FactorColumn {

  private final String name;
  private final List<String> labels;
  private final int[] values;

  private FactorColumn(String name, List<String> labels, int[] values) {
    this.name = name;
    this.labels = labels;
    this.values = values;
  }

  /**
   * Makes a column of text. Its distinct entries are its classes, in numerical order if all are
   * numbers and in alphabetical order otherwise.
   *
   * @param name the factor's name
   * @param entries one per image
   * @return the column
   */
  public static FactorColumn of(String name, List<String> entries) {
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

  /**
   * Makes a column of class numbers.
   *
   * @param name the factor's name
   * @param classes how many classes there are
   * @param values the class of each image
   * @return the column
   * @throws IllegalArgumentException if a class is not in {@code [0, classes)}
   */
  public static FactorColumn of(String name, int classes, int[] values) {
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

  /**
   * Returns the factor's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the classes stand for.
   *
   * @return one label per class
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the class of an image.
   *
   * @param image index of the image
   * @return its class
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public int value(int image) {
    return values[image];
  }

  /**
   * Picks rows.
   *
   * @param rows the row of each image
   * @return a column with one row per entry of {@code rows} and the same classes
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public FactorColumn rows(int[] rows) {
    return new FactorColumn(name, labels, IntStream.of(rows).map(row -> values[row]).toArray());
  }
}
