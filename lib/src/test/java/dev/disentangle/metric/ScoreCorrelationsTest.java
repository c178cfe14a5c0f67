package dev.disentangle.metric;

import static dev.disentangle.metric.SmallScores.SMALL;
import static dev.disentangle.metric.SmallScores.posteriors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.representation.Codes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How scores agree over several runs. */
class ScoreCorrelationsTest {

  @Test
  void correlationsBetweenScores() {
    ScoreOptions options = SMALL.only("mig", "irs", "active-units");
    List<Scores> runs =
        List.of(
            Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, options),
            Scores.of(posteriors(SyntheticCodes.rotated()), SyntheticCodes.SPACE, options),
            Scores.of(posteriors(SyntheticCodes.noise(1)), SyntheticCodes.SPACE, options));
    for (ScoreCorrelations.Kind kind : ScoreCorrelations.Kind.values()) {
      ScoreCorrelations correlations = ScoreCorrelations.of(runs, kind);
      assertEquals(List.of("mig", "irs", "active-units"), correlations.names());
      assertEquals(1, correlations.matrix()[0][0]);
      assertTrue(correlations.matrix()[0][1] > 0.8);
      // Every run has four active units: a constant score's correlation is not defined.
      assertEquals(Double.NaN, correlations.matrix()[0][2]);
      assertEquals(Double.NaN, correlations.matrix()[2][1]);
      assertEquals(1, correlations.matrix()[2][2]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ScoreCorrelations.of(runs.subList(0, 1), ScoreCorrelations.Kind.PEARSON));
  }

  /** Values of pearsonr, spearmanr and kendalltau of scipy.stats 1.17 on the same six pairs. */
  @Test
  void correlationCoefficientsAgreeWithScipy() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {2.5, 1, 4, 6, 3, 5};
    assertEquals(
        0.6086052035544963,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.PEARSON),
        1e-9);
    assertEquals(
        0.6571428571428573,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.SPEARMAN),
        1e-9);
    assertEquals(
        0.4666666666666666,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.KENDALL),
        1e-9);
  }

  /** Missing or undefined in one run: left out. All left out: an error. */
  @Test
  void correlationsNeedAFiniteScoreOfEveryRun() {
    Codes codes = posteriors(SyntheticCodes.identity());
    Scores both = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("kl", "irs"));
    Scores one = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("kl"));
    ScoreCorrelations correlations =
        ScoreCorrelations.of(List.of(both, one, both), ScoreCorrelations.Kind.KENDALL);
    assertEquals(List.of("kl"), correlations.names());
    assertEquals(3, correlations.runs());
    assertEquals(ScoreCorrelations.Kind.KENDALL, correlations.kind());
    Scores other = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("irs"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ScoreCorrelations.of(List.of(one, other), ScoreCorrelations.Kind.PEARSON))
            .getMessage();
    assertTrue(message.contains("in common"), message);
    double[] up = {1, 2, 3};
    double[] down = {-1, -2, -3};
    for (ScoreCorrelations.Kind kind : ScoreCorrelations.Kind.values()) {
      assertEquals(-1, ScoreCorrelations.correlation(up, down, kind), 1e-12);
    }
  }
}
