package dev.disentangle.data.draw;

/** The outlines of the three shapes of dSprites, as curves around the shape's centre at scale 1. */
public enum SpriteOutline {
  /** A square, four corners. */
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
  /** An ellipse, long axis across, a polygon of 100 sides. */
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
  /** A heart, a polygon of 150 sides. */
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

  SpriteOutline(int vertices) {
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
