package dev.disentangle.data.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolygonRasterTest {

  @Test
  void agreesWithAPointInPolygonTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 200; trial++) {
      int side = trial % 2 == 0 ? 64 : 32;
      int vertices = 3 + random.nextInt(8);
      int[] x = new int[vertices];
      int[] y = new int[vertices];
      for (int v = 0; v < vertices; v++) {
        // Multiples of half a pixel put many vertices and edges exactly on pixel centres, and some
        // lie outside the image.
        x[v] = 128 * random.nextInt(-10, 2 * side + 10);
        y[v] = 128 * random.nextInt(-10, 2 * side + 10);
      }
      long[] words = new long[side * side / 64];
      new PolygonRaster(side).fill(x, 0, y, 0, vertices, words, 0);
      for (int pixel = 0; pixel < side * side; pixel++) {
        boolean on = words[pixel / 64] << pixel % 64 < 0;
        assertEquals(inside(x, y, pixel % side, pixel / side), on, "pixel " + pixel);
      }
    }
  }

  /** Counts edges to the left of or through the centre, in exact integers. */
  private static boolean inside(int[] x, int[] y, int column, int row) {
    long px = 256L * column + 128;
    long py = 256L * row + 128;
    boolean inside = false;
    for (int v = 0, u = x.length - 1; v < x.length; u = v++) {
      if (y[u] < py != y[v] < py) {
        // crossing <= px, multiplied by the edge's height with its sign taken out
        long height = y[v] - y[u];
        long left = (x[u] - px) * height + (py - y[u]) * (x[v] - x[u]);
        inside ^= height > 0 ? left <= 0 : left >= 0;
      }
    }
    return inside;
  }

  @Test
  void edgesThroughCentresAreInOnTheLeftAndBelow() {
    // A square from centre (1, 1) to centre (3, 3): columns 1 and 2, rows 2 and 3.
    int[] x = {384, 896, 896, 384};
    int[] y = {384, 384, 896, 896};
    long[] words = new long[64];
    new PolygonRaster(64).fill(x, 0, y, 0, 4, words, 0);
    assertEquals(0, words[1]);
    assertEquals(0b011L << 61, words[2]);
    assertEquals(0b011L << 61, words[3]);
    assertEquals(0, words[4]);
  }
}
