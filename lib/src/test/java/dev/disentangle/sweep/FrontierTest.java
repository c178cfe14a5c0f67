package dev.disentangle.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private static Outcome run(String method, long seed, double x, double y) {
    return new Outcome(
        method + seed, Map.of("method", method), seed, Optional.empty(), Map.of("x", x, "y", y), 1);
  }

  private static Frontier line(double slope, double... xs) {
    List<Outcome> runs = new ArrayList<>();
    for (double x : xs) {
      runs.add(run("m" + x, 0, x, slope * x));
    }
    return Frontier.of(runs, "x", "y");
  }

  /** The chords of x^2 at 0, 2 and 4, less the line y = x from 1 to 5. */
  @Test
  void theDifferenceIsTheMeanOverWhatBothReach() {
    Frontier squares =
        Frontier.of(List.of(run("a", 0, 4, 16), run("b", 0, 0, 0), run("c", 0, 2, 4)), "x", "y");
    Frontier.Difference difference = squares.minus(line(1, 1, 5));
    assertEquals(1, difference.from());
    assertEquals(4, difference.to());
    // Chords: 2x from 1 to 2, area 3; 6x - 8 from 2 to 4, area 20; less x from 1 to 4, area 7.5.
    assertEquals((3 + 20 - 7.5) / 3, difference.mean(), 1e-12);
    assertEquals(difference.mean(), difference.interval().low(), 1e-12, "one run does not vary");
    assertEquals(-difference.mean(), line(1, 1, 5).minus(squares).mean(), 1e-12);
  }

  @Test
  void pointsAreMeansOfRunsInOrder() {
    Frontier frontier =
        Frontier.of(
            List.of(run("a", 0, 5, 1), run("b", 0, 1, 7), run("a", 1, 7, 2), run("b", 1, 2, 9)),
            "x",
            "y");
    assertArrayEquals(new double[][] {{1.5, 8}, {6, 1.5}}, frontier.points());
  }

  /**
   * A method that is 1 above another, runs with noise of deviation 0.5, eight a setting: the mean
   * over two settings' ends has a standard error near 0.5 sqrt(2 / 16) = 0.18.
   */
  @Test
  void theIntervalHoldsTheTruthAndNarrowsWithRuns() {
    Frontier.Difference few = noisy(8);
    assertTrue(few.interval().contains(1), few.toString());
    double width = few.interval().high() - few.interval().low();
    assertTrue(width > 0.3 && width < 1.2, few.toString());
    Frontier.Difference many = noisy(200);
    assertTrue(many.interval().high() - many.interval().low() < width / 3, many.toString());
  }

  private static Frontier.Difference noisy(int seeds) {
    SplittableRandom random = new SplittableRandom(1);
    List<Outcome> ours = new ArrayList<>();
    List<Outcome> theirs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (double x : new double[] {0, 1}) {
        ours.add(run("ours" + x, seed, x, 1 + x + 0.5 * random.nextGaussian()));
        theirs.add(run("theirs" + x, seed, x, x + 0.5 * random.nextGaussian()));
      }
    }
    return Frontier.of(ours, "x", "y").minus(Frontier.of(theirs, "x", "y"));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Frontier near = line(1, 0, 1);
    Frontier far = line(1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> near.minus(far));
    List<Outcome> one = List.of(run("a", 0, 1, 1), run("a", 1, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Frontier.of(one, "x", "y"));
    List<Outcome> same = List.of(run("a", 0, 1, 1), run("b", 0, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Frontier.of(same, "x", "y"));
    List<Outcome> lacking = List.of(run("a", 0, 1, 1), run("b", 0, 2, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Frontier.of(lacking, "x", "y"));
  }
}
