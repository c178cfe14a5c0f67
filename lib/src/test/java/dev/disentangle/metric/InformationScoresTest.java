package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.metric.MigSupScore.Normalisation;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MIG-sup, DCIMIG, JEMMIG, RMIG, InfoMEC and Z-max variance. */
class InformationScoresTest {

  /** Both cut codes into bins over their range; an edge may round a point to its other side. */
  private static final double EXACT = 1e-4;

  private static final LabelledCodes IDENTITY = SyntheticCodes.labelled(SyntheticCodes.identity());
  private static final LabelledCodes CONSTANT = SyntheticCodes.labelled(SyntheticCodes.constant());

  /** Values of the code of Zaidi et al. (2020) on the reference's points. */
  @ParameterizedTest
  @CsvSource({
    "factor, 10, 0.13968967177521083, 0.17335192396134125, 0.23430896497602688",
    "factor, 20, 0.10982395409446158, 0.17861252419257462, 0.22482248018526224",
    "VAE, 10, 0.08014035336629545, 0.09461224360000307, 0.2080261875161758",
    "VAE, 20, 0.06077021122504631, 0.0979466224571685, 0.1889230768759576"
  })
  void scoresOfTheReviewOfMetrics(
      String model, int bins, double migSup, double dciMig, double jemmig) {
    LabelledCodes train = ReferenceCodes.train(model);
    assertEquals(migSup, MigSupScore.of(train, bins, Normalisation.CODE_ENTROPY).value(), EXACT);
    assertEquals(dciMig, DciMigScore.of(train, bins).value(), EXACT);
    assertEquals(jemmig, JemmigScore.ofPoints(train, bins).value(), EXACT);
  }

  /**
   * Values of the code of Hsu et al. (2023). It tells images that were drawn twice apart by a tiny
   * noise. Its classifier weights classes equally and stops early: 0.001 for InfoE.
   */
  @ParameterizedTest
  @CsvSource({
    "factor, 0.564019377027482, 0.3098404742719354, 0.4918802538389306, 0.5827681723864934",
    "VAE, 0.46998254994075744, 0.3125162156257916, 0.3028182054688269, 0.026751643577094746"
  })
  void infoMec(String model, double m, double e, double c, double scaleOfFifth) {
    InfoMecScore score = InfoMecScore.of(ReferenceCodes.train(model));
    assertEquals(m, score.modularity(), EXACT);
    assertEquals(c, score.compactness(), EXACT);
    assertEquals(e, score.explicitness(), 1e-3);
    assertEquals(scaleOfFifth, score.information()[1][4], EXACT);
  }

  /** Two factors of two classes; the latent holds both: a sum that tells all four pairs apart. */
  private static LabelledCodes twoInOne() {
    float[][] codes = new float[40][];
    int[][] factors = new int[40][];
    for (int i = 0; i < 40; i++) {
      factors[i] = new int[] {i % 2, i / 2 % 2, 7};
      codes[i] = new float[] {2 * factors[i][0] + factors[i][1], factors[i][1], 5};
    }
    return new LabelledCodes(codes, factors);
  }

  /**
   * The first latent (entropy log 4) tells both factors, its gap is 0; the second (log 2) the
   * second factor only, its gap is 1. The third is constant and left out, as is the third factor.
   */
  @Test
  void migSupPunishesALatentThatHoldsTwoFactors() {
    MigSupScore score = MigSupScore.of(twoInOne());
    assertArrayEquals(new double[] {0, 1, Double.NaN}, score.gaps(), 1e-9);
    assertEquals(0.5, score.value(), 1e-9);
    MigSupScore other = MigSupScore.of(twoInOne(), 20, Normalisation.CODE_ENTROPY);
    assertArrayEquals(new double[] {0, 1, Double.NaN}, other.gaps(), 1e-9);
    assertEquals(Normalisation.CODE_ENTROPY, other.normalisation());
    assertEquals(1, MutualInformationGap.of(twoInOne()).gaps()[0], 1e-9);
    assertEquals(20, score.estimator().count());
    assertEquals(40, score.points());
  }

