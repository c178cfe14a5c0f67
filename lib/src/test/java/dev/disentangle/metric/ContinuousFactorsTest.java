package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorTable;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two Gaussian factors and one of three classes; latents 0 and 1 follow the Gaussian ones. */
class ContinuousFactorsTest {

  private static final int POINTS = 3_000;
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.6;

  private static FactorTable factors;
  private static Codes codes;
  private static LabelledCodes table;

  @BeforeAll
  static void draw() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] numbers = new double[3][POINTS];
    float[][] means = new float[POINTS][3];
    float[][] logVariances = new float[POINTS][3];
    for (int i = 0; i < POINTS; i++) {
      numbers[0][i] = random.nextGaussian();
      numbers[1][i] = random.nextGaussian();
      numbers[2][i] = random.nextInt(3);
      means[i][0] = follow(numbers[0][i], FIRST, random);
      means[i][1] = follow(numbers[1][i], SECOND, random);
      means[i][2] = (float) (numbers[2][i] + random.nextDouble(-0.4, 0.4));
      Arrays.fill(logVariances[i], -2);
    }
    factors =
        FactorTable.ofNumbers(List.of("x", "y", "shape"), numbers)
            .continuous("x", 20)
            .continuous("y", 10);
    codes = new Codes(means, logVariances);
    table = LabelledCodes.of(means, factors, IntStream.range(0, POINTS).toArray());
  }

  private static float follow(double number, double correlation, SplittableRandom random) {
    double rest = Math.sqrt(1 - correlation * correlation);
    return (float) (correlation * number + rest * random.nextGaussian());
  }

  /** {@code -1/2 log(1 - rho^2)}; estimates of so many points deviate by less than 0.02. */
  private static double nats(double correlation) {
    return -0.5 * Math.log(1 - correlation * correlation);
  }

  @Test
  void neighboursFindTheClosedForms() {
    InformationEstimator estimator = InformationEstimator.neighbours(10);
    MutualInformationGap gap = MutualInformationGap.of(table, estimator);
    double most = Gamma.digamma(POINTS) - Gamma.digamma(10);
    assertEquals(most, gap.entropies()[0], 1e-9);
    assertEquals(nats(FIRST), gap.mutualInformation()[0][0], 0.06);
    assertEquals(nats(SECOND), gap.mutualInformation()[1][1], 0.06);
    // A latent in three heaps says which class it is.
    assertEquals(Math.log(3), gap.mutualInformation()[2][2], 0.01);
    double expected = (nats(FIRST) / most + nats(SECOND) / most + 1) / 3;
    assertEquals(expected, gap.value(), 0.02);
    // Sums over what the factors' entropies sum to.
    double dcimig = (nats(FIRST) + nats(SECOND) + Math.log(3)) / (2 * most + Math.log(3));
    assertEquals(dcimig, DciMigScore.of(table, estimator).value(), 0.02);
    assertEquals(1, ModularityScore.of(table, estimator).value(), 0.02);
    MigSupScore sup = MigSupScore.of(table, estimator, MigSupScore.Normalisation.FACTOR_ENTROPY);
    assertEquals(nats(FIRST) / most, sup.gaps()[0], 0.02);
    InfoMecScore mec = InfoMecScore.of(table);
    assertEquals(nats(SECOND) / most, mec.information()[1][1], 0.02);
    assertThrows(
        IllegalArgumentException.class,
        () -> MigSupScore.of(table, estimator, MigSupScore.Normalisation.CODE_ENTROPY));
  }

  /** Without neighbours a real number counts by its ranges, as if these were its classes. */
  @Test
  void binsSeeTheRanges() {
    LabelledCodes ranges = new LabelledCodes(table.codes(), table.factors());
    assertEquals(MutualInformationGap.of(ranges).value(), MutualInformationGap.of(table).value());
    assertEquals(ModularityScore.of(ranges).value(), ModularityScore.of(table).value());
    assertEquals(10, IntStream.of(table.classes(1)).max().orElseThrow() + 1);
  }

  /** One latent explains {@code rho^2} of a factor, the next next to nothing. */
  @Test
  void sapIsTheShareOfVariance() {
    LabelledCodes train = table.rows(0, 2_000);
    LabelledCodes rest = table.rows(2_000, POINTS);
    double[][] shares = SapScore.of(train, rest).accuracy();
    assertEquals(FIRST * FIRST, shares[0][0], 0.03);
    assertEquals(SECOND * SECOND, shares[1][1], 0.05);
    assertEquals(0, shares[1][0], 0.01);
    assertTrue(shares[2][2] > 0.8, "classes have an accuracy");
    double classes = shares[2][2] - Math.max(shares[0][2], shares[1][2]);
    double expected = (FIRST * FIRST + SECOND * SECOND + classes) / 3;
    assertEquals(expected, SapScore.of(train, rest).value(), 0.03);
  }

  /**
   * The lasso's weight of the one latent that matters is {@code rho - penalty}, and its {@code R^2}
   * hence {@code 2 w rho - w^2}; ranges would lose some of it.
   */
  @Test
  void lassoSeesTheNumbers() {
    LabelledCodes one = column(0);
    DciScore score = DciScore.ofLasso(one.rows(0, 2_000), one.rows(2_000, POINTS), 0.02);
    double weight = FIRST - 0.02;
    assertEquals(weight, score.importance()[0][0], 0.02);
    assertEquals(2 * weight * FIRST - weight * weight, score.informativeness(), 0.03);
  }

  private static LabelledCodes column(int factor) {
    int[][] classes = new int[POINTS][];
    double[][] numbers = new double[POINTS][];
    for (int i = 0; i < POINTS; i++) {
      classes[i] = new int[] {table.factors()[i][factor]};
      numbers[i] = new double[] {table.numbers()[i][factor]};
    }
    return new LabelledCodes(table.codes(), classes, numbers);
  }

  @Test
  void everyRowSaysHowItTookThem() {
    Scores scores = Scores.of(codes, factors, ScoreOptions.defaults().points(1_000, 500));
    assertEquals("20 bins; x, y in ranges", estimator(scores, "mig"));
    assertEquals("lasso; x, y as numbers", estimator(scores, "dci.lasso.disentanglement"));
    assertTrue(estimator(scores, "sap").endsWith("; x, y by R^2 of a line"));
    assertTrue(estimator(scores, "factorvae").endsWith("; x, y in ranges"));
    assertTrue(estimator(scores, "infomec.explicitness").endsWith("; x, y in ranges"));
    assertEquals("10 nearest neighbours; x, y as numbers", estimator(scores, "infomec.modularity"));
    assertFalse(estimator(scores, "tc.gaussian").contains("ranges"));
    assertTrue(Double.isNaN(scores.value("z-max-variance")));
    assertTrue(estimator(scores, "z-max-variance").contains("real numbers have no classes"));
    ScoreOptions uncut =
        ScoreOptions.defaults().only("mig").information(InformationEstimator.neighbours(10));
    Scores neighbours = Scores.of(codes, factors, uncut);
    assertEquals("10 nearest neighbours; x, y as numbers", estimator(neighbours, "mig"));
    assertTrue(Math.abs(neighbours.value("mig") - scores.value("mig")) > 0.01);
  }

  @Test
  void estimatorsHaveLeastNumbers() {
    assertEquals("2 bins", InformationEstimator.bins(2).toString());
    assertEquals("20 bins", InformationEstimator.bins().toString());
    assertEquals("1 nearest neighbours", InformationEstimator.neighbours(1).toString());
    assertThrows(IllegalArgumentException.class, () -> InformationEstimator.bins(1));
    assertThrows(IllegalArgumentException.class, () -> InformationEstimator.neighbours(0));
  }

  /** More names than three would make rows too long. */
  @Test
  void manyRealFactorsAreCounted() {
    double[][] numbers = new double[4][60];
    SplittableRandom random = new SplittableRandom(3);
    for (double[] column : numbers) {
      Arrays.setAll(column, i -> random.nextDouble());
    }
    FactorTable four = FactorTable.ofNumbers(List.of("a", "b", "c", "d"), numbers);
    for (String name : List.of("a", "b", "c", "d")) {
      four = four.continuous(name, 3);
    }
    float[][] means = new float[60][1];
    float[][] logVariances = new float[60][1];
    for (int i = 0; i < 60; i++) {
      means[i][0] = (float) numbers[0][i];
    }
    Codes some = new Codes(means, logVariances);
    Scores scores = Scores.of(some, four, ScoreOptions.defaults().only("mig"));
    assertEquals("20 bins; 4 real factors in ranges", estimator(scores, "mig"));
  }

  @Test
  void filesAreScoredWithTheirFactorsOrWithout() {
    ScoreOptions options = ScoreOptions.defaults().points(1_000, 500);
    CodesFile file = new CodesFile(codes, Optional.of(factors), "made");
    assertEquals(names(Scores.of(codes, factors, options)), names(Scores.of(file, options)));
    CodesFile bare = new CodesFile(codes, Optional.empty(), "made");
    assertEquals(names(Scores.of(codes, options)), names(Scores.of(bare, options)));
    assertTrue(Scores.of(file, options.only("mig")).value("mig") > 0.1);
  }

  /** All but the values, of which NaN is not equal to itself. */
  private static List<String> names(Scores scores) {
    return scores.values().stream().map(v -> v.name() + " " + v.estimator()).toList();
  }

  private static String estimator(Scores scores, String name) {
    return scores.values().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow()
        .estimator();
  }

  @Test
  void tablesKeepNumbersBesideTheirRows() {
    LabelledCodes some = table.rows(5, 9);
    assertTrue(some.isContinuous(0));
    assertFalse(some.isContinuous(2));
    assertEquals(factors.number(6, 0), some.numbers(0)[1]);
    assertArrayEquals(new double[] {factors.value(5, 2)}, table.rows(5, 6).numbers(2));
    LabelledCodes drawn = table.sample(50, new SplittableRandom(1));
    for (int i = 0; i < 50; i++) {
      int row = Arrays.asList(table.codes()).indexOf(drawn.codes()[i]);
      assertEquals(table.numbers()[row][0], drawn.numbers()[i][0]);
    }
    float[][] two = {{1}, {2}};
    int[][] classes = {{0}, {1}};
    for (double[][] wrong :
        new double[][][] {{{1}}, {{1, 2}, {3, 4}}, {{1}, {Double.NaN}}, {{Double.NaN}, {1}}}) {
      assertThrows(IllegalArgumentException.class, () -> new LabelledCodes(two, classes, wrong));
    }
  }
}
