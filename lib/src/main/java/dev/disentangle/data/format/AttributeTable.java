package dev.disentangle.data.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each of many pictures has and has not, in one of two forms.
 *
 * <p>As text: the number of pictures on the first line, the attributes' names on the second, then
 * per line a picture's name and -1 or 1 for each attribute, separated by spaces. As CSV: a header
 * of {@code image_id} (or any other word) and the attributes' names, then per line the same entries
 * separated by commas. Which of the two it is shows in a comma on the first line.
 */
public final class AttributeTable {

  private final Path file;
  private final List<String> names;
  private final Map<String, int[]> rows = new HashMap<>();

  private AttributeTable(Path file, List<String> names) {
    this.file = file;
    this.names = names;
  }

  /**
   * Reads a file.
   *
   * @param file the file, in UTF-8
   * @return the table
   * @throws IOException if the file cannot be read, names no attributes, or a line has another
   *     number of entries, an entry that is neither 1 nor -1, or a picture named before
   */
  public static AttributeTable read(Path file) throws IOException {
    try (BufferedReader reader = Utf8.open(file)) {
      String first = reader.readLine();
      boolean commas = first != null && first.contains(",");
      String header = commas ? first : reader.readLine();
      String[] words = header == null ? new String[0] : words(header, commas);
      String[] names = commas ? Arrays.copyOfRange(words, 1, words.length) : words;
      int number = commas ? 1 : 2;
      if (names.length == 0) {
        throw new IOException(file + ", line " + number + ": expected the names of attributes");
      }
      AttributeTable table = new AttributeTable(file, List.of(names));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          table.add(words(line, commas), number);
        }
      }
      return table;
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected text in UTF-8, " + e.getMessage(), e);
    }
  }

  private static String[] words(String line, boolean commas) {
    return line.isBlank() ? new String[0] : line.strip().split(commas ? "\\s*,\\s*" : "\\s+", -1);
  }

  private void add(String[] row, int number) throws IOException {
    if (row.length != names.size() + 1) {
      throw new IOException(
          String.format(
              "%s, line %d: expected a name and %d attributes, found %d entries",
              file, number, names.size(), row.length));
    }
    int[] values = new int[names.size()];
    for (int a = 0; a < values.length; a++) {
      if (!row[a + 1].equals("1") && !row[a + 1].equals("-1")) {
        throw new IOException(
            String.format(
                "%s, line %d: expected 1 or -1 for %s, found \"%s\"",
                file, number, names.get(a), row[a + 1]));
      }
      values[a] = row[a + 1].equals("1") ? 1 : 0;
    }
    if (rows.put(row[0], values) != null) {
      throw new IOException(
          file + ", line " + number + ": expected each picture once, found twice " + row[0]);
    }
  }

  /**
   * Returns the attributes.
   *
   * @return their names, in file order
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns what a picture has.
   *
   * @param picture the picture's name
   * @return for each attribute 1 if the picture has it and 0 if not
   * @throws IOException if the table has no line for the picture
   */
  public int[] values(String picture) throws IOException {
    int[] values = rows.get(picture);
    if (values == null) {
      throw new IOException(file + ": expected a line for picture " + picture);
    }
    return values.clone();
  }
}
