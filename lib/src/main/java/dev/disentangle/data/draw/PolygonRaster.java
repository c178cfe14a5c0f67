package dev.disentangle.data.draw;

/**
 * Fills polygons whose vertices lie on a grid of 1/256 pixel, in exact integer arithmetic.
 *
 * <p>A pixel is on when its centre is inside by the even-odd rule. A centre on a left or lower edge
 * is in, one on a right or upper edge is out. Every edge flips, in each row whose centre it
 * crosses, all pixels from the crossing to the right end; what remains after all edges is the
 * inside.
 */
final class PolygonRaster {

  private static final int STEP_BITS = 8;

  /** Grid steps per pixel. */
  static final int STEPS = 1 << STEP_BITS;

  private static final int HALF = STEPS / 2;

  private final int side;
  private final int rowsPerWord;
  private final long rowMask;

  /**
   * Makes a raster for square images.
   *
   * @param side pixels per row; a divisor of 64
   */
  PolygonRaster(int side) {
    this.side = side;
    this.rowsPerWord = Long.SIZE / side;
    this.rowMask = -1L << Long.SIZE - side;
  }

  /**
   * Flips the pixels inside a closed polygon.
   *
   * @param x horizontal vertex positions in 1/256 pixel, from {@code offsetX} on
   * @param offsetX where in {@code x} the polygon begins
   * @param y vertical vertex positions, downwards, from {@code offsetY} on
   * @param offsetY where in {@code y} the polygon begins
   * @param vertices how many vertices
   * @param words the image's bits
   * @param first the image's first word
   */
  void fill(int[] x, int offsetX, int[] y, int offsetY, int vertices, long[] words, int first) {
    int fromX = x[offsetX + vertices - 1];
    int fromY = y[offsetY + vertices - 1];
    int fromRow = rowAbove(fromY);
    for (int v = 0; v < vertices; v++) {
      int toX = x[offsetX + v];
      int toY = y[offsetY + v];
      int toRow = rowAbove(toY);
      if (fromRow < toRow) {
        edge(fromX, fromY, toX, toY, words, first);
      } else if (toRow < fromRow) {
        edge(toX, toY, fromX, fromY, words, first);
      }
      fromX = toX;
      fromY = toY;
      fromRow = toRow;
    }
  }

  /** The last row whose centre is at or above a height; edges within one row cross no centre. */
  private static int rowAbove(int y) {
    return y - HALF >> STEP_BITS;
  }

  /** Flips along one edge, for every row whose centre lies in (topY, bottomY]. */
  private void edge(int topX, int topY, int bottomX, int bottomY, long[] words, int first) {
    int firstRow = Math.max(0, rowAbove(topY) + 1);
    int lastRow = Math.min(side - 1, rowAbove(bottomY));
    int height = bottomY - topY;
    for (int row = firstRow; row <= lastRow; row++) {
      int down = STEPS * row + HALF - topY;
      long numerator = (long) (topX - HALF) * height + (long) down * (bottomX - topX);
      int column = (int) -Math.floorDiv(-numerator, (long) STEPS * height);
      if (column < side) {
        long inRow = -1L >>> Math.max(0, column) & rowMask;
        words[first + row / rowsPerWord] ^= inRow >>> row % rowsPerWord * side;
      }
    }
  }
}
