package dev.disentangle.data.draw;

/**
 * The four solids of the scene at scale 1, each standing on the floor at the origin: where a ray
 * enters it, and which way its surface faces.
 */
public enum Solid {
  /** A cube, edge 1.7. */
  CUBE {
    @Override
    double hit(Vector3 from, Vector3 along) {
      double enter = slab(from.x(), along.x(), -HALF, HALF, true);
      enter = Math.max(enter, slab(from.y(), along.y(), 0, 2 * HALF, true));
      enter = Math.max(enter, slab(from.z(), along.z(), -HALF, HALF, true));
      double leave = slab(from.x(), along.x(), -HALF, HALF, false);
      leave = Math.min(leave, slab(from.y(), along.y(), 0, 2 * HALF, false));
      leave = Math.min(leave, slab(from.z(), along.z(), -HALF, HALF, false));
      return ahead(enter, enter < leave);
    }

    @Override
    Vector3 normal(Vector3 at) {
      double y = at.y() - HALF;
      double most = Math.max(Math.abs(at.x()), Math.max(Math.abs(y), Math.abs(at.z())));
      if (Math.abs(y) == most) {
        return new Vector3(0, Math.signum(y), 0);
      }
      return Math.abs(at.x()) == most
          ? new Vector3(Math.signum(at.x()), 0, 0)
          : new Vector3(0, 0, Math.signum(at.z()));
    }
  },
  /** An upright cylinder. */
  CYLINDER {
    @Override
    double hit(Vector3 from, Vector3 along) {
      double[] round = pipe(from, along, HALF);
      double enter = Math.max(round[0], slab(from.y(), along.y(), 0, 2 * HALF, true));
      double leave = Math.min(round[1], slab(from.y(), along.y(), 0, 2 * HALF, false));
      return ahead(enter, enter < leave);
    }

    @Override
    Vector3 normal(Vector3 at) {
      boolean onTop = at.y() > 2 * HALF - 1e-9;
      return onTop ? new Vector3(0, 1, 0) : new Vector3(at.x(), 0, at.z()).unit();
    }
  },
  /** A ball of radius 1. */
  SPHERE {
    @Override
    double hit(Vector3 from, Vector3 along) {
      return ball(from, along, 1, 1);
    }

    @Override
    Vector3 normal(Vector3 at) {
      return at.minus(new Vector3(0, 1, 0)).unit();
    }
  },
  /** An upright cylinder with half balls at its ends. */
  PILL {
    @Override
    double hit(Vector3 from, Vector3 along) {
      double[] round = pipe(from, along, PILL_RADIUS);
      double enter = Math.max(round[0], slab(from.y(), along.y(), PILL_RADIUS, PILL_TOP, true));
      double leave = Math.min(round[1], slab(from.y(), along.y(), PILL_RADIUS, PILL_TOP, false));
      double side = ahead(enter, enter < leave);
      double ends =
          Math.min(
              ball(from, along, PILL_RADIUS, PILL_RADIUS),
              ball(from, along, PILL_TOP, PILL_RADIUS));
      return Math.min(side, ends);
    }

    @Override
    Vector3 normal(Vector3 at) {
      double onAxis = Math.max(PILL_RADIUS, Math.min(PILL_TOP, at.y()));
      return at.minus(new Vector3(0, onAxis, 0)).unit();
    }
  };

  private static final double HALF = 0.85;
  private static final double PILL_RADIUS = 0.6;

  /** Height of the upper half ball's centre. */
  private static final double PILL_TOP = 1.6;

  /** The distance, in lengths of {@code along}, at which a ray enters; infinite if it misses. */
  abstract double hit(Vector3 from, Vector3 along);

  /** The outward unit direction at a point of the surface. */
  abstract Vector3 normal(Vector3 at);

  private static double ahead(double distance, boolean hits) {
    return hits && distance > 0 ? distance : Double.POSITIVE_INFINITY;
  }

  /** Where a ray enters or leaves the space between two planes. */
  private static double slab(double from, double along, double low, double high, boolean enter) {
    if (along == 0) {
      boolean inside = from > low && from < high;
      return inside == enter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double first = (low - from) / along;
    double second = (high - from) / along;
    return enter ? Math.min(first, second) : Math.max(first, second);
  }

  /** Where a ray enters and leaves an endless upright pipe around the origin. */
  private static double[] pipe(Vector3 from, Vector3 along, double radius) {
    double a = along.x() * along.x() + along.z() * along.z();
    double b = from.x() * along.x() + from.z() * along.z();
    double c = from.x() * from.x() + from.z() * from.z() - radius * radius;
    double root = b * b - a * c;
    if (root <= 0 || a == 0) {
      return new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }
    return new double[] {(-b - Math.sqrt(root)) / a, (-b + Math.sqrt(root)) / a};
  }

  private static double ball(Vector3 from, Vector3 along, double height, double radius) {
    Vector3 centre = from.minus(new Vector3(0, height, 0));
    double a = along.dot(along);
    double b = centre.dot(along);
    double root = b * b - a * (centre.dot(centre) - radius * radius);
    return root <= 0 ? Double.POSITIVE_INFINITY : ahead((-b - Math.sqrt(root)) / a, true);
  }
}
