package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Images side by side in one picture, without gaps or labels, for a page that cuts them out. */
final class Tiles {

  private Tiles() {}

  /** One picture with an image per cell; grey images make a grey picture, a third of the size. */
  static BufferedImage of(List<List<Image>> rows) {
    ImageShape shape = rows.get(0).get(0).shape();
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    boolean grey = shape.channels() == 1;
    BufferedImage tiles =
        new BufferedImage(
            columns * shape.width(),
            rows.size() * shape.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        BufferedImage cell = Pictures.of(rows.get(row).get(column));
        int x = column * shape.width();
        int y = row * shape.height();
        if (grey) {
          // Level by level: drawing would convert between grey scales and change the values.
          copyLevels(cell, tiles, x, y);
        } else {
          Graphics2D pen = tiles.createGraphics();
          pen.drawImage(cell, x, y, null);
          pen.dispose();
        }
      }
    }
    return tiles;
  }

  private static void copyLevels(BufferedImage from, BufferedImage to, int left, int top) {
    for (int y = 0; y < from.getHeight(); y++) {
      for (int x = 0; x < from.getWidth(); x++) {
        to.getRaster().setSample(left + x, top + y, 0, from.getRGB(x, y) & 0xFF);
      }
    }
  }
}
