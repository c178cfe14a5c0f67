package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.HostileCodes.Change;
import dev.disentangle.metric.MinibatchTotalCorrelation.Weights;
import dev.disentangle.metric.UnsupervisedDisentanglementRanking.Similarity;
import dev.disentangle.representation.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every score that needs no factors, on every kind of bad input: an {@link
 * IllegalArgumentException} that names it, or a result without NaN.
 */
class HostilePosteriorsTest {

  private record PosteriorScore(String name, Function<Codes, Record> score) {

    Record of(Codes codes) {
      return score.apply(codes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<PosteriorScore> OF_MEANS =
      List.of(
          new PosteriorScore("active-units", codes -> ActiveUnits.of(codes.means())),
          new PosteriorScore("mutual-information", c -> MutualInformationScore.of(c.means())),
          new PosteriorScore("wasserstein", codes -> WassersteinCorrelation.of(codes.means())),
          new PosteriorScore("tc.gaussian", codes -> GaussianTotalCorrelation.of(codes.means())),
          new PosteriorScore("frechet", c -> FrechetDistance.of(c.means(), c.means(), "codes")));

  private static final List<PosteriorScore> OF_DENSITIES =
      List.of(
          new PosteriorScore("kl", KlPerLatent::of),
          new PosteriorScore("tc.true", codes -> TrueTotalCorrelation.of(codes, 20, 1)),
          new PosteriorScore("tc.minibatch-weighted", c -> minibatch(c, Weights.WEIGHTED)),
          new PosteriorScore("tc.minibatch-stratified", c -> minibatch(c, Weights.STRATIFIED)),
          new PosteriorScore("udr of rank correlations", c -> ranking(c, Similarity.SPEARMAN)),
          new PosteriorScore("udr of lasso weights", c -> ranking(c, Similarity.LASSO)));

  private static Record minibatch(Codes codes, Weights weights) {
    return MinibatchTotalCorrelation.of(codes, weights, 4, 5, 1);
  }

  private static Record ranking(Codes codes, Similarity similarity) {
    return UnsupervisedDisentanglementRanking.of(List.of(codes, codes, codes), similarity);
  }

  static Stream<PosteriorScore> scores() {
    return Stream.concat(OF_MEANS.stream(), OF_DENSITIES.stream());
  }

  private static Stream<Arguments> eachScoreWith(List<Change> changes) {
    return scores().flatMap(score -> changes.stream().map(c -> Arguments.of(score, c)));
  }

  static Stream<Arguments> usable() {
    return eachScoreWith(HostileCodes.USABLE);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("usable")
  void degenerateMeansHaveDefinedScores(PosteriorScore score, Change change) {
    HostileCodes.requireNumbers(score.of(HostileCodes.posteriors(change.codes(), -2)));
  }

  static Stream<Arguments> unusable() {
    return eachScoreWith(HostileCodes.UNUSABLE);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("unusable")
  void unusableMeansAreRefused(PosteriorScore score, Change change) {
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          float[][] means = change.codes();
          score.of(new Codes(means, means));
        });
  }

  static Stream<Arguments> variances() {
    List<Arguments> all = new ArrayList<>();
    for (PosteriorScore score : OF_DENSITIES) {
      for (float logVariance : new float[] {-1e4f, -79, 0, 79, 1e4f, 3e38f}) {
        all.add(Arguments.of(score, logVariance));
      }
    }
    return all.stream();
  }

  /** Beyond 80 a density leaves single precision: it is refused, not turned into NaN. */
  @ParameterizedTest(name = "{0} of log variances {1}")
  @MethodSource("variances")
  void extremeVariancesHaveDefinedScoresOrAreRefused(PosteriorScore score, float logVariance) {
    Codes codes = HostileCodes.posteriors(HostileCodes.ordinary(), logVariance);
    if (score.name().startsWith("tc") && Math.abs(logVariance) > 80) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> score.of(codes)).getMessage();
      assertTrue(message.contains("logVariances must be in [-80, 80]"), message);
    } else {
      HostileCodes.requireNumbers(score.of(codes));
    }
  }

  static Stream<PosteriorScore> densityScores() {
    return OF_DENSITIES.stream();
  }

  @ParameterizedTest
  @MethodSource("densityScores")
  void variancesThatAreNotNumbersAreRefused(PosteriorScore score) {
    Codes codes = HostileCodes.posteriors(HostileCodes.ordinary(), -1);
    codes.logVariances()[5][1] = Float.NaN;
    String message =
        assertThrows(IllegalArgumentException.class, () -> score.of(codes)).getMessage();
    assertTrue(message.contains("logVariances") && message.contains("NaN"), message);
  }

  /** Deterministic codes have no density: no TC, and an infinite divergence. */
  @ParameterizedTest
  @MethodSource("densityScores")
  void deterministicCodesHaveDefinedScoresOrAreRefused(PosteriorScore score) {
    Codes codes = HostileCodes.posteriors(HostileCodes.ordinary(), Float.NEGATIVE_INFINITY);
    if (score.name().startsWith("tc")) {
      assertThrows(IllegalArgumentException.class, () -> score.of(codes));
    } else {
      HostileCodes.requireNumbers(score.of(codes));
    }
  }

  /** A table of all scores has a value for each of them. */
  @ParameterizedTest
  @MethodSource("usableChanges")
  void tablesOfDegenerateCodesHaveNoNaN(Change change) {
    Codes codes = HostileCodes.posteriors(change.codes(), -2);
    Scores scores = Scores.of(codes, ScoreOptions.defaults().totalCorrelationSamples(10));
    assertTrue(scores.names().containsAll(List.of("tc.gaussian", "tc.true", "kl")));
    assertTrue(scores.values().stream().noneMatch(value -> Double.isNaN(value.value())));
  }

  static Stream<Change> usableChanges() {
    return HostileCodes.USABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("scores")
  void fewPointsHaveDefinedScoresOrAreRefused(PosteriorScore score) {
    for (int points : new int[] {1, 2, 12}) {
      float[][] means = Arrays.copyOf(HostileCodes.ordinary(), points);
      Codes codes = HostileCodes.posteriors(means, -2);
      try {
        HostileCodes.requireNumbers(score.of(codes));
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().contains("must"), refused.getMessage());
      }
    }
  }
}
