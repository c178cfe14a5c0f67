package dev.disentangle.plot;

import java.awt.image.BufferedImage;

/** Reads pictures in points, so that tests name places as the drawing code does. */
final class Points {

  private Points() {}

  /** The upper left pixel of every point. */
  static BufferedImage of(BufferedImage picture) {
    int density = Pictures.density(picture);
    int width = Pictures.width(picture);
    int height = Pictures.height(picture);
    BufferedImage points = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        points.setRGB(x, y, picture.getRGB(x * density, y * density));
      }
    }
    return points;
  }
}
