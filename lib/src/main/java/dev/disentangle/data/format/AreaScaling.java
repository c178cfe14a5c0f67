package dev.disentangle.data.format;

import java.awt.image.BufferedImage;

/** Makes a picture smaller: every new pixel is the mean of the area that it covers. */
final class AreaScaling {

  private AreaScaling() {}

  static BufferedImage scale(BufferedImage picture, int width, int height) {
    int oldWidth = picture.getWidth();
    int oldHeight = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, oldWidth, oldHeight, null, 0, oldWidth);
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double[][] across = weights(oldWidth, width);
    double[][] down = weights(oldHeight, height);
    for (int y = 0; y < height; y++) {
      int top = (int) ((long) y * oldHeight / height);
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * oldWidth / width);
        scaled.setRGB(x, y, mean(rgb, oldWidth, left, across[x], top, down[y]));
      }
    }
    return scaled;
  }

  /** For every new pixel the shares of the old ones that it covers, from the first on; sum 1. */
  private static double[][] weights(int from, int to) {
    double[][] weights = new double[to][];
    double ratio = (double) from / to;
    for (int i = 0; i < to; i++) {
      int first = (int) ((long) i * from / to);
      int last = (int) (((long) (i + 1) * from - 1) / to);
      weights[i] = new double[last - first + 1];
      for (int k = first; k <= last; k++) {
        double overlap = Math.min(k + 1, (i + 1) * ratio) - Math.max(k, i * ratio);
        weights[i][k - first] = Math.max(0, overlap) / ratio;
      }
    }
    return weights;
  }

  private static int mean(
      int[] rgb, int stride, int left, double[] across, int top, double[] down) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int y = 0; y < down.length; y++) {
      for (int x = 0; x < across.length; x++) {
        int pixel = rgb[(top + y) * stride + left + x];
        double share = down[y] * across[x];
        red += share * (pixel >> 16 & 0xFF);
        green += share * (pixel >> 8 & 0xFF);
        blue += share * (pixel & 0xFF);
      }
    }
    return (int) (red + 0.5) << 16 | (int) (green + 0.5) << 8 | (int) (blue + 0.5);
  }
}
