package dev.disentangle.data.format;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * PNG and JPEG pictures in a folder and its subfolders, or in a zip, named by their path within it
 * and sorted by name. Pictures of other formats are counted and skipped, with a warning on the log.
 * A zip is read in place and never unpacked, so its names cannot reach outside; links within a
 * folder are not followed.
 */
public final class PictureSource implements AutoCloseable {

  /** Endings of pictures that are not read here. */
  private static final Set<String> OTHER_PICTURES =
      Set.of(
          ".avif", ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jp2", ".jxl", ".pgm", ".ppm",
          ".tga", ".tif", ".tiff", ".webp");

  private final Path root;
  private final ZipFile zip;
  private final List<String> names;
  private final SortedMap<String, Integer> skipped;

  private PictureSource(Path root, ZipFile zip, List<String> all) {
    this.root = root;
    this.zip = zip;
    this.names = all.stream().filter(PictureSource::isPicture).sorted().toList();
    this.skipped = new TreeMap<>();
    for (String name : all) {
      String ending = ending(name);
      if (!isHidden(name) && OTHER_PICTURES.contains(ending)) {
        skipped.merge(ending, 1, Integer::sum);
      }
    }
  }

  /**
   * Opens a folder or a zip.
   *
   * @param root the folder or zip file
   * @return its pictures, to be closed
   * @throws IOException if it cannot be read or has no picture of these formats
   */
  public static PictureSource open(Path root) throws IOException {
    PictureSource source = Files.isDirectory(root) ? folder(root) : zip(root);
    if (source.names.isEmpty()) {
      source.close();
      throw new IOException(
          root
              + ": expected pictures named .png, .jpg or .jpeg, found "
              + (source.skipped.isEmpty()
                  ? "none"
                  : source.skippedText() + "; convert them to .png first"));
    }
    if (!source.skipped.isEmpty()) {
      System.getLogger("dev.disentangle.data")
          .log(
              System.Logger.Level.WARNING,
              root
                  + ": skipped "
                  + source.skippedText()
                  + ", which cannot be read; convert them to .png to have them");
    }
    return source;
  }

  private static PictureSource folder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .toList();
      return new PictureSource(root, null, names);
    }
  }

  private static PictureSource zip(Path root) throws IOException {
    try {
      ZipFile zip = new ZipFile(root.toFile());
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      return new PictureSource(root, zip, names);
    } catch (ZipException e) {
      throw new IOException(
          root + ": expected a folder or a complete zip of pictures, but " + e.getMessage(), e);
    }
  }

  private static boolean isPicture(String name) {
    String ending = ending(name);
    boolean readable = ending.equals(".png") || ending.equals(".jpg") || ending.equals(".jpeg");
    return readable && !isHidden(name);
  }

  private static boolean isHidden(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.substring(lower.lastIndexOf('/') + 1).startsWith(".")
        || lower.startsWith("__macosx/");
  }

  private static String ending(String name) {
    return name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the pictures' paths within the folder or zip, with {@code /} between folders.
   *
   * @return sorted names
   */
  public List<String> names() {
    return names;
  }

  /**
   * Says which pictures are of formats that are not read, and how many.
   *
   * @return text such as {@code 3 .tif, 1 .webp}; empty if there are none
   */
  public String skippedText() {
    return skipped.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * Lists what tells one state of the pictures from another without reading them: for every picture
   * its name and size with the time of its last change, or in a zip with its checksum.
   *
   * @return one line per picture, in order of {@link #names()}
   * @throws IOException if a picture has gone
   */
  public List<String> inventory() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      if (zip == null) {
        BasicFileAttributes file =
            Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
        lines.add(name + "\t" + file.size() + "\t" + file.lastModifiedTime());
      } else {
        ZipEntry entry = zip.getEntry(name);
        lines.add(name + "\t" + entry.getSize() + "\t" + Long.toHexString(entry.getCrc()));
      }
    }
    return lines;
  }

  /**
   * Decodes one picture. Its size is checked before memory is taken for it.
   *
   * @param name one of {@link #names()}
   * @return the picture
   * @throws IOException if it cannot be decoded, has other colours than grey or red, green and
   *     blue, or claims to be of an absurd size
   */
  public BufferedImage picture(String name) throws IOException {
    String title = root + (zip == null ? "/" : "!") + name;
    try (InputStream stream = new BufferedInputStream(open(name));
        ImageInputStream input = new MemoryCacheImageInputStream(stream)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException("the first bytes are of no known picture format");
      }
      return PictureDecoder.decode(readers.next(), input);
    } catch (IOException | RuntimeException e) {
      // Decoders throw unchecked exceptions, too, on damaged files.
      throw new IOException(
          title + ", offset 0: expected a sound PNG or JPEG picture, " + e.getMessage(), e);
    }
  }

  private InputStream open(String name) throws IOException {
    if (Collections.binarySearch(names, name) < 0) {
      throw new IOException("there is no picture of that name");
    }
    return zip == null
        ? Files.newInputStream(root.resolve(name))
        : zip.getInputStream(zip.getEntry(name));
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