  /**
   * A latent of two classes out of four: the paper divides by log 4 or log 2, the code by log 2.
   */
  @Test
  void migSupDividesByTheFactorsOrTheCodesEntropy() {
    float[][] codes = new float[40][];
    int[][] factors = new int[40][];
    for (int i = 0; i < 40; i++) {
      factors[i] = new int[] {i % 4, i / 4 % 2};
      codes[i] = new float[] {i % 4 / 2};
    }
    LabelledCodes table = new LabelledCodes(codes, factors);
    assertEquals(0.5, MigSupScore.of(table).value(), 1e-9);
    assertEquals(1, MigSupScore.of(table, 2, Normalisation.CODE_ENTROPY).value(), 1e-9);
  }

  /** Only the second latent has a gap, log 2, of the factors' entropies log 2 + log 2. */
  @Test
  void dciMigCountsAFactorsBestLatentOnce() {
    DciMigScore score = DciMigScore.of(twoInOne());
    assertArrayEquals(new double[] {0, Math.log(2), Double.NaN}, score.gaps(), 1e-9);
    assertEquals(0.5, score.value(), 1e-9);
    float[][] twice = new float[40][];
    for (int i = 0; i < 40; i++) {
      twice[i] = new float[] {i % 2, i % 2, i / 2 % 2};
    }
    LabelledCodes repeated = new LabelledCodes(twice, twoInOne().factors());
    assertEquals(1, DciMigScore.of(repeated).value(), 1e-9);
  }

  /**
   * The first latent holds both factors: joint entropy log 4, information log 2, and none other has
   * any, so 1 - (log 4 - log 2) / (log 2 + log 20) for either. Of two equal latents that hold the
   * first factor alone the gap is 0, so 1 - (log 2 - 0) / (log 2 + log 20): the same, for another
   * reason.
   */
  @Test
  void jemmigPunishesALatentThatHoldsMore() {
    LabelledCodes table = twoInOne();
    for (float[] code : table.codes()) {
      code[1] = 5;
    }
    JemmigScore score = JemmigScore.ofPoints(table, 20);
    double expected = 1 - Math.log(2) / Math.log(40);
    assertArrayEquals(new double[] {expected, expected, Double.NaN}, score.perFactor(), 1e-9);
    assertEquals(expected, score.value(), 1e-9);
    assertArrayEquals(new double[] {1, 1, Double.NaN}, score.gaps(), 1e-9);
    assertEquals(1, score.rmig(), 1e-9);
    for (int i = 0; i < 40; i++) {
      table.codes()[i] = new float[] {3, i % 2, i % 2};
    }
    JemmigScore twins = JemmigScore.ofPoints(table, 20);
    assertEquals(expected, twins.perFactor()[0], 1e-9);
    assertEquals(0, twins.gaps()[0], 1e-9);
    // Nothing holds the second factor: any latent's joint entropy is its own more than the
    // factor's.
    assertEquals(1 - Math.log(2) / Math.log(40), twins.perFactor()[1], 1e-9);
  }

  /**
   * One factor of two classes, means -1 and 1 with the deviation s: of narrow posteriors the
   * information is log 2, of wide ones what a Gaussian of that distance tells, by an integral.
   */
  @Test
  void rmigSeesThePosteriorsWidth() {
    assertEquals(1, ofTwoMeans(Double.NEGATIVE_INFINITY).rmig(), 1e-9);
    assertEquals(1, ofTwoMeans(Math.log(1e-4)).rmig(), 1e-6);
    double information = 0;
    double step = 1e-3;
    for (double z = -12; z < 12; z += step) {
      double one = Math.exp(-0.5 * (z - 1) * (z - 1)) / Math.sqrt(2 * Math.PI);
      double other = Math.exp(-0.5 * (z + 1) * (z + 1)) / Math.sqrt(2 * Math.PI);
      information += step * one * Math.log(2 * one / (one + other));
    }
    // 100 bins of 0.08 lose a little of what unit Gaussians tell.
    assertEquals(information / Math.log(2), ofTwoMeans(0).rmig(), 2e-3);
  }

  private static JemmigScore ofTwoMeans(double logVariance) {
    float[][] means = new float[10][];
    float[][] logVariances = new float[10][];
    int[][] factors = new int[10][];
    for (int i = 0; i < 10; i++) {
      factors[i] = new int[] {i % 2};
      means[i] = new float[] {2 * (i % 2) - 1, 0};
      logVariances[i] = new float[] {(float) logVariance, 0};
    }
    return JemmigScore.ofPosteriors(new Codes(means, logVariances), factors);
  }

