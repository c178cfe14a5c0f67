package dev.disentangle.data.draw;

import java.util.List;

/**
 * Draws sprites from their geometry, in index order: outline, scale, angle, column, row, the last
 * varying fastest.
 *
 * <p>With shape outline (x, y) at scale 1, scale s, angle a and centre (column, row), a vertex lies
 * at (column + s (x cos a + y sin a), row + s (y cos a - x sin a)), x to the right and y down,
 * rounded to 1/256 pixel after the translation. As the two coordinates of a vertex depend on one
 * position each, both are rounded once per pose and position, and all combinations reuse them.
 * StrictMath gives the same bits on every platform. What lies outside the image is cut off.
 */
public final class SpriteRenderer {

  private final List<SpriteOutline> outlines;
  private final PolygonRaster raster;
  private final double[] scales;
  private final double[] angles;
  private final double[] columns;
  private final double[] rows;
  private final int wordsPerImage;

  /**
   * Chooses what to draw.
   *
   * @param side pixels per row and column, 64 or 32
   * @param outlines the shapes
   * @param scales factors on the outlines, which are in pixels
   * @param angles turns against the clock, in radians
   * @param columns centres across, in pixels from the left edge
   * @param rows centres down, in pixels from the upper edge
   */
  public SpriteRenderer(
      int side,
      List<SpriteOutline> outlines,
      double[] scales,
      double[] angles,
      double[] columns,
      double[] rows) {
    this.outlines = List.copyOf(outlines);
    this.raster = new PolygonRaster(side);
    this.scales = scales.clone();
    this.angles = angles.clone();
    this.columns = columns.clone();
    this.rows = rows.clone();
    this.wordsPerImage = side * side / Long.SIZE;
  }

  /**
   * Draws images {@code [first, first + count)}, from several threads at once if so called.
   *
   * @param first index of the first image
   * @param count how many images
   * @param words receives one bit per pixel, the most significant first; zeros before
   */
  public void write(int first, int count, long[] words) {
    int perPose = columns.length * rows.length;
    int image = first;
    while (image < first + count) {
      int pose = image / perPose;
      int end = Math.min(first + count, (pose + 1) * perPose);
      Vertices at = vertices(pose);
      for (; image < end; image++) {
        int inPose = image % perPose;
        raster.fill(
            at.x,
            inPose / rows.length * at.count,
            at.y,
            inPose % rows.length * at.count,
            at.count,
            words,
            (image - first) * wordsPerImage);
      }
    }
  }

  /** A shape's rounded vertices at every position, {@code [position][vertex]} flattened. */
  private record Vertices(int count, int[] x, int[] y) {}

  private Vertices vertices(int pose) {
    SpriteOutline outline = outlines.get(pose / (scales.length * angles.length));
    double scale = scales[pose / angles.length % scales.length];
    double angle = angles[pose % angles.length];
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int vertices = outline.vertices();
    int[] x = new int[columns.length * vertices];
    int[] y = new int[rows.length * vertices];
    for (int v = 0; v < vertices; v++) {
      double t = 2 * Math.PI * v / vertices;
      double ownX = scale * outline.x(t);
      double ownY = scale * outline.y(t);
      for (int p = 0; p < columns.length; p++) {
        x[p * vertices + v] = round(columns[p] + cos * ownX + sin * ownY);
      }
      for (int p = 0; p < rows.length; p++) {
        y[p * vertices + v] = round(rows[p] - sin * ownX + cos * ownY);
      }
    }
    return new Vertices(vertices, x, y);
  }

  private static int round(double pixels) {
    return (int) Math.floor(PolygonRaster.STEPS * pixels + 0.5);
  }
}
