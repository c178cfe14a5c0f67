package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.FactorVaeProtocol.Pruning;
import dev.disentangle.metric.MinibatchTotalCorrelation.Weights;
import dev.disentangle.metric.UnsupervisedDisentanglementRanking.Similarity;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of a few points whose every number can be written down. */
class ClosedFormsTest {

  /**
   * Eight points of variances 8/7 a^2 and b^2, correlation 1/2, and a third latent that is still.
   */
  private static float[][] correlated(float a, float b) {
    int[][] signs = {{1, 1}, {1, 1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {-1, -1}, {-1, -1}};
    float[][] codes = new float[8][];
    for (int i = 0; i < 8; i++) {
      codes[i] = new float[] {a * signs[i][0] + 5, 0.1f, b * signs[i][1]};
    }
    return codes;
  }

  @Test
  void gaussianTotalCorrelationOfACorrelationOfOneHalf() {
    TotalCorrelation estimate = GaussianTotalCorrelation.of(correlated(3, 0.5f));
    assertEquals(-0.5 * Math.log(0.75), estimate.nats(), 1e-6);
    assertEquals("gaussian", estimate.estimator());
    assertEquals(8, estimate.points());
    assertEquals(0, estimate.samples());
    assertEquals(0, estimate.seed());
    assertEquals(0, GaussianTotalCorrelation.of(new float[][] {{1, 2}, {1, 3}}).nats());
  }

  /** D^(1/2) C D^(1/2) = ((p^2, c sqrt(pq)), (c sqrt(pq), q^2)) with c = sqrt(pq) / 2. */
  @Test
  void wassersteinCorrelationOfTwoVariances() {
    double p = 8 / 7.0 * 9;
    double q = 8 / 7.0 * 0.25;
    double off = 0.5 * p * q;
    double middle = (p * p + q * q) / 2;
    double root = Math.sqrt((p * p - q * q) * (p * p - q * q) / 4 + off * off);
    double roots = Math.sqrt(middle + root) + Math.sqrt(middle - root);
    WassersteinCorrelation distance = WassersteinCorrelation.of(correlated(3, 0.5f));
    assertEquals(2 * (p + q) - 2 * roots, distance.value(), 1e-6);
    assertEquals(distance.value() / (p + q), distance.normalized(), 1e-9);
    assertEquals(8, distance.points());
  }

  /**
   * The distance does not see a rotation of both sets, so one of correlated features is that of the
   * axes: 4 for the means, and (3 - 1)^2 + (1 - 2)^2 for the deviations, divided as n - 1 does.
   */
  @Test
  void frechetDistanceOfCorrelatedFeatures() {
    double r = Math.sqrt(0.5);
    float[][] first = new float[4][];
    float[][] second = new float[4][];
    int[][] ends = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int i = 0; i < 4; i++) {
      double u = 3 * ends[i][0];
      double v = ends[i][1];
      first[i] = new float[] {(float) (r * (u - v)), (float) (r * (u + v))};
      u = ends[i][0] + 2;
      v = 2 * ends[i][1];
      second[i] = new float[] {(float) (r * (u - v)), (float) (r * (u + v))};
    }
    FrechetDistance distance = FrechetDistance.of(first, second, "rotated");
    assertEquals(4 + 2 / 3.0 * (4 + 1), distance.value(), 1e-5);
    assertEquals(4, distance.firstPoints());
    assertEquals(3, FrechetDistance.of(first, Arrays.copyOf(second, 3), "r").secondPoints());
    assertThrows(
        IllegalArgumentException.class,
        () -> FrechetDistance.of(first, Arrays.copyOf(second, 1), "rotated"));
    assertThrows(
        IllegalArgumentException.class,
        () -> FrechetDistance.of(Arrays.copyOf(first, 1), second, "rotated"));
  }

