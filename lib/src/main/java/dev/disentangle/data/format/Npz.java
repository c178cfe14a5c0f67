package dev.disentangle.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * NumPy's {@code npz} format: a zip of {@code npy} arrays, each read as a stream when asked for.
 * Entries that are not asked for, such as pickled metadata, are never opened.
 */
public final class Npz implements AutoCloseable {

  private static final String SUFFIX = ".npy";

  /** Deflate's greatest ratio of plain to compressed bytes is 1032. */
  private static final long LARGEST_EXPANSION = 1032;

  private final Path file;
  private final ZipFile zip;

  private Npz(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @param file an {@code npz} file
   * @return the open file, to be closed
   * @throws IOException if the file cannot be read or is not a sound zip
   */
  public static Npz open(Path file) throws IOException {
    try {
      return new Npz(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new IOException(
          file + ": expected a complete zip of arrays (npz), but " + e.getMessage(), e);
    }
  }

  /**
   * Returns the names of all arrays, without {@code .npy}.
   *
   * @return names in file order
   */
  public List<String> names() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  /**
   * Opens one array.
   *
   * @param name its name, without {@code .npy}
   * @return a reader at the first element, to be closed
   * @throws IOException if there is no such array, or it does not hold plain numbers
   */
  public NpyReader array(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    if (entry == null) {
      throw new IOException(file + ": expected an array " + name + ", found " + names());
    }
    String title = file + "!" + entry.getName();
    InputStream stream =
        new ChecksumInput(
            new BufferedInputStream(zip.getInputStream(entry), 1 << 16), entry.getCrc(), title);
    try {
      return new NpyReader(stream, title, available(entry));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** The bytes that an entry can have: what it claims, and what its file can possibly expand to. */
  private long available(ZipEntry entry) throws IOException {
    return Math.min(entry.getSize(), Files.size(file) * LARGEST_EXPANSION);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
