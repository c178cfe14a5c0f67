package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import javax.imageio.ImageIO;

/** Turns images of numbers into pictures, and pictures into PNG. */
public final class Pictures {

  /** Name of the image property that holds a picture's description. */
  public static final String DESCRIPTION = "description";

  /**
   * Name of the image property that holds how many pixels a point has: a page shows the picture
   * that many times smaller, so that screens of double density show all of it.
   */
  public static final String DENSITY = "density";

  private Pictures() {}

  /**
   * Turns an image into a picture of the same size: grey for one channel, RGB for three. A value
   * {@code v} becomes {@code round(255 v)}; values outside {@code [0, 1]} are cut off, and a pixel
   * with a value that is not finite is magenta, so that it cannot be missed.
   *
   * @param image the image
   * @return a picture of type RGB
   * @throws IllegalArgumentException if the image has neither one nor three channels
   */
  public static BufferedImage of(Image image) {
    ImageShape shape = image.shape();
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "image must have 1 or 3 channels, had " + shape.channels());
    }
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int area = shape.height() * shape.width();
    int step = shape.channels() == 3 ? area : 0;
    for (int i = 0; i < area; i++) {
      float red = image.pixels()[i];
      float green = image.pixels()[i + step];
      float blue = image.pixels()[i + 2 * step];
      picture.setRGB(i % shape.width(), i / shape.width(), rgb(red, green, blue));
    }
    return picture;
  }

  private static int rgb(float red, float green, float blue) {
    if (!Float.isFinite(red + green + blue)) {
      return Theme.BROKEN.getRGB();
    }
    return new Color(level(red), level(green), level(blue)).getRGB();
  }

  private static int level(float value) {
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  }

  /**
   * Gives a picture a description for readers who cannot see it. It is the image property {@value
   * #DESCRIPTION}, which any program can read with {@link BufferedImage#getProperty(String)}.
   *
   * @param picture the picture; its pixels are shared
   * @param description what it shows, taken from the data
   * @return the same picture with that description
   */
  public static BufferedImage described(BufferedImage picture, String description) {
    return with(DESCRIPTION, description, picture);
  }

  /** The same picture with that many pixels per point. */
  static BufferedImage ofDensity(int density, BufferedImage picture) {
    return with(DENSITY, density, picture);
  }

  private static BufferedImage with(String name, Object value, BufferedImage picture) {
    Hashtable<String, Object> properties = new Hashtable<>();
    for (String known : List.of(DESCRIPTION, DENSITY)) {
      Object old = picture.getProperty(known);
      if (old != java.awt.Image.UndefinedProperty) {
        properties.put(known, old);
      }
    }
    properties.put(name, value);
    return new BufferedImage(
        picture.getColorModel(), picture.getRaster(), picture.isAlphaPremultiplied(), properties);
  }

  /**
   * Returns how many pixels wide and high a point of a picture is.
   *
   * @param picture a picture
   * @return 2 for this package's pictures, 1 for one that says nothing
   */
  public static int density(BufferedImage picture) {
    return picture.getProperty(DENSITY) instanceof Integer density ? density : 1;
  }

  /**
   * Returns how wide a page shows a picture.
   *
   * @param picture a picture
   * @return its width in points
   */
  public static int width(BufferedImage picture) {
    return picture.getWidth() / density(picture);
  }

  /**
   * Returns how high a page shows a picture.
   *
   * @param picture a picture
   * @return its height in points
   */
  public static int height(BufferedImage picture) {
    return picture.getHeight() / density(picture);
  }

  /**
   * Returns what a picture shows, in words: every picture of this package has such a description.
   *
   * @param picture a picture
   * @return its description; its size if it has none
   */
  public static String description(BufferedImage picture) {
    return picture.getProperty(DESCRIPTION) instanceof String text
        ? text
        : "picture of " + picture.getWidth() + " by " + picture.getHeight() + " pixels";
  }

  /**
   * Encodes a picture as PNG, complete to the last byte.
   *
   * @param picture the picture
   * @return the PNG file's bytes
   */
  public static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "png", bytes)) {
        throw new IllegalStateException("this Java has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Saves a picture as PNG; folders that are missing are made.
   *
   * @param picture the picture
   * @param file where to write, by custom ending in {@code .png}
   * @throws IOException if the file cannot be written
   */
  public static void save(BufferedImage picture, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, png(picture));
  }

  /**
   * Wraps a picture into an HTML image element that carries its data along, with the picture's
   * {@link #description} as its alternative text.
   *
   * @param picture the picture
   * @return an {@code <img>} element
   */
  public static String html(BufferedImage picture) {
    return html(picture, description(picture));
  }

  /**
   * Wraps a picture into an HTML image element that carries its data along, as wide as it is in
   * points.
   *
   * @param picture the picture
   * @param alternative what a reader who cannot see it should know
   * @return an {@code <img>} element
   */
  public static String html(BufferedImage picture, String alternative) {
    String element = html(png(picture), "image/png", alternative);
    return density(picture) == 1
        ? element
        : element.replaceFirst("^<img ", "<img width=\"" + width(picture) + "\" ");
  }

  /** Wraps an encoded picture into an HTML image element that carries its data along. */
  static String html(byte[] encoded, String type, String alternative) {
    return "<img src=\"data:"
        + type
        + ";base64,"
        + Base64.getEncoder().encodeToString(encoded)
        + "\" alt=\""
        + escape(alternative)
        + "\">";
  }

  /** Makes a text safe inside HTML, in elements and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
