package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.MinibatchTotalCorrelation.Weights;
import dev.disentangle.metric.UnsupervisedDisentanglementRanking.Similarity;
import dev.disentangle.representation.Codes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every score of codes whose score is known: the true factors, constants, and the true factors
 * under random rotations. One row per score says in which range its value must lie for each.
 *
 * <p>The codes are those of {@link KnownCodes}: six factors of four classes and of different
 * variances, a full grid of 4,096 points.
 */
class KnownCodesTest {

  private static final KnownCodes CODES = new KnownCodes(6, 4);

  /** For SAP: a linear machine on one scalar tells two classes without error, but not four. */
  private static final KnownCodes BINARY = new KnownCodes(8, 2);

  private static final int TRAIN = 800;
  private static final int POINTS = 1_200;

  /** Where a value must lie, ends included. */
  private record Range(double least, double most) {}

  private static Range range(double least, double most) {
    return new Range(least, most);
  }

  /** A score with the ranges of its value for true factors, constants and rotated factors. */
  private record Row(
      String name,
      KnownCodes codes,
      ToDoubleFunction<float[][]> score,
      Range truth,
      Range constant,
      Range rotated) {

    void check(float[][] codes, Range range, String which) {
      double value = score.applyAsDouble(codes);
      assertTrue(
          value >= range.least() && value <= range.most(),
          () -> name + " of " + which + " was " + value + ", not in " + range);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(
      String name, ToDoubleFunction<float[][]> score, Range truth, Range constant, Range rotated) {
    return new Row(name, CODES, score, truth, constant, rotated);
  }

  /** Scores that use the factors: higher is better. Bounds of rotated codes hold for any seed. */
  static Stream<Row> withFactors() {
    return Stream.of(
        // Of constants the classifier guesses one factor of six; 1,000 vectors have a standard
        // error of 0.012. From rotated factors it reads off much, being linear.
        row("higgins", KnownCodesTest::higgins, range(0.99, 1), range(0.12, 0.22), range(0, 0.96)),
        row("factorvae", KnownCodesTest::factorVae, range(0.99, 1), range(0, 0), range(0, 0.9)),
        // On a whole grid factors share no information at all: the maximum is met to rounding.
        row(
            "mig",
            codes -> MutualInformationGap.of(CODES.labelled(codes)).value(),
            range(1 - 1e-9, 1 + 1e-9),
            range(0, 0),
            range(0, 0.3)),
        // Squares of information favour the factor that a rotated latent holds most of.
        row(
            "modularity",
            codes -> ModularityScore.of(CODES.labelled(codes)).value(),
            range(1 - 1e-9, 1 + 1e-9),
            range(0, 0),
            range(0, 0.97)),
        row(
            "irs",
            codes -> IrsScore.of(CODES.labelled(codes)).value(),
            range(1 - 1e-6, 1 + 1e-9),
            range(0, 0),
            range(0, 0.6)),
        // The latent of a factor is right, any other one time in two: 1/2 is the maximum.
        new Row("sap", BINARY, KnownCodesTest::sap, range(0.45, 0.55), range(0, 0), range(0, 0.25)),
        row(
            "mig-sup",
            codes -> MigSupScore.of(CODES.labelled(codes)).value(),
            range(1 - 1e-9, 1 + 1e-9),
            range(0, 0),
            range(0, 0.3)),
        row(
            "dcimig",
            codes -> DciMigScore.of(CODES.labelled(codes)).value(),
            range(1 - 1e-9, 1 + 1e-9),
            range(0, 0),
            range(0, 0.3)),
        // A constant has the joint entropy log 4 of the factor alone and no information: of the
        // bound log 4 + log 20 the rest is left, 0.6837.
        row(
            "jemmig of points",
            codes -> JemmigScore.ofPoints(CODES.labelled(codes), 20).value(),
            range(1 - 1e-9, 1 + 1e-9),
            range(0.6836, 0.6838),
            range(0, 0.5)),
        // The posteriors' deviation of 0.14 blurs neighbouring classes, 0.67 apart or more, a
        // little.
        row(
            "rmig of posteriors",
            codes -> rmig(codes),
            range(0.95, 1),
            range(0, 1e-9),
            range(0, 0.3)),
        row(
            "infomec, modularity",
            codes -> infoMec(codes).modularity(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.5)),
        row(
            "infomec, compactness",
            codes -> infoMec(codes).compactness(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.5)),
        // Linear read-outs do not see a rotation.
        row(
            "infomec, explicitness",
            codes -> infoMec(codes).explicitness(),
            range(0.99, 1),
            range(0, 0),
            range(0.99, 1)),
        row(
            "z-max variance",
            codes -> ZMaxVarianceScore.of(codes, CODES.space(), 1).value(),
            range(1, 1),
            range(0, 0),
            range(0, 0.95)),
        // Linear read-outs do not see a rotation: explicitness keeps its value by its nature.
        row(
            "explicitness",
            codes -> ExplicitnessScore.of(train(codes), evaluation(codes)).value(),
            range(0.99, 1),
            range(0.5, 0.5),
            range(0.99, 1)),
        // One model against the true factors in another order and with other signs.
        row(
            "udr of rank correlations",
            codes -> ranking(codes, Similarity.SPEARMAN),
            range(0.99, 1 + 1e-9),
            range(0, 0),
            range(0, 0.5)),
        // The penalty of 0.1 shrinks a weight of 1 to 0.9.
        row(
            "udr of lasso weights",
            codes -> ranking(codes, Similarity.LASSO),
            range(0.89, 0.91),
            range(0, 0),
            range(0, 0.7)));
  }

  /** The parts of DCI. */
  static Stream<Row> dci() {
    return Stream.of(
        row(
            "dci of trees, disentanglement",
            codes -> trees(codes).disentanglement(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.5)),
        row(
            "dci of trees, completeness",
            codes -> trees(codes).completeness(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.5)),
        // Of constants the most frequent class is right one time in four. Trees cut along the
        // latents, so a rotation costs them some points.
        row(
            "dci of trees, informativeness",
            codes -> trees(codes).informativeness(),
            range(0.99, 1),
            range(0.18, 0.3),
            range(0, 0.96)),
        row(
            "dci of lasso, disentanglement",
            codes -> lasso(codes).disentanglement(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.3)),
        row(
            "dci of lasso, completeness",
            codes -> lasso(codes).completeness(),
            range(0.99, 1),
            range(0, 0),
            range(0, 0.3)),
        // The training points' mean explains a little less than nothing of other points. Linear
        // regression undoes a rotation, so this part keeps its value by its nature.
        row(
            "dci of lasso, informativeness",
            codes -> lasso(codes).informativeness(),
            range(0.99, 1),
            range(-0.02, 0),
            range(0.99, 1)));
  }

  /**
   * Scores that know no factors. Those of dependence are best at 0, which constants attain, too:
   * they cannot tell a code that says nothing from a good one.
   */
  static Stream<Row> withoutFactors() {
    return Stream.of(
        row(
            "tc.gaussian",
            codes -> GaussianTotalCorrelation.of(codes).nats(),
            range(0, 1e-9),
            range(0, 0),
            range(0.2, 2)),
        row(
            "wasserstein",
            codes -> WassersteinCorrelation.of(codes).value(),
            range(0, 1e-6),
            range(0, 0),
            range(0.2, 2)),
        row(
            "mutual-information",
            codes -> MutualInformationScore.of(codes).value(),
            range(0, 1e-9),
            range(0, 0),
            range(0.04, 1)),
        row(
            "tc.true",
            codes -> TrueTotalCorrelation.of(CODES.posteriors(codes), 200, 1).nats(),
            range(-1e-5, 1e-5),
            range(-1e-5, 1e-5),
            range(4, 8)),
        // Stratified weights only: those of weighted sampling add log 4096 per latent but one,
        // even for constants. A logarithm of 500 terms for 4,096 has a bias of some tenths.
        row(
            "tc.minibatch-stratified",
            codes ->
                MinibatchTotalCorrelation.of(CODES.posteriors(codes), Weights.STRATIFIED, 500, 1, 1)
                    .nats(),
            range(-0.5, 0.5),
            range(-1e-9, 1e-9),
            range(4, 8)),
        // What the next two measure is the size of the code, which a rotation does not change.
        row(
            "active-units",
            codes -> ActiveUnits.of(codes).count(),
            range(6, 6),
            range(0, 0),
            range(6, 6)),
        row(
            "kl",
            codes -> KlPerLatent.of(CODES.posteriors(codes)).total(),
            range(14, 15),
            range(0, 0),
            range(14, 15)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"withFactors", "dci", "withoutFactors"})
  void trueFactors(Row row) {
    row.check(row.codes().trueFactors(), row.truth(), "true factors");
  }

  /**
   * Zeros, and a constant that is no binary fraction: its sums and means must not be off by
   * rounding.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"withFactors", "dci", "withoutFactors"})
  void constants(Row row) {
    row.check(row.codes().constant(0), row.constant(), "zeros");
    if (!row.name().equals("kl")) {
      row.check(row.codes().constant(0.1f), row.constant(), "tenths");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"withFactors", "dci", "withoutFactors"})
  void rotatedFactors(Row row) {
    for (long seed = 1; seed <= 2; seed++) {
      row.check(row.codes().rotated(seed), row.rotated(), "factors under rotation " + seed);
    }
  }

  private static double higgins(float[][] codes) {
    HigginsProtocol protocol = new HigginsProtocol("small", 1_000, 1_000, 64);
    return HigginsScore.of(codes, CODES.space(), protocol, 1).value();
  }

  private static double factorVae(float[][] codes) {
    FactorVaeProtocol protocol =
        new FactorVaeProtocol(
            "small", 1_000, 1_000, 64, 1_000, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05);
    return FactorVaeScore.of(codes, CODES.space(), protocol, 1).value();
  }

  private static double rmig(float[][] codes) {
    return JemmigScore.ofPosteriors(CODES.posteriors(codes), CODES.labelled(codes).factors())
        .rmig();
  }

  private static InfoMecScore infoMec(float[][] codes) {
    return InfoMecScore.of(train(codes));
  }

  private static double sap(float[][] codes) {
    LabelledCodes sample = BINARY.labelled(codes).sample(POINTS, new SplittableRandom(1));
    return SapScore.of(sample.rows(0, TRAIN), sample.rows(TRAIN, POINTS)).value();
  }

  private static DciScore trees(float[][] codes) {
    // A third of the points, for a tree is grown for every class of every factor, 100 times.
    return DciScore.ofBoostedTrees(
        train(codes).rows(0, TRAIN / 3), evaluation(codes).rows(0, TRAIN / 3));
  }

  private static DciScore lasso(float[][] codes) {
    return DciScore.ofLasso(train(codes), evaluation(codes));
  }

  private static double ranking(float[][] codes, Similarity similarity) {
    List<Codes> models =
        List.of(CODES.posteriors(codes), CODES.posteriors(CODES.reorderedTrueFactors()));
    return UnsupervisedDisentanglementRanking.of(models, similarity).values()[0];
  }

  private static LabelledCodes train(float[][] codes) {
    return CODES.labelled(codes).sample(POINTS, new SplittableRandom(1)).rows(0, TRAIN);
  }

  private static LabelledCodes evaluation(float[][] codes) {
    return CODES.labelled(codes).sample(POINTS, new SplittableRandom(1)).rows(TRAIN, POINTS);
  }
}
