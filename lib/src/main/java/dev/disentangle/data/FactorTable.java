package dev.disentangle.data;

import dev.disentangle.data.format.Utf8;
import dev.disentangle.data.store.FactorColumn;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Factors or labels listed image by image, which need not form a grid; from a CSV file or from
 * arrays.
 */
public final class FactorTable implements Factors {

  private final List<FactorColumn> columns;
  private final int size;

  private FactorTable(List<FactorColumn> columns, int size) {
    this.columns = columns;
    this.size = size;
  }

  /**
   * Makes a table from columns of text, one entry per image. The distinct entries of a column are
   * its classes, in numerical order if all are numbers and in alphabetical order otherwise.
   *
   * @param names one distinct name per factor
   * @param columns one list per factor, all of one length
   * @return the table
   * @throws IllegalArgumentException if there is no factor or no image, the lengths differ, a name
   *     repeats, or an entry is blank or NaN, which would be a class of its own
   */
  public static FactorTable of(List<String> names, List<List<String>> columns) {
    if (names.isEmpty() || names.size() != columns.size()) {
      throw new IllegalArgumentException(
          "names and columns must have one entry per factor, were "
              + names.size()
              + " names and "
              + columns.size()
              + " columns");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("names must differ, were " + names);
    }
    int size = columns.get(0).size();
    List<FactorColumn> all = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      if (size == 0 || columns.get(f).size() != size) {
        throw new IllegalArgumentException(
            "columns must have one entry per image, the first has "
                + size
                + " and column "
                + names.get(f)
                + " has "
                + columns.get(f).size());
      }
      all.add(FactorColumn.of(names.get(f), columns.get(f)));
    }
    return new FactorTable(List.copyOf(all), size);
  }

  /**
   * Makes a table of one factor from class numbers.
   *
   * @param name the factor's name, such as {@code digit}
   * @param classes how many classes there are
   * @param values one class per image
   * @return the table
   * @throws IllegalArgumentException if there is no image or a class is not in {@code [0, classes)}
   */
  public static FactorTable of(String name, int classes, int[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must not be empty");
    }
    return new FactorTable(List.of(FactorColumn.of(name, classes, values)), values.length);
  }

  /**
   * Makes a table from columns of numbers, one per image. The different numbers of a column are its
   * classes, in ascending order.
   *
   * @param names one distinct name per factor
   * @param columns one array per factor, all of one length
   * @return the table
   * @throws IllegalArgumentException if there is no factor or no image, the lengths differ, a name
   *     repeats, or a number is NaN
   */
  public static FactorTable ofNumbers(List<String> names, double[][] columns) {
    return of(names, Stream.of(columns).map(FactorTable::texts).toList());
  }

  private static List<String> texts(double[] numbers) {
    Map<Double, String> texts = new HashMap<>();
    return DoubleStream.of(numbers)
        .mapToObj(x -> texts.computeIfAbsent(x, FactorTable::text))
        .toList();
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** Makes a table of factors that all have the same classes. */
  static FactorTable ofClasses(List<String> names, int classes, List<int[]> columns) {
    List<FactorColumn> all = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      all.add(FactorColumn.of(names.get(f), classes, columns.get(f)));
    }
    return new FactorTable(List.copyOf(all), columns.get(0).length);
  }

  /**
   * Reads a CSV file in UTF-8, with or without a byte-order mark: a header of factor names, then
   * one row per image.
   *
   * @param file the file
   * @return the table
   * @throws IOException if the file cannot be read, has no header or no row, a row has another
   *     number of entries than the header, or an entry is blank or NaN
   */
  public static FactorTable read(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (Reader reader = Utf8.open(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      List<String> names = parser.getHeaderNames();
      List<List<String>> columns = new ArrayList<>();
      names.forEach(name -> columns.add(new ArrayList<>()));
      for (CSVRecord row : parser) {
        if (row.size() != names.size()) {
          throw wrong(file, parser, names.size() + " entries, found " + row.size(), null);
        }
        for (int f = 0; f < row.size(); f++) {
          columns.get(f).add(row.get(f));
        }
      }
      if (names.isEmpty() || columns.get(0).isEmpty()) {
        throw wrong(file, parser, "a header of factor names and a row per image", null);
      }
      return of(names, columns);
    } catch (CSVException | CharacterCodingException e) {
      throw new IOException(file + ": expected CSV in UTF-8, " + e.getMessage(), e);
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      throw new IOException(file + ": expected CSV with a header, " + e.getMessage(), e);
    }
  }

  private static IOException wrong(Path file, CSVParser parser, String expected, Exception cause) {
    return new IOException(
        file + ", line " + parser.getCurrentLineNumber() + ": expected " + expected, cause);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int count() {
    return columns.size();
  }

  @Override
  public String name(int factor) {
    return columns.get(factor).name();
  }

  @Override
  public int classes(int factor) {
    return columns.get(factor).labels().size();
  }

  /**
   * Returns what a class stands for.
   *
   * @param factor which factor, from 0
   * @param value the class
   * @return the entry of the CSV file, or the class number as text
   */
  public String label(int factor, int value) {
    return columns.get(factor).labels().get(value);
  }

  @Override
  public int value(int image, int factor) {
    Objects.checkIndex(image, size);
    return columns.get(factor).value(image);
  }

  @Override
  public boolean isContinuous(int factor) {
    return columns.get(factor).isContinuous();
  }

  @Override
  public double number(int image, int factor) {
    Objects.checkIndex(image, size);
    return columns.get(factor).number(image);
  }

  /**
   * Picks rows, for a table in another order than the images.
   *
   * @param rows the row of each image
   * @return a table with one row per entry of {@code rows}, with the same classes
   * @throws IndexOutOfBoundsException if a row is not in {@code [0, size())}
   */
  public FactorTable rows(int[] rows) {
    return new FactorTable(columns.stream().map(c -> c.rows(rows)).toList(), rows.length);
  }

  /**
   * Cuts a factor of real numbers into ranges of equal width between its least and its greatest
   * number, since every different number would count as a class. Ranges without an image are left
   * out.
   *
   * @param name the factor's name
   * @param count how many ranges
   * @return a table in which the factor's classes are the ranges, such as {@code [0.5, 1)}
   * @throws IllegalArgumentException if no factor has that name, {@code count} is less than 2, or
   *     the factor is not of different, finite numbers
   */
  public FactorTable bins(String name, int count) {
    return with(name, column -> column.bins(count));
  }

  /**
   * Takes a factor of real numbers as such: scores that work on numbers see them, the others see
   * ranges of equal width as classes, as {@link #bins} makes them.
   *
   * @param name the factor's name
   * @param count how many ranges
   * @return a table in which the factor is continuous
   * @throws IllegalArgumentException as {@link #bins} does
   */
  public FactorTable continuous(String name, int count) {
    return with(name, column -> column.continuous(count));
  }

  private FactorTable with(String name, UnaryOperator<FactorColumn> change) {
    if (columns.stream().noneMatch(column -> column.name().equals(name))) {
      throw new IllegalArgumentException("name must be one of " + this + ", was " + name);
    }
    return new FactorTable(
        columns.stream().map(c -> c.name().equals(name) ? change.apply(c) : c).toList(), size);
  }

  /**
   * Lists factors of numbers of which hardly two images share one, so that as classes they say
   * nothing; {@link #continuous} takes them as numbers and {@link #bins} makes classes of them.
   *
   * @return the names of factors of numbers with more different ones than half the images, if they
   *     have fractions or are more than 20, or with more than 100 if they have fractions
   */
  public List<String> nearlyUnique() {
    return columns.stream().filter(FactorColumn::isNearlyUnique).map(FactorColumn::name).toList();
  }

  /**
   * Leaves one factor out, such as a column of file names.
   *
   * @param name the factor's name
   * @return a table of the others
   * @throws IllegalArgumentException if no factor has that name or none would remain
   */
  public FactorTable without(String name) {
    List<FactorColumn> others = columns.stream().filter(c -> !c.name().equals(name)).toList();
    if (others.size() == columns.size() || others.isEmpty()) {
      throw new IllegalArgumentException(
          "name must be one of several factors " + this + ", was " + name);
    }
    return new FactorTable(others, size);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("FactorTable[");
    for (int f = 0; f < count(); f++) {
      text.append(f == 0 ? "" : ", ").append(name(f)).append(' ').append(classes(f));
    }
    return text.append(']').toString();
  }
}
