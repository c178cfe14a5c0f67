package dev.disentangle.data.draw;

import java.util.List;

/**
 * Draws dSprites images from their geometry, in index order: outline, scale, orientation, posX,
 * posY, the last varying fastest.
 *
 * <p>With shape outline (x, y) at scale 1, scale s = 0.5 + 0.1 k and angle a = 2 pi o / 39, a
 * vertex lies at (16 + 32 posX / 31 + s (x cos a + y sin a), 16 + 32 posY / 31 + s (y cos a - x sin
 * a)) in a 64x64 image, x to the right and y down, rounded to 1/256 pixel after the translation. As
 * the two coordinates of a vertex depend on one position each, both are rounded once per pose and
 * position, and all combinations reuse them. StrictMath gives the same bits on every platform.
 */
public final class SpriteRenderer {

  private static final int PUBLISHED_SIDE = 64;

  private final int side;
  private final List<SpriteOutline> outlines;
  private final PolygonRaster raster;
  private final int[] scales;
  private final int[] orientations;
  private final int[] columns;
  private final int[] rows;
  private final int wordsPerImage;

  /**
   * Chooses what to draw.
   *
   * @param side pixels per row and column, 64 or 32
   * @param outlines the shapes
   * @param scales of the 6 published scales, those to draw
   * @param orientations of the 40 published orientations, those to draw
   * @param columns of the 32 published positions across, those to draw
   * @param rows of the 32 published positions down, those to draw
   */
  public SpriteRenderer(
      int side,
      List<SpriteOutline> outlines,
      int[] scales,
      int[] orientations,
      int[] columns,
      int[] rows) {
    this.side = side;
    this.outlines = List.copyOf(outlines);
    this.raster = new PolygonRaster(side);
    this.scales = scales.clone();
    this.orientations = orientations.clone();
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
    SpriteOutline outline = outlines.get(pose / (scales.length * orientations.length));
    double scale = 0.5 + 0.1 * scales[pose / orientations.length % scales.length];
    double angle = 2 * Math.PI * orientations[pose % orientations.length] / 39;
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
        x[p * vertices + v] = round(centre(columns[p]) + cos * ownX + sin * ownY);
      }
      for (int p = 0; p < rows.length; p++) {
        y[p * vertices + v] = round(centre(rows[p]) - sin * ownX + cos * ownY);
      }
    }
    return new Vertices(vertices, x, y);
  }

  private static double centre(int position) {
    return 16 + 32 * position / 31.0;
  }

  private int round(double position) {
    double pixels = position * side / PUBLISHED_SIDE;
    return (int) Math.floor(PolygonRaster.STEPS * pixels + 0.5);
  }
}
