package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.history.Recorded;
import dev.disentangle.history.Terms;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {

  private static Recorded constant(String name, Map<String, Double> values) {
    History history = new History();
    for (int step = 0; step <= 1_000; step += 10) {
      history.record(step, values);
    }
    return Recorded.of(name, history);
  }

  /** Mean row of the pixels of one colour, left of the last tenth and above the legend. */
  private static double row(BufferedImage drawn, Color color) {
    BufferedImage picture = Points.of(drawn);
    return IntStream.range(0, 360)
        .flatMap(y -> IntStream.range(100, 720).filter(x -> is(picture, x, y, color)).map(x -> y))
        .average()
        .orElseThrow(() -> new AssertionError("no pixel of " + color));
  }

  private static boolean is(BufferedImage picture, int x, int y, Color color) {
    return (picture.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF);
  }

  private static long count(BufferedImage drawn, Color color) {
    BufferedImage picture = Points.of(drawn);
    return IntStream.range(0, picture.getWidth())
        .mapToLong(
            x ->
                IntStream.range(0, picture.getHeight())
                    .filter(y -> is(picture, x, y, color))
                    .count())
        .sum();
  }

  @Test
  void curvesLieWhereTheirValuesAre() {
    BufferedImage picture =
        Plots.compare(
            Terms.KL,
            constant("a", Map.of(Terms.KL, 1.0)),
            constant("b", Map.of(Terms.KL, 2.0)),
            constant("c", Map.of(Terms.KL, 4.0)));
    assertEquals(800, Pictures.width(picture));
    assertEquals(450, Pictures.height(picture));
    double one = row(picture, Theme.series(0));
    double two = row(picture, Theme.series(1));
    double four = row(picture, Theme.series(2));
    assertTrue(one > two && two > four, "larger values lie higher");
    // A line 2.2 pixels wide has its centre within a pixel of its value.
    assertEquals(2 * (one - two), two - four, 3);
  }

  @Test
  void truthAndEstimateAreBothDrawn() {
    Map<String, Double> values =
        Map.of(Terms.TOTAL_CORRELATION, 2.0, Terms.TOTAL_CORRELATION_ESTIMATE, 1.0);
    BufferedImage picture = Plots.totalCorrelation(constant("FactorVAE", values));
    assertTrue(row(picture, Theme.series(1)) > row(picture, Theme.series(0)));
    Recorded truth = constant("VAE", Map.of(Terms.TOTAL_CORRELATION, 3.0));
    Recorded estimate = constant("other", Map.of(Terms.TOTAL_CORRELATION_ESTIMATE, 4.0));
    BufferedImage several = Plots.totalCorrelation(constant("FactorVAE", values), truth, estimate);
    assertTrue(row(several, Theme.series(0)) > row(several, Theme.series(1)));
    assertTrue(row(several, Theme.series(1)) > row(several, Theme.series(2)));
  }

  @Test
  void lossesHaveAPanelPerTerm() {
    BufferedImage four =
        Plots.losses(
            constant(
                "run",
                Map.of(
                    Terms.LOSS,
                    1.0,
                    Terms.KL,
                    2.0,
                    Terms.TOTAL_CORRELATION_ESTIMATE,
                    .1,
                    Terms.TOTAL_CORRELATION,
                    .2,
                    "my_term",
                    5.0)));
    assertEquals(800, Pictures.width(four));
    BufferedImage five =
        Plots.losses(
            constant(
                "run",
                Map.of(
                    "a", 1.0, "b", 2.0, "c", .1, Terms.TOTAL_CORRELATION_ESTIMATE, .2, "d", 5.0)));
    assertEquals(
        225, Pictures.height(five) - Pictures.height(four), "estimate and truth share a panel");
  }

  @Test
  void valuesThatAreNotFiniteStillGiveAPicture() {
    Map<String, Double> broken = Map.of(Terms.LOSS, Double.NaN, Terms.KL, Double.NEGATIVE_INFINITY);
    assertEquals(800, Pictures.width(Plots.losses(constant("diverged", broken))));
    History one = new History();
    one.record(0, Map.of(Terms.LOSS, 1.0));
    assertEquals(800, Pictures.width(Plots.compare(Terms.LOSS, Recorded.of("one", one))));
  }

  @Test
  void barsAreAsHighAsTheirValues() {
    Map<String, double[]> series = new LinkedHashMap<>();
    series.put("a", new double[] {1});
    series.put("b", new double[] {.5});
    BufferedImage picture = Plots.bars("title", List.of("group"), series);
    double ratio = (double) count(picture, Theme.series(0)) / count(picture, Theme.series(1));
    // Keys in the legend add the same to both.
    assertEquals(2, ratio, .05);
    BufferedImage spread =
        Plots.bars("title", List.of("x", "y"), new double[] {1, .5}, new double[] {.2, 0});
    assertEquals(800, Pictures.width(spread));
  }

  @Test
  void picturesHaveFourPixelsPerPoint() {
    BufferedImage picture = Plots.bars("title", List.of("x"), new double[] {1});
    assertEquals(1600, picture.getWidth());
    assertEquals(2, Pictures.density(picture), "kept beside the description");
    assertTrue(Pictures.html(picture).startsWith("<img width=\"800\" src="));
    BufferedImage points = Points.of(picture);
    long finer =
        IntStream.range(0, 1600 * 900)
            .filter(
                i ->
                    picture.getRGB(i % 1600, i / 1600) != points.getRGB(i % 1600 / 2, i / 1600 / 2))
            .count();
    // Letters' edges and lines of one point: an enlarged picture of 800 pixels would have none.
    assertTrue(finer > 500, "was " + finer);
    BufferedImage other = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
    assertEquals(8, Pictures.width(other), "what says nothing has one pixel per point");
    assertTrue(Pictures.html(other).startsWith("<img src="));
  }

  @Test
  void heatMapShadesByValue() {
    double[][] values = {{0, 1, 2}, {-2, Double.NaN, .5}};
    BufferedImage picture =
        Plots.heatMap("title", List.of("r0", "r1"), List.of("c0", "c1", "c2"), values);
    Color strongest = new Color(0x08457E);
    Color negative = new Color(0x8A3B00);
    assertTrue(count(picture, strongest) > 2_000, "a cell of the largest value");
    assertTrue(count(picture, negative) > 2_000, "a cell of the most negative value");
    assertTrue(count(picture, new Color(0xEEEEEE)) > 2_000, "a cell without a value");
    BufferedImage slanted =
        Plots.heatMap(
            "t", List.of("r"), List.of("a very long name indeed, too long"), new double[1][1]);
    assertTrue(Pictures.height(slanted) > Pictures.height(picture) - 40);
  }

  @Test
  void picturesAreSavedWhole(@TempDir Path folder) throws IOException {
    BufferedImage picture = Plots.bars("title", List.of("x"), new double[] {1});
    Path file = folder.resolve("new/folder/picture.png");
    Pictures.save(picture, file);
    BufferedImage back = ImageIO.read(file.toFile());
    assertArrayEquals(Pictures.png(picture), Pictures.png(back));
    Files.writeString(folder.resolve("file"), "");
    assertThrows(IOException.class, () -> Pictures.save(picture, folder.resolve("file/x.png")));
    String html = Pictures.html(picture, "\"><script>");
    assertTrue(
        html.contains("alt=\"&quot;&gt;&lt;script&gt;\""), html.substring(html.length() - 80));
  }

  @Test
  void badArgumentsAreNamed() {
    Recorded empty = Recorded.of("empty", new History());
    Recorded loss = constant("loss only", Map.of(Terms.LOSS, 1.0));
    assertThrows(IllegalArgumentException.class, () -> Plots.totalCorrelation());
    var error =
        assertThrows(IllegalArgumentException.class, () -> Plots.totalCorrelation(loss, empty));
    assertTrue(error.getMessage().contains("total_correlation"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Plots.losses(empty));
    assertThrows(IllegalArgumentException.class, () -> Plots.compare("no such term", loss));
    double[] one = {1};
    double[] two = {1, 2};
    double[] broken = {Double.POSITIVE_INFINITY};
    double[] below = {-1};
    assertThrows(IllegalArgumentException.class, () -> Plots.bars("t", List.of(), new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Plots.bars("t", List.of("a"), two));
    assertThrows(IllegalArgumentException.class, () -> Plots.bars("t", List.of("a", "a"), two));
    assertThrows(IllegalArgumentException.class, () -> Plots.bars("t", List.of("a"), broken));
    assertThrows(IllegalArgumentException.class, () -> Plots.bars("t", List.of("a"), one, below));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plots.heatMap("t", List.of(), List.of("a"), new double[0][0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plots.heatMap("t", List.of("r"), List.of("a", "b"), new double[][] {one}));
  }
}
