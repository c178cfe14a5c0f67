package dev.disentangle.data.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One factor of a table: the labels of its classes and the class of every image. */
public final class FactorColumn {

  private static final Set<String> UNKNOWN =
      Set.of("na", "n/a", "#n/a", "null", "none", "nil", "?", "-", ".");

  /** No data set here has as many classes that are fractions. */
  private static final int MANY_NUMBERS = 100;

  private final String name;
  private final List<String> labels;
  private final int[] values;
  private final double[] numbers;

  private FactorColumn(String name, List<String> labels, int[] values) {
    this(name, labels, values, new double[0]);
  }

  private FactorColumn(String name, List<String> labels, int[] values, double[] numbers) {
    this.name = name;
    this.labels = labels;
    this.values = values;
    this.numbers = numbers;
  }

  /**
   * Makes a column of text. Its distinct entries are its classes, in numerical order if all are
   * numbers and in alphabetical order otherwise.
   *
   * @param name the factor's name
   * @param entries one per image
   * @return the column
   * @throws IllegalArgumentException if an entry is missing: blank, NaN, or in a column of numbers
   *     another of the usual signs for an unknown one, such as NA
   */
  public static FactorColumn of(String name, List<String> entries) {
    requireNoneMissing(name, entries);
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

  private static void requireNoneMissing(String name, List<String> entries) {
    boolean numbers =
        entries.stream().anyMatch(FactorColumn::isNumber)
            && entries.stream().allMatch(e -> isNumber(e) || isMissing(e, true));
    for (int i = 0; i < entries.size(); i++) {
      if (isMissing(entries.get(i), numbers)) {
        throw new IllegalArgumentException(
            String.format(
                "factor %s has no value in row %d of %d, found \"%s\", which would count as a class"
                    + " of its own; leave such rows out, or write a word such as \"unknown\" if they"
                    + " are a class",
                name, i + 1, entries.size(), entries.get(i)));
      }
    }
  }

  private static boolean isMissing(String entry, boolean amongNumbers) {
    String lower = entry.strip().toLowerCase(Locale.ROOT);
    return lower.isEmpty() || lower.equals("nan") || amongNumbers && UNKNOWN.contains(lower);
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
   * Tells whether the factor is a real number, of which the classes are ranges.
   *
   * @return true for what {@link #continuous} made
   */
  public boolean isContinuous() {
    return numbers.length > 0;
  }

  /**
   * Returns the number of an image, if the factor is a real one.
   *
   * @param image index of the image
   * @return the number, or the class of a factor of classes
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public double number(int image) {
    return isContinuous() ? numbers[image] : values[image];
  }

  /**
   * Tells whether the classes look like measurements that hardly repeat: numbers, some of them with
   * a fraction or many of them, with more classes than half the rows; or more than {@value
   * #MANY_NUMBERS}, some of them with a fraction.
   *
   * @return true if {@link #bins} or {@link #continuous} should be thought of
   */
  public boolean isNearlyUnique() {
    if (isContinuous() || labels.size() <= 2 || !labels.stream().allMatch(FactorColumn::isNumber)) {
      return false;
    }
    boolean fractions = labels.stream().anyMatch(FactorColumn::hasFraction);
    return fractions && labels.size() > MANY_NUMBERS
        || 2L * labels.size() > values.length && (fractions || labels.size() > 20);
  }

  private static boolean hasFraction(String number) {
    double value = Double.parseDouble(number);
    return value != Math.rint(value);
  }

  /**
   * Cuts a column of numbers into ranges of equal width between its least and its greatest number.
   * Ranges without a row are left out.
   *
   * @param count how many ranges
   * @return a column whose classes are the ranges, in ascending order
   * @throws IllegalArgumentException if {@code count} is less than 2, a label is not a finite
   *     number, or all are the same
   */
  public FactorColumn bins(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("bins must be at least 2, was " + count);
    }
    double[] numbers = labels.stream().mapToDouble(this::finite).toArray();
    double low = DoubleStream.of(numbers).min().orElseThrow();
    double width = (DoubleStream.of(numbers).max().orElseThrow() - low) / count;
    if (!(width > 0)) {
      throw new IllegalArgumentException(
          "factor " + name + " must have different numbers to be cut into bins, all are " + low);
    }
    int[] bins =
        IntStream.of(values)
            .map(value -> Math.min(count - 1, (int) ((numbers[value] - low) / width)))
            .toArray();
    int[] used = IntStream.of(bins).distinct().sorted().toArray();
    List<String> ranges =
        IntStream.of(used).mapToObj(bin -> range(low, width, bin, bin == count - 1)).toList();
    int[] classes = IntStream.of(bins).map(bin -> Arrays.binarySearch(used, bin)).toArray();
    return new FactorColumn(name, ranges, classes);
  }

  /**
   * Takes a column's numbers as real ones, and ranges of equal width as their classes.
   *
   * @param count how many ranges
   * @return a column that has both
   * @throws IllegalArgumentException as {@link #bins} does
   */
  public FactorColumn continuous(int count) {
    FactorColumn ranges = bins(count);
    double[] all = IntStream.of(values).mapToDouble(value -> finite(labels.get(value))).toArray();
    return new FactorColumn(name, ranges.labels, ranges.values, all);
  }

  private static String range(double low, double width, int bin, boolean last) {
    return "["
        + sixDigits(low + bin * width)
        + ", "
        + sixDigits(low + (bin + 1) * width)
        + (last ? "]" : ")");
  }

  private static String sixDigits(double number) {
    return new BigDecimal(number, new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  private double finite(String label) {
    if (!isNumber(label) || Double.isInfinite(Double.parseDouble(label))) {
      throw new IllegalArgumentException(
          "factor " + name + " must be of finite numbers to be cut into bins, found " + label);
    }
    return Double.parseDouble(label);
  }

  /**
   * Picks rows.
   *
   * @param rows the row of each image
   * @return a column with one row per entry of {@code rows} and the same classes
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public FactorColumn rows(int[] rows) {
    double[] some =
        isContinuous()
            ? IntStream.of(rows).mapToDouble(row -> numbers[row]).toArray()
            : new double[0];
    return new FactorColumn(
        name, labels, IntStream.of(rows).map(row -> values[row]).toArray(), some);
  }
}
