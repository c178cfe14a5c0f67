package dev.disentangle.data.format;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Turns decoded pictures into bytes of a wanted size. */
public final class Pixels {

  private Pixels() {}

  /**
   * Cuts out the largest centred square, or a smaller one, and scales it.
   *
   * @param picture the picture
   * @param crop side of the square to cut out; 0 for the largest
   * @param channels 1 for grey, 3 for colour
   * @param height wanted rows
   * @param width wanted columns
   * @return bytes channel by channel and row by row
   */
  public static byte[] square(
      BufferedImage picture, int crop, int channels, int height, int width) {
    int largest = Math.min(picture.getWidth(), picture.getHeight());
    int side = crop == 0 ? largest : Math.min(crop, largest);
    int left = (picture.getWidth() - side) / 2;
    int top = (picture.getHeight() - side) / 2;
    BufferedImage cut = rgb(picture.getSubimage(left, top, side, side));
    return bytes(scale(cut, width, height), channels);
  }

  /** Copies onto white, so that transparent pixels have a defined colour. */
  private static BufferedImage rgb(BufferedImage picture) {
    BufferedImage copy =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.setColor(java.awt.Color.WHITE);
    graphics.fillRect(0, 0, copy.getWidth(), copy.getHeight());
    graphics.drawImage(picture, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  /**
   * Scales; to a smaller size by the mean over the area that each pixel covers, so that nothing is
   * skipped.
   */
  static BufferedImage scale(BufferedImage picture, int width, int height) {
    if (picture.getWidth() == width && picture.getHeight() == height) {
      return picture;
    }
    if (width <= picture.getWidth() && height <= picture.getHeight()) {
      return AreaScaling.scale(picture, width, height);
    }
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  /**
   * Takes a picture's values; grey is the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B.
   *
   * @param picture the picture
   * @param channels 1 for grey, 3 for colour
   * @return bytes channel by channel and row by row
   */
  public static byte[] bytes(BufferedImage picture, int channels) {
    int area = picture.getWidth() * picture.getHeight();
    int[] rgb =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    byte[] bytes = new byte[channels * area];
    for (int p = 0; p < area; p++) {
      int red = rgb[p] >> 16 & 0xFF;
      int green = rgb[p] >> 8 & 0xFF;
      int blue = rgb[p] & 0xFF;
      if (channels == 1) {
        bytes[p] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
      } else {
        bytes[p] = (byte) red;
        bytes[area + p] = (byte) green;
        bytes[2 * area + p] = (byte) blue;
      }
    }
    return bytes;
  }

  /**
   * Reorders images of interleaved colours, as most files have them, into channel planes.
   *
   * @param interleaved the images' bytes, {@code [images, area, channels]}
   * @param images how many
   * @param area pixels per image
   * @param channels values per pixel
   * @param planes receives the bytes, {@code [images, channels, area]}
   */
  public static void planes(byte[] interleaved, int images, int area, int channels, byte[] planes) {
    for (int i = 0; i < images; i++) {
      int image = i * area * channels;
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < area; p++) {
          planes[image + c * area + p] = interleaved[image + p * channels + c];
        }
      }
    }
  }
}
