package dev.disentangle.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.plot.Pictures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class SweepTableTest {

  private static Outcome outcome(String method, String latents, long seed, double value) {
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("method", method);
    setting.put("latents", latents);
    return new Outcome("id", setting, seed, Optional.empty(), Map.of("score", value), 1);
  }

  private static SweepTable table() {
    List<Outcome> outcomes = new ArrayList<>();
    double[] plain = {0.1, 0.2, 0.6};
    for (int seed = 0; seed < 3; seed++) {
      outcomes.add(outcome("a", "6", seed, plain[seed]));
      // Better by 0.1 with every seed, whatever the seed does to both.
      outcomes.add(outcome("b", "6", seed, plain[seed] + 0.1));
      outcomes.add(outcome("b", "10", seed, seed == 1 ? Double.NaN : 0.35));
    }
    outcomes.add(
        new Outcome(
            "id", Map.of("method", "a", "latents", "10"), 0, Optional.of("died"), Map.of(), 0));
    return new SweepTable(outcomes);
  }

  @Test
  void theSummaryHasMeanMedianDeviationAndInterval() {
    Table summary = table().summary("score");
    assertEquals(List.of("a", "b", "b", "a"), summary.stringColumn("method").asList());
    assertEquals(List.of(3, 3, 2, 0), summary.intColumn("runs").asList());
    assertEquals(List.of(0, 0, 0, 1), summary.intColumn("failed").asList());
    assertEquals(0.3, summary.doubleColumn("mean").get(0), 1e-12);
    assertEquals(0.2, summary.doubleColumn("median").get(0), 1e-12);
    // Squares of -.2, -.1 and .3 add up to .14; ddof 1.
    assertEquals(Math.sqrt(0.07), summary.doubleColumn("sd").get(0), 1e-12);
    // Of 27 equally likely draws one is all .1 and one all .6, each 3.7 %: the ends are beyond 2.5
    // %.
    assertEquals(0.1, summary.doubleColumn("low").get(0), 1e-12);
    assertEquals(0.6, summary.doubleColumn("high").get(0), 1e-12);
    assertEquals(0.35, summary.doubleColumn("mean").get(2), 1e-12);
    assertTrue(summary.doubleColumn("mean").isMissing(3));
    assertEquals("0.300", summary.getString(0, "mean"));
    assertEquals("-", summary.getString(3, "mean"));
    assertEquals(Map.of("method", "b", "latents", "6"), table().best("score"));
  }

  @Test
  void differencesArePairedBySeed() {
    Table differences = table().differences("score", "method", "a");
    assertEquals(2, differences.rowCount());
    assertEquals(List.of(3, 0), differences.intColumn("pairs").asList());
    assertEquals(0.1, differences.doubleColumn("difference").get(0), 1e-12);
    // Unpaired, the spread of the seeds would hide it.
    assertEquals(0.1, differences.doubleColumn("low").get(0), 1e-9);
    assertEquals(0.1, differences.doubleColumn("high").get(0), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> table().differences("score", "method", "c"));
  }

  @Test
  void picturesAndMistakes() {
    String bars = Pictures.description(table().bars("score"));
    assertTrue(bars.contains("a, 6 0.3 plus or minus 0.265"), bars);
    String boxes = Pictures.description(table().boxes("score"));
    assertTrue(boxes.contains("b, 6 median 0.3, from 0.2 to 0.7 in 3 runs"), boxes);
    assertFalse(boxes.contains("a, 10"), "no run of it has a value");
    String lines = Pictures.description(table().relation("score", "score", "latents"));
    assertTrue(
        lines.contains("; b goes from 0.4 plus or minus 0.265 at 0.4 to 0.35 at 0.35"), lines);
    assertThrows(IllegalArgumentException.class, () -> table().relation("score", "score", "beta"));
    assertTrue(table().heatMap("score", "method", "latents").getWidth() > 100);
    Throwable error = assertThrows(IllegalArgumentException.class, () -> table().summary("other"));
    assertTrue(error.getMessage().contains("[score]"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> table().heatMap("score", "method", "beta"));
    Table runs = table().runs();
    assertEquals(10, runs.rowCount());
    assertEquals("died", runs.stringColumn("failure").get(9));
  }

  /** Lines join the weights of one method, as in the FactorVAE paper's figures. */
  @Test
  void weightsOfOneMethodAreOneLine() {
    List<Outcome> outcomes = new ArrayList<>();
    String[] methods = {"beta-VAE beta 1.0", "beta-VAE beta 4.0", "FactorVAE gamma 10.0", "VAE"};
    for (int m = 0; m < methods.length; m++) {
      outcomes.add(
          new Outcome(
              "id" + m,
              Map.of("method", methods[m]),
              0,
              Optional.empty(),
              Map.of("x", 1.0 * m),
              1));
    }
    String words = Pictures.description(new SweepTable(outcomes).relation("x", "x", "method"));
    assertTrue(words.contains("beta-VAE beta goes from 0 at 0 to 1 at 1"), words);
    assertTrue(words.contains("FactorVAE gamma is 2 at 2"), words);
    assertTrue(words.contains("; VAE is 3 at 3"), words);
  }

  /**
   * The interval of 40 normal numbers has about the width of the textbook's, 2 x 1.96 / sqrt(40) =
   * 0.62, and over many repetitions holds the true mean about 19 times in 20: of 300, between 270
   * and 297 (the bootstrap is a little too narrow, at 40 values about 94 %; four standard
   * deviations of 300 draws are 16).
   */
  @Test
  void theIntervalHoldsTheMeanAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int held = 0;
    double width = 0;
    for (int repetition = 0; repetition < 300; repetition++) {
      double[] values = new double[40];
      for (int i = 0; i < values.length; i++) {
        values[i] = 3 + random.nextGaussian();
      }
      Interval interval = Interval.ofMean(values);
      held += interval.contains(3) ? 1 : 0;
      width += (interval.high() - interval.low()) / 300;
    }
    assertTrue(held >= 270 && held <= 297, "held " + held + " of 300");
    assertEquals(0.62, width, 0.04);
    assertTrue(Double.isNaN(Interval.ofMean(1).low()));
  }
}
