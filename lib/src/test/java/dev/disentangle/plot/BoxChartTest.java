package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoxChartTest {

  private static final double[] NINE = {9, 1, 2, 3, 4, 5, 6, 7, 8};

  /** The rows of a colour in the middle third of a column, counted from the top. */
  private static int[] rows(BufferedImage picture, int rgb, int from, int to) {
    return IntStream.range(0, picture.getHeight())
        .filter(
            y ->
                IntStream.range(from, to)
                        .filter(x -> (picture.getRGB(x, y) & 0xFFFFFF) == rgb)
                        .count()
                    > (to - from) / 2)
        .toArray();
  }

  @Test
  void theBoxLiesBetweenTheQuartilesAndTheMedianWithinIt() {
    BufferedImage picture = Plots.boxes("score", List.of("a"), List.of(NINE));
    // Right of the rings, within the box, which is 80 points wide around the middle.
    int middle = picture.getWidth() / 2;
    int from = middle + 20 * Theme.DENSITY;
    int[] edges = rows(picture, Theme.series(0).getRGB() & 0xFFFFFF, from, from + 30);
    int[] median = rows(picture, Theme.series(1).getRGB() & 0xFFFFFF, from, from + 30);
    double upper = edges[0];
    double lower = edges[edges.length - 1];
    double centre = IntStream.of(median).average().orElseThrow();
    assertEquals((upper + lower) / 2, centre, 3, "5 lies half way from 3 to 7");
    // From 1 to 9 there are 8 units and 6 % of room at either end; from 3 to 7 there are 4.
    int height = (int) Math.round((lower - upper) / 4 * 8 * 1.12);
    assertTrue(height < picture.getHeight() && height > picture.getHeight() / 2, "" + height);
  }

  @Test
  void itSaysWhatItShows() {
    double[] far = {1, 2, 3, 4, 50};
    double[] few = {0.25, 0.5};
    BufferedImage picture = Plots.boxes("mig", List.of("a", "b", "c"), List.of(NINE, far, few));
    assertEquals(
        "mig, a box per setting. a median 5, quartiles 3 and 7, from 1 to 9 in 9 runs;"
            + " b median 3, quartiles 2 and 4, from 1 to 50 in 5 runs;"
            + " c median 0.375, from 0.25 to 0.5 in 2 runs.",
        Pictures.description(picture));
  }

  @Test
  void quartilesLieOnStraightLinesBetweenValues() {
    assertEquals(1.75, BoxChart.quantile(new double[] {1, 2, 3, 4}, .25), 1e-12);
    assertEquals(4, BoxChart.quantile(new double[] {1, 2, 3, 4}, 1), 1e-12);
    assertEquals(7, BoxChart.quantile(new double[] {7}, .5), 1e-12);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    List<double[]> one = List.of(NINE);
    assertThrows(IllegalArgumentException.class, () -> Plots.boxes("t", List.of(), List.of()));
    assertThrows(IllegalArgumentException.class, () -> Plots.boxes("t", List.of("a", "b"), one));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plots.boxes("t", List.of("a"), List.of(new double[] {Double.NaN})));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plots.boxes("t", List.of("a"), List.of(new double[0])));
    // All runs alike is a case too.
    Plots.boxes("t", List.of("a"), List.of(new double[] {0, 0, 0, 0, 0}));
  }
}