  /**
   * Four posteriors that share the first latent and are far apart in the second: of the joint and
   * of the second marginal only the own weight w is left, of the first the weights' sum, 1 or 1/N.
   * So log w - log 1 - log w = 0 for stratified weights and log N for weighted ones.
   */
  @Test
  void minibatchWeightsOfPosteriorsThatShareOneLatent() {
    float[][] means = {{0, 0}, {0, 100}, {0, 200}, {0, 300}};
    Codes codes = new Codes(means, new float[4][2]);
    for (int batch : new int[] {2, 3, 4}) {
      TotalCorrelation stratified =
          MinibatchTotalCorrelation.of(codes, Weights.STRATIFIED, batch, 5, 1);
      assertEquals(0, stratified.nats(), 1e-9);
      assertEquals(0, stratified.standardError(), 1e-9);
      assertEquals(5 * batch, stratified.samples());
      assertEquals(4, stratified.points());
      assertEquals("minibatch-stratified", stratified.estimator());
      TotalCorrelation weighted =
          MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, batch, 5, 1);
      assertEquals(Math.log(4), weighted.nats(), 1e-9);
      assertEquals("minibatch-weighted", weighted.estimator());
    }
  }

  /** Far apart in both latents: log w - 2 log w, with w = 1/4 or 1 / (4 batch). */
  @Test
  void minibatchWeightsOfPosteriorsThatShareNothing() {
    float[][] means = {{0, 0}, {100, 100}, {200, 200}, {300, 300}};
    Codes codes = new Codes(means, new float[4][2]);
    for (int batch : new int[] {2, 3, 4}) {
      assertEquals(
          Math.log(4),
          MinibatchTotalCorrelation.of(codes, Weights.STRATIFIED, batch, 3, 2).nats(),
          1e-9);
      assertEquals(
          Math.log(4 * batch),
          MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, batch, 3, 2).nats(),
          1e-9);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 1, 1, 0));
  }

  /** Logs 0 and log 3 for the first image, log 5 twice for the second. */
  @Test
  void importanceWeightsInClosedForm() {
    double[][] logs = {{0, Math.log(3)}, {Math.log(5), Math.log(5)}};
    ImportanceWeighted estimate = ImportanceWeighted.of((image, k, seed) -> logs[image], 2, 2, 7);
    assertEquals((Math.log(2) + Math.log(5)) / 2, estimate.nats(), 1e-12);
    assertEquals((Math.log(3) / 2 + Math.log(5)) / 2, estimate.elbo(), 1e-12);
    // Deviation of two values from their mean, over the root of two images.
    assertEquals((Math.log(5) - Math.log(2)) / 2, estimate.standardError(), 1e-12);
    assertEquals(2, estimate.samples());
    assertEquals(2, estimate.images());
    assertEquals(7, estimate.seed());
    long[] seeds = new long[2];
    ImportanceWeighted.of(
        (image, k, seed) -> {
          seeds[image] = seed;
          return new double[1];
        },
        2,
        1,
        7);
    assertTrue(seeds[0] != seeds[1], "every image has a seed of its own");
    assertThrows(
        IllegalArgumentException.class,
        () -> ImportanceWeighted.of((image, k, seed) -> new double[1], 0, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ImportanceWeighted.of((image, k, seed) -> new double[0], 1, 0, 0));
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertThrows(
        IllegalArgumentException.class,
        () -> ImportanceWeighted.of((image, k, seed) -> infinite, 1, 1, 0));
  }

  /**
   * Three latents of two bins: the first two are equal (log 2), the third is independent of them.
   * Six ordered pairs, two of which share log 2.
   */
  @Test
  void mutualInformationOfThreeLatents() {
    float[][] codes = new float[8][];
    for (int i = 0; i < 8; i++) {
      codes[i] = new float[] {i % 2, i % 2, i / 2 % 2};
    }
    MutualInformationScore score = MutualInformationScore.of(codes, 2);
    assertEquals(Math.log(2) / 3, score.value(), 1e-12);
    assertEquals(2, score.bins());
    assertEquals(8, score.points());
  }

  /**
   * Latents that hold both factors, the second alone, and nothing. Squared informations L^2 + L^2:
   * modularity 1 - L^2 / L^2 = 0, then 1, then 0 for the constant one.
   */
  @Test
  void modularityAndGapsOfLatentsThatShareFactors() {
    float[][] codes = new float[40][];
    int[][] factors = new int[40][];
    for (int i = 0; i < 40; i++) {
      factors[i] = new int[] {i % 2, 6, i / 2 % 2};
      codes[i] = new float[] {2 * factors[i][0] + factors[i][2], factors[i][2], 5};
    }
    LabelledCodes table = new LabelledCodes(codes, factors);
    ModularityScore modularity = ModularityScore.of(table);
    assertArrayEquals(new double[] {0, 1, 0}, modularity.perLatent(), 1e-9);
    assertEquals(1 / 3.0, modularity.value(), 1e-9);
    assertEquals(20, modularity.estimator().count());
    MutualInformationGap gap = MutualInformationGap.of(table, 30);
    assertArrayEquals(new double[] {1, Double.NaN, 0}, gap.gaps(), 1e-9);
    assertEquals(0.5, gap.value(), 1e-9);
    double log2 = Math.log(2);
    assertArrayEquals(new double[] {log2, 0, log2}, gap.mutualInformation()[0], 1e-9);
    assertArrayEquals(new double[] {0, 0, log2}, gap.mutualInformation()[1], 1e-9);
    assertEquals(30, gap.estimator().count());
    assertEquals(40, gap.points());
    assertTrue(gap.toString().contains("gaps [1.0, NaN, 0.0]"), gap.toString());
    LabelledCodes single =
        new LabelledCodes(
            codes, Arrays.stream(factors).map(f -> new int[] {f[2]}).toArray(int[][]::new));
    // With a single factor what holds it is modular, what does not is not.
    assertArrayEquals(new double[] {1, 1, 0}, ModularityScore.of(single).perLatent(), 1e-9);
  }

  /**
   * Two models of one latent each, equal: similarity 1, so (1 + 1) / 2. A third model's latent is
   * the same but for its posterior, which is the prior's: not informative, nothing to compare.
   */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void rankingOfSingleLatents(Similarity similarity) {
    float[][] means = new float[9][1];
    for (int i = 0; i < 9; i++) {
      means[i][0] = 0.01f * (i - 4);
    }
    Codes sharp = HostileCodes.posteriors(means, -5);
    Codes dull = HostileCodes.posteriors(means, 0);
    double most = similarity == Similarity.SPEARMAN ? 1 : 0.9;
    var three = UnsupervisedDisentanglementRanking.of(List.of(sharp, sharp, dull), similarity);
    assertEquals(most, three.pairs()[0][1], 1e-6);
    assertEquals(0, three.pairs()[0][2]);
    assertEquals(0, three.pairs()[2][1]);
    // Of two others the median is their mean, of three the one in the middle.
    assertArrayEquals(new double[] {most / 2, most / 2, 0}, three.values(), 1e-6);
    var four =
        UnsupervisedDisentanglementRanking.of(List.of(sharp, dull, sharp, sharp), similarity);
    assertArrayEquals(new double[] {most, 0, most, most}, four.values(), 1e-6);
    assertEquals(9, four.points());
    assertEquals(similarity, four.similarity());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            UnsupervisedDisentanglementRanking.of(
                List.of(HostileCodes.posteriors(new float[1][1], -5), sharp), similarity));
  }

  /** 2 x 2 similarities 1, r, r, 1 of two correlated latents: ranks give r = 0.8 here. */
  @Test
  void rankingOfCorrelatedLatents() {
    float[][] means = {{1, 2}, {2, 1}, {3, 4}, {4, 3}, {5, 5}};
    Codes model = HostileCodes.posteriors(means, -5);
    double pair =
        UnsupervisedDisentanglementRanking.of(List.of(model, model), Similarity.SPEARMAN)
            .pairs()[0][1];
    assertEquals(4 * (1 / 1.8) / 4, pair, 1e-6);
  }

  /**
   * Variances 0.25 and 1 as single precision has them exactly: the threshold itself is not active.
   */
  @Test
  void activeUnitsLieAboveTheThreshold() {
    float[][] codes = {{0.5f, 1, 2}, {-0.5f, -1, 2}, {0.5f, 1, 2}, {-0.5f, -1, 2}, {0, 0, 2}};
    ActiveUnits units = ActiveUnits.of(codes, 0.25);
    assertArrayEquals(new double[] {0.25, 1, 0}, units.variances());
    assertArrayEquals(new boolean[] {false, true, false}, units.active());
    assertEquals(1, units.count());
    assertEquals(2, ActiveUnits.of(codes, 0).count());
    assertEquals(5, units.points());
    assertEquals(0.01, ActiveUnits.of(codes).threshold());
    assertThrows(IllegalArgumentException.class, () -> ActiveUnits.of(codes, -1e-9));
  }

  /**
   * Means 0 and 2, log variances 0 and -2: 0 and (4 + e^-2 + 2 - 1) / 2; half of either on average.
   */
  @Test
  void divergencesAreMeansOverImages() {
    float[][] means = {{0, 2, 1}, {2, 2, 1}};
    float[][] logVariances = {{0, -2, 0}, {-2, -2, 0}};
    KlPerLatent kl = KlPerLatent.of(new Codes(means, logVariances));
    double far = (4 + Math.exp(-2) + 2 - 1) / 2;
    assertArrayEquals(new double[] {far / 2, far, 0.5}, kl.nats(), 1e-7);
    assertEquals(far * 1.5 + 0.5, kl.total(), 1e-7);
    assertArrayEquals(new int[] {1, 0, 2}, kl.descending());
    assertEquals(2, kl.points());
    logVariances[1][2] = Float.POSITIVE_INFINITY;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> KlPerLatent.of(new Codes(means, logVariances)))
            .getMessage();
    assertTrue(message.contains("image 1, latent 2"), message);
  }

  /** With weights N(0, 1 / 16) a bright pixel's features are half normal: mean square 1 / 32. */
  @Test
  void randomProjectionsAreRectifiedGaussians() {
    ImageShape shape = new ImageShape(1, 4, 4);
    RandomProjectionEmbedding embedding = new RandomProjectionEmbedding(shape, 4_000, 5);
    float[] pixels = new float[16];
    pixels[3] = 1;
    float[] once = embedding.features(List.of(new Image(shape, pixels)))[0];
    float[] bright = pixels.clone();
    bright[3] = 2;
    float[] twice =
        embedding.features(List.of(new Image(shape, pixels), new Image(shape, bright)))[1];
    double squares = 0;
    for (int j = 0; j < once.length; j++) {
      assertTrue(once[j] >= 0);
      assertEquals(2 * once[j], twice[j], 1e-6);
      squares += once[j] * once[j] / once.length;
    }
    // 4,000 features give the mean square to 0.0011.
    assertEquals(1 / 32.0, squares, 0.004);
    assertEquals("random projection (4000 features, seed 5)", embedding.name());
    assertThrows(IllegalArgumentException.class, () -> new RandomProjectionEmbedding(shape, 0, 5));
  }

  /** The first latent is the first factor; the threshold prunes it, or not, by its size. */
  @Test
  void prunedLatentsGetNoVote() {
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 2, 3);
    float[][] codes = new float[6][];
    for (int i = 0; i < 6; i++) {
      codes[i] = new float[] {space.value(i, 0) - 0.5f, space.value(i, 1), 4};
    }
    // Standard deviation of the first latent over the six points: sqrt(6 / 5) / 2.
    double deviation = Math.sqrt(1.2) / 2;
    for (boolean kept : new boolean[] {true, false}) {
      double threshold = kept ? deviation * (1 - 1e-9) : deviation * (1 + 1e-9);
      FactorVaeProtocol protocol =
          new FactorVaeProtocol("x", 200, 0, 20, 0, Pruning.STANDARD_DEVIATION, threshold);
      FactorVaeScore score = FactorVaeScore.of(codes, space, protocol, 3);
      assertArrayEquals(new boolean[] {kept, true, false}, score.active());
      assertEquals(kept ? 1 : 0.5, score.value(), 0.1);
      assertEquals(score.trainAccuracy(), score.evaluationAccuracy());
      assertEquals(200, Arrays.stream(score.votes()).flatMapToInt(Arrays::stream).sum());
    }
    // Divergence of a mean square of 0.25 at the prior's variance: 0.125 nats.
    for (double threshold : new double[] {0.125, 0.1250001}) {
      FactorVaeProtocol protocol = new FactorVaeProtocol("x", 50, 10, 20, 0, Pruning.KL, threshold);
      FactorVaeScore score =
          FactorVaeScore.of(new Codes(codes, new float[6][3]), space, protocol, 3);
      assertArrayEquals(new boolean[] {threshold == 0.125, true, false}, score.active());
      // Without posteriors every latent that varies is kept.
      assertArrayEquals(
          new boolean[] {true, true, false}, FactorVaeScore.of(codes, space, protocol, 3).active());
    }
  }

  /** Means 3 and -1, deviations 2 and 0: 20,000 draws give mean and deviation to about 0.015. */
  @Test
  void samplesOfPosteriorsHaveTheirMomentsAndAreFixedByTheSeed() {
    float[][] means = new float[20_000][];
    float[][] logVariances = new float[20_000][];
    Arrays.fill(means, new float[] {3, -1});
    Arrays.fill(logVariances, new float[] {(float) Math.log(4), Float.NEGATIVE_INFINITY});
    Codes codes = new Codes(means, logVariances);
    float[][] samples = PosteriorSamples.of(codes, 1);
    double sum = 0;
    double squares = 0;
    for (float[] sample : samples) {
      assertEquals(-1, sample[1]);
      sum += sample[0] / 20_000.0;
      squares += (sample[0] - 3) * (sample[0] - 3) / 20_000.0;
    }
    assertEquals(3, sum, 0.06);
    assertEquals(4, squares, 0.16);
    assertArrayEquals(samples[77], PosteriorSamples.of(codes, 1)[77]);
    assertTrue(samples[77][0] != PosteriorSamples.of(codes, 2)[77][0]);
  }
}
