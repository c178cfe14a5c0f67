package dev.disentangle.representation;

import dev.disentangle.data.FactorTable;
import dev.disentangle.data.format.Utf8;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Codes from a CSV file. */
final class CsvCodes {

  /** A name before a number, such as {@code z0}, {@code mu_3} or {@code code[7]}. */
  private static final Pattern NUMBERED = Pattern.compile("(.*?[^\\d\\W])[_ .\\-\\[(]*\\d+[\\])]*");

  private final Path file;
  private final CodesArrays arrays;
  private final List<String> header;

  private CsvCodes(Path file, CodesArrays arrays, List<String> header) {
    this.file = file;
    this.arrays = arrays;
    this.header = header;
  }

  static CodesFile read(Path file, CodesArrays arrays) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
            .setTrim(true)
            .get();
    try (Reader reader = Utf8.open(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      CsvCodes csv = new CsvCodes(file, arrays, parser.getHeaderNames());
      return csv.read(parser.getRecords());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException(file + ": expected CSV with a header, " + e.getMessage(), e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IOException(file + ": expected CSV in UTF-8, " + e.getMessage(), e);
    }
  }

  private CodesFile read(List<CSVRecord> rows) throws IOException {
    for (CSVRecord row : rows) {
      if (row.size() != header.size()) {
        throw new IOException(
            String.format(
                "%s, row %d: expected %d entries, found %d",
                file, row.getRecordNumber(), header.size(), row.size()));
      }
    }
    List<Integer> codes = group(CodesArrays.Kind.CODES, arrays.codes());
    if (codes.isEmpty()) {
      throw new IOException(
          file
              + ": expected codes in columns such as z0, z1 or mu_0, mu_1, found "
              + header
              + "; say which they are (--codes, CodesArrays.withCodes)");
    }
    List<Integer> variances = group(CodesArrays.Kind.LOG_VARIANCES, arrays.logVariances());
    List<Integer> factors = factors();
    Optional<float[][]> logVariances = Optional.empty();
    if (!variances.isEmpty()) {
      logVariances = Optional.of(numbers(rows, variances));
    }
    Optional<FactorTable> table = Optional.empty();
    if (!factors.isEmpty()) {
      table = Optional.of(table(rows, factors));
    }
    String description =
        file.getFileName()
            + ": codes "
            + names(codes)
            + (variances.isEmpty() ? "" : ", log variances " + names(variances))
            + (factors.isEmpty() ? ", no factors" : ", factors " + names(factors));
    return CodesFile.of(file, numbers(rows, codes), logVariances, table, description);
  }

  /** What stands before a column's number, or its whole name. */
  private static String stem(String column) {
    Matcher matcher = NUMBERED.matcher(column);
    return matcher.matches() ? matcher.group(1) : column;
  }

  /** The columns of one name, in file order. */
  private List<Integer> group(CodesArrays.Kind kind, String wanted) throws IOException {
    List<String> stems = header.stream().map(CsvCodes::stem).toList();
    String found = arrays.find(kind, stems);
    if (found.isEmpty() && !wanted.isEmpty()) {
      throw new IOException(file + ": expected columns " + wanted + "0, ..., found " + header);
    }
    List<Integer> columns = new ArrayList<>();
    for (int c = 0; c < header.size(); c++) {
      if (!found.isEmpty() && stems.get(c).equals(found)) {
        columns.add(c);
      }
    }
    return columns;
  }

  /** The columns named like factors; without any, all that are neither codes nor an index. */
  private List<Integer> factors() throws IOException {
    List<Integer> named = group(CodesArrays.Kind.FACTORS, arrays.factors());
    boolean coordinate = named.size() == 1 && header.get(named.get(0)).equalsIgnoreCase("y");
    if (!named.isEmpty() && !(coordinate && arrays.factors().isEmpty())) {
      return named;
    }
    List<Integer> columns = new ArrayList<>(group(CodesArrays.Kind.CODES, arrays.codes()));
    List<Integer> others = new ArrayList<>();
    for (int c = 0; c < header.size(); c++) {
      boolean other =
          named.contains(c) || CodesArrays.usual(stem(header.get(c))) == CodesArrays.Kind.OTHER;
      if (other && !columns.contains(c) && !CodesArrays.isIndex(header.get(c))) {
        others.add(c);
      }
    }
    return others;
  }

  private List<String> names(List<Integer> columns) {
    return columns.stream().map(header::get).toList();
  }

  private float[][] numbers(List<CSVRecord> rows, List<Integer> columns) throws IOException {
    float[][] numbers = new float[rows.size()][columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      for (int c = 0; c < columns.size(); c++) {
        String entry = rows.get(i).get(columns.get(c));
        try {
          numbers[i][c] = Float.parseFloat(entry);
        } catch (NumberFormatException e) {
          throw new IOException(
              String.format(
                  "%s, row %d: expected a number in column %s, found \"%s\"",
                  file, i + 1, header.get(columns.get(c)), entry),
              e);
        }
      }
    }
    return numbers;
  }

  private FactorTable table(List<CSVRecord> rows, List<Integer> columns) throws IOException {
    List<String> names = arrays.factorNames().isEmpty() ? names(columns) : arrays.factorNames();
    if (names.size() != columns.size()) {
      throw new IOException(
          file + ": expected names of the factors " + names(columns) + ", were given " + names);
    }
    return FactorTable.of(
        names, columns.stream().map(c -> rows.stream().map(row -> row.get(c)).toList()).toList());
  }
}
