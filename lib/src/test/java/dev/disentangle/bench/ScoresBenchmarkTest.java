package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.StandardScores;
import dev.disentangle.representation.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresBenchmarkTest {

  private static final FactorSpace SPACE = FactorSpace.of(List.of("a", "b"), 20, 30);

  private static Codes factorsThemselves() {
    float[][] means = new float[SPACE.size()][2];
    float[][] logVariances = new float[SPACE.size()][2];
    for (int i = 0; i < means.length; i++) {
      means[i][0] = SPACE.value(i, 0) / 10f - 1;
      means[i][1] = SPACE.value(i, 1) / 15f - 1;
      Arrays.fill(logVariances[i], -4);
    }
    return new Codes(means, logVariances);
  }

  @Test
  void everyScoreHasARowAndItsFigures() {
    List<String> lines = new ArrayList<>();
    ScoreOptions options = ScoreOptions.defaults().points(300, 150).totalCorrelationSamples(50);
    ScoresBenchmark.run(lines::add, factorsThemselves(), SPACE, options);
    List<String> names =
        StandardScores.all().stream()
            .map(score -> score.name())
            .filter(name -> !name.equals("evidence"))
            .toList();
    for (String name : names) {
      assertEquals(1, lines.stream().filter(line -> line.startsWith(name + "  ")).count(), name);
      assertTrue(figure(lines, "scores." + name + ".seconds") >= 0);
      assertTrue(figure(lines, "scores." + name + ".again.seconds") >= 0);
    }
    double sum =
        names.stream().mapToDouble(name -> figure(lines, "scores." + name + ".seconds")).sum();
    // The figures have four digits each, and the table adds what lies between the scores.
    assertTrue(figure(lines, "scores.table.seconds") >= sum * 0.99 - 0.01);
  }

  private static double figure(List<String> lines, String key) {
    String start = "figure " + key + " ";
    List<String> found = lines.stream().filter(line -> line.startsWith(start)).toList();
    assertEquals(1, found.size(), key);
    return Double.parseDouble(found.get(0).substring(start.length()));
  }
}
