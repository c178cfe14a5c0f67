package dev.disentangle.data;

import dev.disentangle.data.format.PictureBytes;
import dev.disentangle.data.format.PictureSource;
import dev.disentangle.data.store.ByteImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user's own pictures: PNG or JPEG files in a folder or a zip, cut to centred squares and scaled,
 * with an optional CSV file of factors.
 *
 * <p>All pictures are held in memory, one byte per value.
 */
public final class ImageFolder {

  /** The column of the CSV file that names the picture. */
  private static final String FILE = "file";

  private ImageFolder() {}

  /**
   * Reads pictures without factors, 64x64 in colour.
   *
   * @param root a folder (with its subfolders) or a zip
   * @return the images in order of their names
   * @throws IOException if there is no picture or one cannot be decoded
   */
  public static ImageData read(Path root) throws IOException {
    return read(root, new ImageShape(3, 64, 64));
  }

  /**
   * Reads pictures without factors.
   *
   * @param root a folder (with its subfolders) or a zip
   * @param shape the wanted size, with 1 channel for grey or 3 for colour
   * @return the images in order of their names
   * @throws IOException if there is no picture or one cannot be decoded
   * @throws IllegalArgumentException if {@code shape} has neither 1 nor 3 channels
   */
  public static ImageData read(Path root, ImageShape shape) throws IOException {
    try (PictureSource source = PictureSource.open(root)) {
      return read(root, source, shape, Optional.empty());
    }
  }

  /**
   * Reads pictures with factors.
   *
   * @param root a folder (with its subfolders) or a zip
   * @param shape the wanted size, with 1 channel for grey or 3 for colour
   * @param csv a table with a column {@code file}, the picture's path within {@code root}, and one
   *     column per factor
   * @return the images in order of their names
   * @throws IOException if a file cannot be read, or the table does not name each picture once
   * @throws IllegalArgumentException if {@code shape} has neither 1 nor 3 channels
   */
  public static ImageData read(Path root, ImageShape shape, Path csv) throws IOException {
    return read(root, shape, FactorTable.read(csv), csv.toString());
  }

  /**
   * Reads pictures with factors from a table that was read before, such as to take a factor of real
   * numbers as such: {@code FactorTable.read(csv).continuous("angle", 20)}.
   *
   * @param root a folder (with its subfolders) or a zip
   * @param shape the wanted size, with 1 channel for grey or 3 for colour
   * @param table a table with a column {@code file}, the picture's path within {@code root}, and
   *     one column per factor
   * @return the images in order of their names
   * @throws IOException if a picture cannot be read, or the table does not name each picture once
   * @throws IllegalArgumentException if {@code shape} has neither 1 nor 3 channels
   */
  public static ImageData read(Path root, ImageShape shape, FactorTable table) throws IOException {
    return read(root, shape, table, "table of factors");
  }

  private static ImageData read(Path root, ImageShape shape, FactorTable table, String title)
      throws IOException {
    try (PictureSource source = PictureSource.open(root)) {
      FactorTable factors = factors(table, title, source.names());
      for (String name : factors.nearlyUnique()) {
        System.getLogger("dev.disentangle.data")
            .log(
                System.Logger.Level.WARNING,
                String.format(
                    "%s: factor %s is of real numbers that hardly repeat, and each counts as a class"
                        + " of its own; FactorTable.read(...).continuous(\"%s\", 20) keeps the numbers",
                    title, name, name));
      }
      return read(root, source, shape, Optional.of(factors));
    }
  }

  private static ImageData read(
      Path root, PictureSource source, ImageShape shape, Optional<Factors> factors)
      throws IOException {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException("shape must have 1 or 3 channels, was " + shape);
    }
    PictureBytes bytes =
        new PictureBytes(
            source, source.names(), 0, shape.channels(), shape.height(), shape.width());
    ByteImages images = ByteImages.read(shape.pixels(), source.names().size(), bytes::read);
    String name = root.getFileName() == null ? "images" : root.getFileName().toString();
    String checksum = images.sha256();
    String skipped = source.skippedText();
    return new StoredImages(
            name,
            "pictures as " + shape + ", SHA-256 of pixels " + checksum,
            shape,
            images,
            PixelKind.CONTINUOUS,
            factors)
        .withNote(skipped.isEmpty() ? "" : "; skipped " + skipped);
  }

  private static FactorTable factors(FactorTable table, String title, List<String> names)
      throws IOException {
    int column = 0;
    while (column < table.count() && !table.name(column).equals(FILE)) {
      column++;
    }
    if (column == table.count() || table.count() < 2) {
      throw new IOException(title + ", line 1: expected a column file and factors, found " + table);
    }
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      String name = table.label(column, table.value(row, column));
      if (rows.put(name, row) != null) {
        throw new IOException(title + ": expected each picture once, found twice " + name);
      }
    }
    int[] order = new int[names.size()];
    for (int i = 0; i < order.length; i++) {
      Integer row = rows.get(names.get(i));
      if (row == null) {
        throw new IOException(title + ": expected a row for picture " + names.get(i));
      }
      order[i] = row;
    }
    return table.rows(order).without(FILE);
  }
}
