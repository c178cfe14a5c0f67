package dev.disentangle.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
 * and sorted by name. A zip is read in place and never unpacked, so its names cannot reach outside;
 * links within a folder are not followed.
 */
public final class PictureSource implements AutoCloseable {

  /** The most pixels that a picture may claim to have: 100 million, 400 MB when decoded. */
  private static final long MOST_PIXELS = 100_000_000L;

  private final Path root;
  private final ZipFile zip;
  private final List<String> names;

  private PictureSource(Path root, ZipFile zip, List<String> names) {
    this.root = root;
    this.zip = zip;
    this.names = names;
  }

  /**
   * Opens a folder or a zip.
   *
   * @param root the folder or zip file
   * @return its pictures, to be closed
   * @throws IOException if it cannot be read or has no picture
   */
  public static PictureSource open(Path root) throws IOException {
    PictureSource source = Files.isDirectory(root) ? folder(root) : zip(root);
    if (source.names.isEmpty()) {
      source.close();
      throw new IOException(root + ": expected pictures named .png, .jpg or .jpeg, found none");
    }
    return source;
  }

  private static PictureSource folder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(PictureSource::isPicture)
              .sorted()
              .toList();
      return new PictureSource(root, null, names);
    }
  }

  private static PictureSource zip(Path root) throws IOException {
    try {
      ZipFile zip = new ZipFile(root.toFile());
      List<String> names =
          zip.stream().map(ZipEntry::getName).filter(PictureSource::isPicture).sorted().toList();
      return new PictureSource(root, zip, names);
    } catch (ZipException e) {
      throw new IOException(
          root + ": expected a folder or a complete zip of pictures, but " + e.getMessage(), e);
    }
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.lastIndexOf('/') + 1);
    boolean hidden = file.startsWith(".") || lower.startsWith("__macosx/");
    return !hidden && (file.endsWith(".png") || file.endsWith(".jpg") || file.endsWith(".jpeg"));
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
   * Decodes one picture. Its size is checked before memory is taken for it.
   *
   * @param name one of {@link #names()}
   * @return the picture
   * @throws IOException if it cannot be decoded or claims to be of an absurd size
   */
  public BufferedImage picture(String name) throws IOException {
    String title = root + (zip == null ? "/" : "!") + name;
    try (InputStream stream = new BufferedInputStream(open(name));
        ImageInputStream input = new MemoryCacheImageInputStream(stream)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException("the first bytes are of no known picture format");
      }
      return decode(readers.next(), input);
    } catch (IOException | RuntimeException e) {
      // Decoders throw unchecked exceptions, too, on damaged files.
      throw new IOException(
          title + ", offset 0: expected a sound PNG or JPEG picture, " + e.getMessage(), e);
    }
  }

  private static BufferedImage decode(ImageReader reader, ImageInputStream input)
      throws IOException {
    try {
      reader.setInput(input, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new IOException(
            "found " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels, too many");
      }
      BufferedImage picture = reader.read(0);
      return isGrey(picture) ? greyAsStored(picture) : picture;
    } finally {
      reader.dispose();
    }
  }

  private static boolean isGrey(BufferedImage picture) {
    int type = picture.getColorModel().getColorSpace().getType();
    return type == ColorSpace.TYPE_GRAY && !picture.getColorModel().hasAlpha();
  }

  /**
   * Copies grey values as they are in the file: Java takes them for linear light and would brighten
   * them on conversion to colours.
   */
  private static BufferedImage greyAsStored(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int bits = picture.getSampleModel().getSampleSize(0);
    int most = (1 << bits) - 1;
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sample = picture.getRaster().getSample(x, y, 0);
        copy.setRGB(x, y, Math.round(255f * sample / most) * 0x010101);
      }
    }
    return copy;
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
