package dev.disentangle.metric;

import static dev.disentangle.metric.SmallScores.SMALL;
import static dev.disentangle.metric.SmallScores.posteriors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.FactorTable;
import dev.disentangle.data.Factors;
import dev.disentangle.representation.Codes;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of all scores: its values, and what they are estimated from. */
class ScoresTest {

  @Test
  void everyScoreIsThereForTrueFactors() {
    Scores scores = Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, SMALL);
    assertEquals(1, scores.value("factorvae"), 0.01);
    assertEquals(1, scores.value("higgins"), 0.01);
    assertEquals(1, scores.value("mig"), 0.02);
    assertEquals(1, scores.value("dci.disentanglement"), 0.02);
    assertEquals(1, scores.value("dci.completeness"), 0.02);
    assertEquals(0, scores.value("tc.true"), 0.02);
    assertEquals(4, scores.value("active-units"));
    // All but the evidence, which needs the model itself.
    assertEquals(StandardScores.all().size() - 1, scores.seconds().size());
    assertEquals(scores.names().size(), scores.table().rowCount());
    assertEquals(
        List.of("score", "value", "estimator", "points", "seed"), scores.table().columnNames());
  }

  @Test
  void zeroCodesHaveADefinedValueForEveryScore() {
    Scores scores = Scores.of(posteriors(SyntheticCodes.constant()), SyntheticCodes.SPACE, SMALL);
    assertEquals(0, scores.value("factorvae"));
    assertEquals(0, scores.value("mig"));
    assertEquals(0, scores.value("dci.disentanglement"));
    assertEquals(0, scores.value("tc.gaussian"));
    assertEquals(0, scores.value("active-units"));
    assertTrue(scores.values().stream().noneMatch(value -> Double.isNaN(value.value())));
  }

  @Test
  void scoresThatNeedFactorsOrPosteriorsAreLeftOutWithoutThem() {
    float[][] means = SyntheticCodes.rotated();
    Scores unsupervised = Scores.of(posteriors(means), SMALL);
    assertFalse(unsupervised.names().contains("mig"));
    assertTrue(unsupervised.names().contains("tc.true"));
    float[][] none = new float[means.length][4];
    for (float[] row : none) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
    Scores deterministic =
        Scores.of(
            new Codes(means, none),
            SyntheticCodes.SPACE,
            SMALL.only("mig", "tc.true", "tc.minibatch"));
    assertEquals(List.of("mig"), deterministic.names());
  }

  @Test
  void factorsOutsideAGridGiveNearlyTheSameScores() {
    Factors table =
        (Factors)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Factors.class},
                (proxy, method, arguments) -> method.invoke(SyntheticCodes.SPACE, arguments));
    ScoreOptions options = SMALL.only("factorvae", "higgins", "mig");
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores grid = Scores.of(codes, SyntheticCodes.SPACE, options);
    Scores other = Scores.of(codes, table, options);
    // 500 votes: a standard error of 0.02 each.
    assertEquals(grid.value("factorvae"), other.value("factorvae"), 0.1);
    assertEquals(grid.value("higgins"), other.value("higgins"), 0.1);
    assertEquals(grid.value("mig"), other.value("mig"));
  }

  @Test
  void sameSeedGivesTheSameTable() {
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores once = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    Scores again = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    assertEquals(once.values(), again.values());
  }

  @Test
  void badInputIsNamed() {
    Codes codes = posteriors(SyntheticCodes.identity());
    Scores scores = Scores.of(codes, SMALL.only("kl"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> scores.value("mig")).getMessage();
    assertTrue(message.contains("mig") && message.contains("kl"), message);
    assertThrows(IllegalArgumentException.class, () -> SMALL.only("no-such-score"));
    assertThrows(IllegalArgumentException.class, () -> SMALL.maxImages(1));
    assertThrows(IllegalArgumentException.class, () -> SMALL.points(0, 1));
    FactorSpace other = FactorSpace.of(List.of("a"), 5_000);
    assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, other, SMALL));
    FactorTable longer = FactorTable.of("digit", 2, new int[codes.size() + 1]);
    String sizes =
        assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, longer, SMALL))
            .getMessage();
    assertTrue(sizes.contains("3361") && sizes.contains("3360"), sizes);
    codes.means()[3][0] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, SMALL));
  }

  /** Every row of the table: its name, how it was estimated, from how many points. */
  @Test
  void everyRowSaysHowItWasEstimated() {
    Scores scores =
        Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, SMALL.seed(5));
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("factorvae", "small protocol, 500 votes of 64; 3360");
    expected.put("higgins", "small protocol, 500 vectors of 64 pairs; 3360");
    expected.put("mig", "20 bins; 1000");
    expected.put("dci.disentanglement", "boosted trees; 1000");
    expected.put("dci.completeness", "boosted trees; 1000");
    expected.put("dci.informativeness", "boosted trees; 500");
    expected.put("dci.lasso.disentanglement", "lasso; 1000");
    expected.put("dci.lasso.completeness", "lasso; 1000");
    expected.put("dci.lasso.informativeness", "lasso; 500");
    expected.put("sap", "linear support vector machine; 1000");
    expected.put("modularity", "20 bins; 1000");
    expected.put("explicitness", "logistic regression; 1000");
    expected.put("irs", "reference protocol, 99th percentile; 1000");
    expected.put("mig-sup", "20 bins, over the factors' entropies; 1000");
    expected.put("jemmig", "posteriors over 100 bins; 1000");
    expected.put("rmig", "posteriors over 100 bins; 1000");
    expected.put("dcimig", "20 bins; 1000");
    expected.put("infomec.modularity", "10 nearest neighbours; 1000");
    expected.put("infomec.explicitness", "logistic regression; 1000");
    expected.put("infomec.compactness", "10 nearest neighbours; 1000");
    expected.put("z-max-variance", "800 votes of 200; 3360");
    expected.put("tc.true", "100 samples of z, nats; 3360");
    expected.put(
        "tc.minibatch-weighted",
        "16 batches of 64, nats, with the offset (D - 1) log N = 24.4; 3360");
    expected.put("tc.minibatch-stratified", "16 batches of 64, nats; 3360");
    expected.put("tc.gaussian", "covariance of means, nats; 1000");
    expected.put("mutual-information", "20 bins, nats; 1000");
    expected.put("wasserstein", "covariance of means; 1000");
    expected.put("wasserstein.normalized", "over its trace; 1000");
    expected.put("active-units", "variance above 0.01; 3360");
    expected.put("kl", "sum over latents, nats per image; 3360");
    Map<String, String> rows = new LinkedHashMap<>();
    for (ScoreValue row : scores.values()) {
      rows.put(row.name(), row.estimator() + "; " + row.points());
      assertEquals(5, row.seed());
    }
    assertEquals(expected.toString().replace(", ", "\n"), rows.toString().replace(", ", "\n"));
    for (double seconds : scores.seconds().values()) {
      assertTrue(seconds >= 0 && seconds < 600, "seconds " + seconds);
    }
    assertThrows(UnsupportedOperationException.class, () -> scores.seconds().clear());
  }

  /** The same numbers as from each score's own class on the same points. */
  @Test
  void valuesAreThoseOfTheScoresThemselves() {
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores scores = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    int[] images = new int[codes.size()];
    Arrays.setAll(images, i -> i);
    ScoreInput in = new ScoreInput(codes, Optional.of(SyntheticCodes.SPACE), images, SMALL);
    DciScore trees = DciScore.ofBoostedTrees(in.train(), in.evaluation());
    assertEquals(trees.disentanglement(), scores.value("dci.disentanglement"));
    assertEquals(trees.completeness(), scores.value("dci.completeness"));
    assertEquals(trees.informativeness(), scores.value("dci.informativeness"));
    assertEquals(
        ExplicitnessScore.of(in.train(), in.evaluation()).value(), scores.value("explicitness"));
    assertEquals(SapScore.of(in.train(), in.evaluation()).value(), scores.value("sap"));
    assertEquals(ModularityScore.of(in.train()).value(), scores.value("modularity"));
    assertEquals(IrsScore.of(in.train()).value(), scores.value("irs"));
    InfoMecScore infoMec = InfoMecScore.of(in.train());
    assertEquals(infoMec.modularity(), scores.value("infomec.modularity"));
    assertEquals(infoMec.explicitness(), scores.value("infomec.explicitness"));
    assertEquals(infoMec.compactness(), scores.value("infomec.compactness"));
    JemmigScore jemmig = JemmigScore.ofPosteriors(in.trainPosteriors(), in.train().factors());
    assertEquals(jemmig.value(), scores.value("jemmig"));
    assertEquals(jemmig.rmig(), scores.value("rmig"));
    assertEquals(MigSupScore.of(in.train()).value(), scores.value("mig-sup"));
    assertEquals(DciMigScore.of(in.train()).value(), scores.value("dcimig"));
    float[][] means = codes.means();
    assertEquals(
        ZMaxVarianceScore.of(means, SyntheticCodes.SPACE, 0).value(),
        scores.value("z-max-variance"));
    assertEquals(TrueTotalCorrelation.of(codes, 100, 0).nats(), scores.value("tc.true"));
    assertEquals(GaussianTotalCorrelation.of(in.sample()).nats(), scores.value("tc.gaussian"));
    assertEquals(
        MutualInformationScore.of(in.sample()).value(), scores.value("mutual-information"));
    assertEquals(WassersteinCorrelation.of(in.sample()).value(), scores.value("wasserstein"));
    assertEquals(
        WassersteinCorrelation.of(in.sample()).normalized(),
        scores.value("wasserstein.normalized"));
    assertEquals(KlPerLatent.of(codes).total(), scores.value("kl"));
    assertEquals(
        FactorVaeScore.of(codes, SyntheticCodes.SPACE, SMALL.factorVae(), 0).value(),
        scores.value("factorvae"));
    assertEquals(
        HigginsScore.of(means, SyntheticCodes.SPACE, SMALL.higgins(), 0).value(),
        scores.value("higgins"));
  }
}
