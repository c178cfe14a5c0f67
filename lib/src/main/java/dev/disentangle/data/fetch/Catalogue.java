package dev.disentangle.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The published files that {@link Download} can fetch, from {@code datasets/catalogue.csv}. */
public final class Catalogue {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  private final List<CatalogueEntry> entries;

  private Catalogue(List<CatalogueEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Returns the catalogue that comes with the library.
   *
   * @return the catalogue
   */
  public static Catalogue standard() {
    try (InputStream stream = Catalogue.class.getResourceAsStream("catalogue.csv")) {
      if (stream == null) {
        throw new IllegalStateException("the library was built without its catalogue.csv");
      }
      return read(new InputStreamReader(stream, StandardCharsets.UTF_8), "catalogue.csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads another catalogue.
   *
   * @param file a CSV file with columns dataset, file, url, bytes, sha256, licence and citation
   * @return the catalogue
   * @throws IOException if the file cannot be read or a row is wrong
   */
  public static Catalogue read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, file.toString());
    }
  }

  private static Catalogue read(Reader reader, String name) throws IOException {
    List<CatalogueEntry> entries = new ArrayList<>();
    long line = 1;
    try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      for (CSVRecord row : parser) {
        line = parser.getCurrentLineNumber();
        entries.add(entry(row));
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException(
          name + ", line " + line + ": expected a row of the catalogue, " + e.getMessage(), e);
    }
    return new Catalogue(entries);
  }

  private static CatalogueEntry entry(CSVRecord row) {
    String bytes = row.get("bytes");
    return new CatalogueEntry(
        row.get("dataset"),
        row.get("file"),
        known(row.get("url")).map(URI::create),
        bytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(bytes)),
        known(row.get("sha256")),
        row.get("licence"),
        row.get("citation"));
  }

  private static Optional<String> known(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /**
   * Returns all files.
   *
   * @return entries in file order
   */
  public List<CatalogueEntry> entries() {
    return entries;
  }

  /**
   * Returns the files of one data set.
   *
   * @param dataset its name
   * @return its entries
   * @throws IllegalArgumentException if the catalogue has no such data set
   */
  public List<CatalogueEntry> files(String dataset) {
    List<CatalogueEntry> files =
        entries.stream().filter(entry -> entry.dataset().equals(dataset)).toList();
    if (files.isEmpty()) {
      List<String> names = entries.stream().map(CatalogueEntry::dataset).distinct().toList();
      throw new IllegalArgumentException("dataset must be one of " + names + ", was " + dataset);
    }
    return files;
  }
}
