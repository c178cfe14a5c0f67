package dev.disentangle.data;

/**
 * Draws dSprites images from their geometry, in index order.
 *
 * <p>With shape outline (x, y) at scale 1, scale s = 0.5 + 0.1 k and angle a = 2 pi o / 39, a
 * vertex lies at (16 + 32 posX / 31 + s (x cos a + y sin a), 16 + 32 posY / 31 + s (y cos a - x sin
 * a)) in a 64x64 image, x to the right and y down, rounded to 1/256 pixel after the translation. As
 * the two coordinates of a vertex depend on one position each, both are rounded once per pose and
 * position, and all combinations reuse them. StrictMath gives the same bits on every platform.
 */
final class DSpritesRenderer implements PackedImages.Source {

  private static final int PUBLISHED_SIDE = 64;

  private final DSpritesGrid grid;
  private final PolygonRaster raster;
  private final int[] scales;
  private final int[] orientations;
  private final int[] columns;
  private final int[] rows;
  private final int wordsPerImage;

  DSpritesRenderer(DSpritesGrid grid) {
    this.grid = grid;
    this.raster = new PolygonRaster(grid.side());
    this.scales = grid.scales();
    this.orientations = grid.orientations();
    this.columns = grid.columns();
    this.rows = grid.rows();
    this.wordsPerImage = grid.side() * grid.side() / Long.SIZE;
  }

  @Override
  public void write(int first, int count, long[] words) {
    int perPose = columns.length * rows.length;
    int image = first;
    while (image < first + count) {
      int pose = image / perPose;
      int end = Math.min(first + count, (pose + 1) * perPose);
      Outline outline = outline(pose);
      for (; image < end; image++) {
        int inPose = image % perPose;
        raster.fill(
            outline.x,
            inPose / rows.length * outline.vertices,
            outline.y,
            inPose % rows.length * outline.vertices,
            outline.vertices,
            words,
            (image - first) * wordsPerImage);
      }
    }
  }

  /** A shape's rounded vertices at every position, {@code [position][vertex]} flattened. */
  private record Outline(int vertices, int[] x, int[] y) {}

  private Outline outline(int pose) {
    DSpritesShape shape = grid.shapes().get(pose / (scales.length * orientations.length));
    double scale = 0.5 + 0.1 * scales[pose / orientations.length % scales.length];
    double angle = 2 * Math.PI * orientations[pose % orientations.length] / 39;
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int vertices = shape.vertices();
    int[] x = new int[columns.length * vertices];
    int[] y = new int[rows.length * vertices];
    for (int v = 0; v < vertices; v++) {
      double t = 2 * Math.PI * v / vertices;
      double ownX = scale * shape.x(t);
      double ownY = scale * shape.y(t);
      for (int p = 0; p < columns.length; p++) {
        x[p * vertices + v] = round(centre(columns[p]) + cos * ownX + sin * ownY);
      }
      for (int p = 0; p < rows.length; p++) {
        y[p * vertices + v] = round(centre(rows[p]) - sin * ownX + cos * ownY);
      }
    }
    return new Outline(vertices, x, y);
  }

  private static double centre(int position) {
    return 16 + 32 * position / 31.0;
  }

  private int round(double position) {
    double pixels = position * grid.side() / PUBLISHED_SIDE;
    return (int) Math.floor(PolygonRaster.STEPS * pixels + 0.5);
  }
}
