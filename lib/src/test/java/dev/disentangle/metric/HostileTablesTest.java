package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.FactorVaeProtocol.Pruning;
import dev.disentangle.metric.HostileCodes.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every score that uses factors, on every kind of bad input: an {@link IllegalArgumentException}
 * that names it, or a result without NaN.
 */
class HostileTablesTest {

  private static final int TRAIN = 40;

  /** A score of training and evaluation points; one that needs one table takes the training's. */
  private record TableScore(String name, BiFunction<LabelledCodes, LabelledCodes, Record> score) {

    Record of(LabelledCodes table) {
      return score.apply(table.rows(0, TRAIN), table.rows(TRAIN, table.size()));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final FactorVaeProtocol BY_DEVIATION =
      new FactorVaeProtocol("small", 50, 50, 8, 50, Pruning.STANDARD_DEVIATION, 0.05);
  private static final FactorVaeProtocol BY_DIVERGENCE =
      new FactorVaeProtocol("small", 50, 0, 8, 0, Pruning.KL, 0.01);
  private static final HigginsProtocol PAIRS = new HigginsProtocol("small", 50, 50, 4);

  private static final List<TableScore> SCORES =
      List.of(
          new TableScore("factorvae", (train, other) -> FactorVaeScore.of(train, BY_DEVIATION, 1)),
          new TableScore(
              "factorvae pruned by kl",
              (train, other) -> FactorVaeScore.of(train, BY_DIVERGENCE, 1)),
          new TableScore("higgins", (train, other) -> HigginsScore.of(train, PAIRS, 1)),
          new TableScore("mig", (train, other) -> MutualInformationGap.of(train)),
          new TableScore("modularity", (train, other) -> ModularityScore.of(train)),
          new TableScore("mig-sup", (train, other) -> MigSupScore.of(train)),
          new TableScore("dcimig", (train, other) -> DciMigScore.of(train)),
          new TableScore("jemmig", (train, other) -> JemmigScore.ofPoints(train, 20)),
          new TableScore("irs", (train, other) -> IrsScore.of(train)),
          new TableScore("infomec", (train, other) -> InfoMecScore.of(train)),
          new TableScore("dci of trees", DciScore::ofBoostedTrees),
          new TableScore("dci of lasso", DciScore::ofLasso),
          new TableScore("sap", SapScore::of),
          new TableScore("explicitness", ExplicitnessScore::of));

  private static final List<TableScore> BINNED = SCORES.subList(3, 8);
  private static final List<TableScore> FITTED = SCORES.subList(10, 14);

  /** A named way to spoil one row of factors, given its index. */
  private record Relabelling(String name, BiFunction<Integer, int[], int[]> change) {

    LabelledCodes table() {
      int[][] factors = factors();
      for (int i = 0; i < factors.length; i++) {
        factors[i] = change.apply(i, factors[i]);
      }
      return new LabelledCodes(HostileCodes.ordinary(), factors);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Changes that no score may refuse. */
  private static final List<Relabelling> USABLE =
      List.of(
          new Relabelling("a factor with one value", (i, v) -> new int[] {v[0], 3, v[2]}),
          new Relabelling("a single factor", (i, v) -> new int[] {v[0]}),
          new Relabelling("a class per point", (i, v) -> new int[] {i, v[1], v[2]}),
          new Relabelling("a class of one point", (i, v) -> new int[] {i == 7 ? 1 : 0, v[1]}),
          new Relabelling(
              "the largest class number", (i, v) -> new int[] {v[0] * Integer.MAX_VALUE, v[1]}),
          new Relabelling(
              "evaluation points of unknown classes",
              (i, v) -> new int[] {v[0] + (i < TRAIN ? 0 : 10), v[1] + (i < TRAIN ? 0 : 10)}),
          new Relabelling(
              "evaluation points of one class",
              (i, v) -> new int[] {i < TRAIN ? v[0] : 0, i < TRAIN ? v[1] : 0}));

  private static int[][] factors() {
    int[][] factors = new int[HostileCodes.POINTS][];
    Arrays.setAll(factors, i -> new int[] {i % 2, i / 2 % 3, i / 6 % 5});
    return factors;
  }

  static Stream<Arguments> usableTables() {
    List<Arguments> all = new ArrayList<>();
    for (TableScore score : SCORES) {
      for (Change change : HostileCodes.USABLE) {
        all.add(Arguments.of(score, change, new LabelledCodes(change.codes(), factors())));
      }
      for (Relabelling change : USABLE) {
        all.add(Arguments.of(score, change, change.table()));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("usableTables")
  void degenerateTablesHaveDefinedScores(TableScore score, Object change, LabelledCodes table) {
    HostileCodes.requireNumbers(score.of(table));
  }

  static Stream<Change> unusableCodes() {
    return HostileCodes.UNUSABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("unusableCodes")
  void tablesOfUnusableCodesAreRefused(Change change) {
    int[][] factors = Arrays.copyOf(factors(), change.codes().length);
    requireNamed("codes", () -> new LabelledCodes(change.codes(), factors));
  }

  @Test
  void codesAndFactorsOfDifferentLengthAreRefused() {
    int[][] fewer = Arrays.copyOf(factors(), HostileCodes.POINTS - 1);
    requireNamed("60 and 59", () -> new LabelledCodes(HostileCodes.ordinary(), fewer));
  }

  @ParameterizedTest
  @MethodSource("allScores")
  void constantFactorsAreRefused(TableScore score) {
    LabelledCodes table =
        new LabelledCodes(HostileCodes.ordinary(), new int[HostileCodes.POINTS][2]);
    requireNamed("factor", () -> score.of(table));
  }

  static Stream<TableScore> allScores() {
    return SCORES.stream();
  }

  /** 12 training points, for 20 bins where there are bins. */
  @ParameterizedTest
  @MethodSource("allScores")
  void fewerPointsThanBinsAreRefusedWhereThereAreBins(TableScore score) {
    LabelledCodes table = new LabelledCodes(HostileCodes.ordinary(), factors());
    LabelledCodes few = table.rows(0, 12);
    if (BINNED.contains(score)) {
      requireNamed("bins", () -> score.score().apply(few, few));
    } else {
      HostileCodes.requireNumbers(score.score().apply(few, few));
    }
  }

  @ParameterizedTest
  @MethodSource("fittedScores")
  void evaluationPointsOfOtherColumnsAreRefused(TableScore score) {
    LabelledCodes table = new LabelledCodes(HostileCodes.ordinary(), factors());
    LabelledCodes fewerLatents = new LabelledCodes(new float[HostileCodes.POINTS][2], factors());
    LabelledCodes fewerFactors =
        new LabelledCodes(HostileCodes.ordinary(), new int[HostileCodes.POINTS][2]);
    requireNamed("latents", () -> score.score().apply(table, fewerLatents));
    requireNamed("factors", () -> score.score().apply(table, fewerFactors));
  }

  static Stream<TableScore> fittedScores() {
    return FITTED.stream();
  }

  private static void requireNamed(String what, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(what), message);
  }
}
