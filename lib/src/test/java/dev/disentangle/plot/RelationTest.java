package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelationTest {

  private static final double[] ONE = {1, 2, 4};

  private static double meanRow(BufferedImage drawn, Color color, int from, int to) {
    BufferedImage picture = Points.of(drawn);
    return IntStream.range(36, 370)
        .filter(
            y ->
                IntStream.range(from, to)
                    .anyMatch(
                        x -> (picture.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF)))
        .average()
        .orElseThrow(() -> new AssertionError("no pixel of " + color));
  }

  @Test
  void aRisingLineRises() {
    BufferedImage picture =
        new Relation("estimate", "samples", "nats").logarithmic().line("k", ONE, ONE).draw();
    Color color = Theme.series(0);
    double left = meanRow(picture, color, 60, 200);
    double right = meanRow(picture, color, 650, 790);
    assertTrue(right < left - 100, "larger values lie higher");
  }

  @Test
  void everySeriesHasItsOwnColour() {
    BufferedImage picture =
        new Relation("trade-off", "KL", "loss")
            .points("a", ONE, ONE)
            .points("b", ONE, new double[] {8, 8, 8})
            .draw();
    double low = meanRow(picture, Theme.series(0), 60, 790);
    double high = meanRow(picture, Theme.series(1), 60, 790);
    assertTrue(high < low, "the second lies above the first");
    assertEquals(800, Pictures.width(picture));
  }

  @Test
  void fiveSeriesHaveFiveMarkers() {
    Relation chart = new Relation("five", "x", "y");
    for (int series = 0; series < 5; series++) {
      double level = 10 * series;
      chart.points("" + series, ONE, new double[] {level, level, level});
    }
    BufferedImage picture = chart.draw();
    // Discs and triangles of one width fill areas of their own.
    assertTrue(
        Math.abs(count(picture, Theme.series(0)) - count(picture, Theme.series(4))) > 20,
        "the fifth marker is not the first again");
  }

  private static long count(BufferedImage picture, Color color) {
    return IntStream.range(0, picture.getWidth() * picture.getHeight())
        .filter(
            i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) == color.getRGB())
        .count();
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    Relation chart = new Relation("a", "x", "y");
    assertThrows(IllegalArgumentException.class, chart::draw);
    assertThrows(IllegalArgumentException.class, () -> chart.line("a", ONE, new double[2]));
    double[] broken = {1, Double.NaN, 2};
    assertThrows(IllegalArgumentException.class, () -> chart.points("a", ONE, broken));
  }
}
