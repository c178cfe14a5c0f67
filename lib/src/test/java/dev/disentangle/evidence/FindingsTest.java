package dev.disentangle.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.ScoreCorrelations;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.sweep.Frontier;
import dev.disentangle.sweep.InProcess;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.Sweep;
import dev.disentangle.sweep.SweepTable;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {

  private static Outcome run(String method, double reconstruction, double score) {
    Map<String, Double> values =
        Map.of(Terms.RECONSTRUCTION, reconstruction, Findings.SCORE, score);
    return new Outcome("id", Map.of("method", method), 0, Optional.empty(), values, 1);
  }

  /** Both begin at the VAE's (20, 0.6); at 40 nats one has 0.8, the other 0.5. */
  @Test
  void theVaeEndsBothFrontiers() {
    SweepTable table =
        new SweepTable(
            List.of(
                run("VAE", 20, 0.6),
                run("FactorVAE gamma 35.0", 40, 0.8),
                run("beta-VAE beta 4.0", 60, 0.4),
                run("DIP-VAE", 30, 0.1)));
    Frontier.Difference difference = Findings.frontierDifference(table, Findings.SCORE);
    // From 0 at 20 nats to 0.3 at 40, in a straight line.
    assertEquals(0.15, difference.mean(), 1e-12);
    assertEquals(20, difference.from());
    assertEquals(40, difference.to());
  }

  private static History history(double... estimates) {
    History history = new History();
    for (int i = 0; i < estimates.length; i++) {
      history.record(100L * i, Map.of(Terms.TOTAL_CORRELATION, (double) i));
      history.record(100L * i, Map.of(Terms.TOTAL_CORRELATION_ESTIMATE, estimates[i]));
    }
    return history;
  }

  @Test
  void agreementIsTheCorrelationOfWhatWasMeasuredTogether() {
    // The first, of the untrained model, is far off and does not count.
    assertEquals(1, Findings.totalCorrelationAgreement(history(99, 2, 4, 6)), 1e-12);
    assertEquals(-1, Findings.totalCorrelationAgreement(history(0, 3, 2, 1)), 1e-12);
    // Of 1, 2, 3 and 1, 3, 2: covariance 1/2, deviations 1 and 1.
    assertEquals(0.5, Findings.totalCorrelationAgreement(history(0, 1, 3, 2)), 1e-12);
    assertTrue(Double.isNaN(Findings.totalCorrelationAgreement(history(0, 1, 2))));
    History unlike = history(0, 1, 2);
    unlike.record(250, Map.of(Terms.TOTAL_CORRELATION_ESTIMATE, 7.0));
    assertTrue(Double.isNaN(Findings.totalCorrelationAgreement(unlike)), "no common third step");
  }

  @Test
  void aCurveIsTheMeanAtTheStepsThatAllHave() {
    History mean =
        Findings.mean(List.of(history(1, 2, 3), history(5, 8)), Terms.TOTAL_CORRELATION_ESTIMATE);
    assertArrayEquals(new long[] {0, 100}, mean.steps(Terms.TOTAL_CORRELATION_ESTIMATE));
    assertArrayEquals(new double[] {3, 5}, mean.values(Terms.TOTAL_CORRELATION_ESTIMATE));
    assertEquals(List.of(Terms.TOTAL_CORRELATION_ESTIMATE), mean.names());
    History undefined = history(Double.NaN, 2);
    assertArrayEquals(
        new long[] {100},
        Findings.mean(List.of(undefined), Terms.TOTAL_CORRELATION_ESTIMATE)
            .steps(Terms.TOTAL_CORRELATION_ESTIMATE));
    for (List<History> none : List.of(List.<History>of(), List.of(new History(), history(1)))) {
      assertThrows(IllegalArgumentException.class, () -> Findings.mean(none, "score.mig"));
    }
  }

  /** Three runs: one score rises with another and falls against a third; losses do not count. */
  @Test
  void scoresOfAllRunsAreCorrelated() {
    double[][] values = {{0.1, 0.3, 9}, {0.2, 0.7, 7}, {0.4, 0.9, 1}};
    List<Outcome> runs = new ArrayList<>();
    for (double[] v : values) {
      Map<String, Double> scores = Map.of("score.b", v[1], "score.a", v[0], "score.c", v[2]);
      Map<String, Double> all = new HashMap<>(scores);
      all.put(Terms.RECONSTRUCTION, 1.0);
      runs.add(new Outcome("id", Map.of("method", "VAE"), 0, Optional.empty(), all, 1));
    }
    runs.add(new Outcome("id", Map.of("method", "VAE"), 1, Optional.of("ended"), Map.of(), 1));
    ScoreCorrelations agreement =
        Findings.scoreAgreement(new SweepTable(runs), ScoreCorrelations.Kind.SPEARMAN);
    assertEquals(List.of("a", "b", "c"), agreement.names());
    assertEquals(3, agreement.runs());
    assertArrayEquals(new double[] {1, 1, -1}, agreement.matrix()[0], 1e-12);
    assertArrayEquals(new double[] {-1, -1, 1}, agreement.matrix()[2], 1e-12);
  }

  /** A step of two images each. */
  @Test
  void historiesAreThoseOfAMethodsSeeds(@TempDir Path folder) throws IOException {
    Sweep sweep =
        Sweep.over(DSprites::small)
            .methods(new Vae(Adam.of(1e-3)), new BetaVae(4))
            .each(b -> b.measureEvery(1).recordEvery(1).batchSize(2))
            .seeds(3, 4)
            .steps(1);
    Experiment experiment = new Experiment("tiny", "Is it read?", sweep, List.of(sweep));
    assertEquals(List.of(), experiment.histories(folder, "VAE"));
    assertEquals(4, experiment.run(folder, new InProcess()).outcomes().size());
    List<History> histories = experiment.histories(folder, "VAE");
    assertEquals(2, histories.size());
    assertArrayEquals(new long[] {1}, histories.get(0).steps(Terms.RECONSTRUCTION));
    assertNotEquals(
        histories.get(0).last(Terms.RECONSTRUCTION), histories.get(1).last(Terms.RECONSTRUCTION));
  }

  @Test
  void thePartsOfAnExperimentBelongToTheWhole() throws IOException {
    requireParts(Experiments.smallFrontiers(), 90);
    requireParts(Experiments.totalCorrelation(), 3 * 6 + 2);
  }

  @Test
  @Tag("slow")
  void thePartsOfTheLongExperimentBelongToTheWhole() throws IOException {
    requireParts(Experiments.frontiers(), 3 * 5 + 6 * 2 + 3);
  }

  private static void requireParts(Experiment experiment, int runs) throws IOException {
    Set<String> parts = new HashSet<>();
    for (Sweep part : experiment.parts()) {
      part.runs().forEach(run -> parts.add(run.id()));
    }
    assertEquals(runs, parts.size());
    assertEquals(runs, experiment.planned());
    Set<String> all = new HashSet<>();
    experiment.all().runs().forEach(run -> all.add(run.id()));
    assertTrue(all.containsAll(parts));
  }

  @Test
  void whatHasNotRunIsNotThere(@TempDir Path folder) throws IOException {
    assertEquals(List.of(), Experiments.totalCorrelation().ended(folder).outcomes());
  }
}