  /** A dead latent beside two that hold a factor each, and one whose range is a 30th. */
  @Test
  void infoMecLeavesOutLatentsOfSmallRange() {
    LabelledCodes table = SyntheticCodes.labelled(SyntheticCodes.identity());
    float[][] codes = new float[table.size()][];
    for (int i = 0; i < codes.length; i++) {
      float[] z = table.codes()[i];
      codes[i] = new float[] {z[0], 3, z[1] / 30, z[2] / 19};
    }
    InfoMecScore score = InfoMecScore.of(new LabelledCodes(codes, table.factors()));
    assertArrayEquals(new boolean[] {true, false, false, true}, score.active());
    assertEquals(0, score.information()[1][2]);
    assertEquals(1, score.information()[0][0], 0.01);
    assertEquals(1, score.information()[2][3], 0.01);
    assertEquals(1, score.modularity(), 0.02);
    // Of four factors two are told by one latent each and two by none.
    assertEquals(0.5, score.compactness(), 0.02);
    assertTrue(score.explicitness() < 0.6, "explicitness " + score.explicitness());
  }

  @Test
  void infoMecOfAFactorOfOneClassIsNotANumber() {
    InfoMecScore score = InfoMecScore.of(twoInOne());
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN}, score.information()[2]);
    assertEquals(1, InfoMecScore.of(SyntheticCodes.labelled(one())).compactness());
    InfoMecScore none = InfoMecScore.of(CONSTANT);
    assertArrayEquals(
        new double[3], new double[] {none.modularity(), none.explicitness(), none.compactness()});
  }

  private static float[][] one() {
    float[][] codes = SyntheticCodes.identity();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new float[] {codes[i][0] + codes[i][1] + codes[i][2] + codes[i][3]};
    }
    return codes;
  }

  /** Three points per factor and vote suffice where one latent moves at all. */
  @Test
  void zMaxVarianceTakesTheLatentThatMovesMostForItsSize() {
    FactorSpace space = FactorSpace.of(List.of("a", "one", "b"), 5, 1, 5);
    float[][] codes = new float[space.size()][];
    for (int i = 0; i < codes.length; i++) {
      float a = space.value(i, 0);
      float b = space.value(i, 2);
      // The second latent is a hundred times larger and moves with both, mostly with b. The third
      // moves with b alone, but its deviation, 0.028, is too small to get a vote.
      codes[i] = new float[] {a, 100 * b + 10 * a, 0.02f * b};
    }
    ZMaxVarianceScore score = ZMaxVarianceScore.of(codes, space, 300, 200, 20, 2);
    assertEquals(1, score.value());
    assertEquals(1, score.trainAccuracy());
    assertEquals(300, Arrays.stream(score.votes()).flatMapToInt(Arrays::stream).sum());
    assertEquals(300, score.votes()[0][0] + score.votes()[1][2]);
    assertEquals(150, score.votes()[0][0], 40);
  }

  @Test
  void badInputIsNamed() {
    float[][] codes = SyntheticCodes.identity();
    FactorSpace space = SyntheticCodes.SPACE;
    assertThrows(
        IllegalArgumentException.class, () -> ZMaxVarianceScore.of(new float[3][2], space, 1));
    assertThrows(
        IllegalArgumentException.class, () -> ZMaxVarianceScore.of(codes, space, 0, 1, 2, 1));
    assertThrows(
        IllegalArgumentException.class, () -> ZMaxVarianceScore.of(codes, space, 1, 0, 2, 1));
    assertThrows(
        IllegalArgumentException.class, () -> ZMaxVarianceScore.of(codes, space, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> MigSupScore.of(IDENTITY.rows(0, 19)));
    assertThrows(IllegalArgumentException.class, () -> DciMigScore.of(IDENTITY.rows(0, 19)));
    assertThrows(IllegalArgumentException.class, () -> JemmigScore.ofPoints(IDENTITY, 1));
    Codes broken = new Codes(codes, new float[codes.length][4]);
    broken.logVariances()[2][1] = Float.NaN;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> JemmigScore.ofPosteriors(broken, IDENTITY.factors()))
            .getMessage();
    assertTrue(message.contains("image 2, latent 1"), message);
  }
}
