package dev.disentangle.data;

import dev.disentangle.data.draw.SceneRenderer;
import dev.disentangle.data.draw.Solid;
import dev.disentangle.data.store.BatchCheck;
import java.awt.Color;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A stand-in for 3D Shapes that needs no download: a room with one solid, on the same grid of
 * factors and in the same order (floor, wall and object hue 10 each, scale 8, shape 4, orientation
 * 15: 480,000 images 64x64 in colour), drawn by a small ray caster.
 *
 * <p>It shows the same kind of scene, but its images are not those of the published set, and
 * results on it are not results on 3D Shapes; {@link Shapes3d} reads the published file. Scores
 * computed on it may be compared with each other only.
 *
 * <p>Only the 480 combinations of scale, shape and orientation are drawn and kept, 6 MB; colours
 * are mixed in on reading.
 */
public final class Shapes3dStandIn implements ImageData {

  private static final int SIDE = 64;
  private static final int AREA = SIDE * SIDE;
  private static final int HUES = 10;
  private static final int SCALES = 8;
  private static final int SOLIDS = 4;
  private static final int ORIENTATIONS = 15;
  private static final int POSES = SCALES * SOLIDS * ORIENTATIONS;
  private static final ImageShape SHAPE = new ImageShape(3, SIDE, SIDE);
  private static final float[][] COLOURS = colours();

  private final FactorSpace space;
  private final byte[][] poses;

  private Shapes3dStandIn(FactorSpace space, byte[][] poses) {
    this.space = space;
    this.poses = poses;
  }

  /**
   * Draws all poses; takes some seconds.
   *
   * @return the data set
   */
  public static Shapes3dStandIn generate() {
    byte[][] poses = new byte[POSES][];
    IntStream.range(0, POSES).parallel().forEach(pose -> poses[pose] = render(pose));
    return new Shapes3dStandIn(Shapes3d.space(), poses);
  }

  private static byte[] render(int pose) {
    double scale = 0.75 + 0.5 * (pose / (SOLIDS * ORIENTATIONS)) / (SCALES - 1);
    Solid solid = Solid.values()[pose / ORIENTATIONS % SOLIDS];
    double angle = Math.PI / 6 * (2.0 * (pose % ORIENTATIONS) / (ORIENTATIONS - 1) - 1);
    return new SceneRenderer(SIDE, solid, scale, angle).render();
  }

  private static float[][] colours() {
    float[][] colours = new float[HUES][];
    for (int hue = 0; hue < HUES; hue++) {
      colours[hue] = Color.getHSBColor(hue / (float) HUES, 1, 1).getRGBColorComponents(null);
    }
    return colours;
  }

  @Override
  public String name() {
    return "shapes3d-stand-in";
  }

  @Override
  public int size() {
    return space.size();
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size(), SHAPE.pixels(), pixels);
    for (int i = 0; i < indices.length; i++) {
      paint(indices[i], pixels, i * SHAPE.pixels());
    }
  }

  private void paint(int index, float[] pixels, int start) {
    byte[] pose = poses[index % POSES];
    int hues = index / POSES;
    float[] floor = COLOURS[hues / (HUES * HUES)];
    float[] wall = COLOURS[hues / HUES % HUES];
    float[] object = COLOURS[hues % HUES];
    for (int c = 0; c < SHAPE.channels(); c++) {
      float ofFloor = floor[c] / 255;
      float ofWall = wall[c] / 255;
      float ofObject = object[c] / 255;
      int plane = start + c * AREA;
      for (int p = 0; p < AREA; p++) {
        pixels[plane + p] =
            (pose[p] & 0xFF) * ofFloor
                + (pose[AREA + p] & 0xFF) * ofWall
                + (pose[2 * AREA + p] & 0xFF) * ofObject;
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(space);
  }

  /**
   * Returns the grid of factors.
   *
   * @return floorHue, wallHue, objectHue, scale, shape and orientation
   */
  public FactorSpace space() {
    return space;
  }

  /**
   * Returns what a class of the factor {@code shape} looks like.
   *
   * @return cube, cylinder, sphere and pill, in order of their classes
   */
  public static List<String> shapeNames() {
    return List.of("cube", "cylinder", "sphere", "pill");
  }

  @Override
  public String fingerprint() {
    return "shapes3d stand-in generated, scene 1";
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images " + SHAPE + ", " + space;
  }
}
