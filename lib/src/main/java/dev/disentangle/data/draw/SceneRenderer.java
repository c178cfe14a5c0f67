package dev.disentangle.data.draw;

/**
 * Casts rays into a room with one solid in it, and says how brightly each pixel shows floor, wall
 * and object. As light adds up, an image in any three colours is the sum of the three parts times
 * their colours.
 *
 * <p>Four rays per pixel; a lamp far away; a half shadow on the floor.
 */
public final class SceneRenderer {

  /** Parts of the scene: floor, wall, object. */
  public static final int PARTS = 3;

  private static final int BRIGHTEST = 254;
  private static final double ROOM = 7;
  private static final double AMBIENT = 0.45;
  private static final double SHADOW = 0.6;
  private static final double VIEW = 0.42;
  private static final double DISTANCE = 6;
  private static final double EYE_HEIGHT = 3;
  private static final Vector3 TARGET = new Vector3(0, 0.9, 0);
  private static final Vector3 LAMP = new Vector3(0.45, 0.8, 0.55).unit();
  private static final double[] SUBPIXELS = {0.25, 0.75};

  private final int side;
  private final Solid solid;
  private final double scale;
  private final Vector3 eye;
  private final Vector3 forward;
  private final Vector3 right;
  private final Vector3 up;

  /**
   * Places the camera on a circle around the object.
   *
   * @param side pixels per row and column
   * @param solid the object
   * @param scale its size
   * @param angle the camera's angle around it, in radians
   */
  public SceneRenderer(int side, Solid solid, double scale, double angle) {
    this.side = side;
    this.solid = solid;
    this.scale = scale;
    this.eye =
        new Vector3(DISTANCE * StrictMath.sin(angle), EYE_HEIGHT, DISTANCE * StrictMath.cos(angle));
    this.forward = TARGET.minus(eye).unit();
    this.right = forward.cross(new Vector3(0, 1, 0)).unit();
    this.up = right.cross(forward);
  }

  /**
   * Draws the scene.
   *
   * @return brightness 0 to {@value #BRIGHTEST} of each part, {@code [parts, side, side]}
   */
  public byte[] render() {
    int area = side * side;
    byte[] image = new byte[PARTS * area];
    double[] light = new double[PARTS];
    for (int pixel = 0; pixel < area; pixel++) {
      java.util.Arrays.fill(light, 0);
      for (double dy : SUBPIXELS) {
        for (double dx : SUBPIXELS) {
          add(pixel % side + dx, pixel / side + dy, light);
        }
      }
      for (int part = 0; part < PARTS; part++) {
        double mean = light[part] / (SUBPIXELS.length * SUBPIXELS.length);
        // At most 254 for all parts together, so that no rounding can bring a sum above 1.
        image[part * area + pixel] = (byte) (BRIGHTEST * mean);
      }
    }
    return image;
  }

  private void add(double x, double y, double[] light) {
    double across = (2 * x / side - 1) * VIEW;
    double upwards = (1 - 2 * y / side) * VIEW;
    Vector3 along = forward.plus(right.times(across)).plus(up.times(upwards));
    double toObject = hit(eye, along);
    double toFloor = along.y() < 0 ? -eye.y() / along.y() : Double.POSITIVE_INFINITY;
    double toWall = Math.min(wall(eye.x(), along.x()), wall(eye.z(), along.z()));
    double nearest = Math.min(toObject, Math.min(toFloor, toWall));
    Vector3 at = eye.plus(along.times(nearest));
    if (nearest == toObject) {
      light[2] += lit(solid.normal(at.times(1 / scale)));
    } else if (nearest == toFloor) {
      boolean shaded = hit(at, LAMP) < Double.POSITIVE_INFINITY;
      light[0] += lit(new Vector3(0, 1, 0)) * (shaded ? SHADOW : 1);
    } else {
      boolean sideWall = toWall == wall(eye.x(), along.x());
      light[1] +=
          lit(
              sideWall
                  ? new Vector3(-Math.signum(along.x()), 0, 0)
                  : new Vector3(0, 0, -Math.signum(along.z())));
    }
  }

  /** The solid is drawn at scale 1, so the ray is shrunk instead; distances stay the same. */
  private double hit(Vector3 from, Vector3 along) {
    return solid.hit(from.times(1 / scale), along.times(1 / scale));
  }

  private static double wall(double from, double along) {
    return along == 0 ? Double.POSITIVE_INFINITY : (Math.copySign(ROOM, along) - from) / along;
  }

  private static double lit(Vector3 normal) {
    return AMBIENT + (1 - AMBIENT) * Math.max(0, normal.dot(LAMP));
  }
}
