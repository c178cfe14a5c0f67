package dev.disentangle.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes a picture to the colours that its file has. */
final class PictureDecoder {

  /** The most pixels that a picture may claim to have: 100 million, 400 MB when decoded. */
  private static final long MOST_PIXELS = 100_000_000L;

  private PictureDecoder() {}

  static BufferedImage decode(ImageReader reader, ImageInputStream input) throws IOException {
    try {
      reader.setInput(input, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new IOException(
            "found " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels, too many");
      }
      BufferedImage picture = reader.read(0);
      requireKnownColours(picture);
      return isGrey(picture) ? greyAsStored(picture) : picture;
    } finally {
      reader.dispose();
    }
  }

  /** Java would convert printing inks without the picture's profile, and some of them inverted. */
  private static void requireKnownColours(BufferedImage picture) throws IOException {
    int type = picture.getColorModel().getColorSpace().getType();
    if (type != ColorSpace.TYPE_RGB && type != ColorSpace.TYPE_GRAY) {
      String colours = type == ColorSpace.TYPE_CMYK ? "CMYK, printing inks" : "type " + type;
      throw new IOException(
          "in grey or RGB; its colours are others (" + colours + "), convert it to RGB first");
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
}
