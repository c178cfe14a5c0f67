package dev.disentangle.data;

/** The three shapes of dSprites, in the order of the published file's factor. */
public enum DSpritesShape {
  /** A square, four corners; turning it by a quarter gives the same image. */
  SQUARE(4) {
    @Override
    double x(double t) {
      return StrictMath.cos(t + Math.PI / 4) > 0 ? HALF_SIDE : -HALF_SIDE;
    }

    @Override
    double y(double t) {
      return StrictMath.sin(t + Math.PI / 4) > 0 ? HALF_SIDE : -HALF_SIDE;
    }
  },
  /** An ellipse, long axis across, drawn as a polygon of 100 sides; half a turn is the same. */
  ELLIPSE(100) {
    @Override
    double x(double t) {
      return HALF_SIDE * AXIS_RATIO * StrictMath.cos(t);
    }

    @Override
    double y(double t) {
      return HALF_SIDE / AXIS_RATIO * StrictMath.sin(t);
    }
  },
  /** A heart, drawn as a polygon of 150 sides; every orientation looks different. */
  HEART(150) {
    @Override
    double x(double t) {
      double sin = StrictMath.sin(t);
      return HALF_SIDE * sin * sin * sin;
    }

    @Override
    double y(double t) {
      double lobes =
          13 * StrictMath.cos(t)
              - 5 * StrictMath.cos(2 * t)
              - 2 * StrictMath.cos(3 * t)
              - StrictMath.cos(4 * t);
      return HALF_SIDE * (-0.15 - lobes / 14.5);
    }
  };

  private static final double HALF_SIDE = 9.6;
  private static final double AXIS_RATIO = 1.33;

  private final int vertices;

  DSpritesShape(int vertices) {
    this.vertices = vertices;
  }

  int vertices() {
    return vertices;
  }

  /** Horizontal position of the outline at parameter t in [0, 2 pi), in pixels at scale 1. */
  abstract double x(double t);

  /** Vertical position of the outline, downwards. */
  abstract double y(double t);
}
