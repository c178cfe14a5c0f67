package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.count.PosteriorMixture;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TotalCorrelationTest {

  /**
   * Small Gaussians whose mixture is a 2-D Gaussian of unit variances and the given correlation.
   */
  private static Codes correlated(int points, double correlation, double sigma, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] means = new float[points][2];
    float[][] logVariances = new float[points][2];
    // The means' covariance is the wanted one less sigma^2 on the diagonal.
    double spread = Math.sqrt(1 - sigma * sigma);
    double slope = correlation / spread;
    for (int i = 0; i < points; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      means[i][0] = (float) (spread * a);
      means[i][1] = (float) (slope * a + Math.sqrt(spread * spread - slope * slope) * b);
      Arrays.fill(logVariances[i], (float) (2 * Math.log(sigma)));
    }
    return new Codes(means, logVariances);
  }

  /**
   * Closed form: -1/2 log(1 - 0.8^2) = 0.5108 nats. With 20,000 samples of z the standard error is
   * 0.006, and 20,000 components of width 0.3 leave the mixture close to Gaussian; 0.02 is three
   * standard errors.
   */
  @Test
  void trueEstimateMeetsTheClosedFormOfACorrelatedGaussian() {
    Codes codes = correlated(20_000, 0.8, 0.3, 1);
    TotalCorrelation estimate = TrueTotalCorrelation.of(codes, 20_000, 2);
    assertEquals(-0.5 * Math.log(1 - 0.64), estimate.nats(), 0.02);
    assertTrue(estimate.standardError() > 0.003 && estimate.standardError() < 0.01);
  }

  @Test
  void trueEstimateOfIdenticalPosteriorsIsZero() {
    Codes codes = new Codes(new float[100][4], new float[100][4]);
    assertEquals(0, TrueTotalCorrelation.of(codes, 200, 3).nats(), 1e-5);
  }

  /**
   * Single precision against a plain double-precision loop, for narrow, wide and mixed posteriors.
   */
  @Test
  void logRatiosAgreeWithAPlainLoopInDoublePrecision() {
    SplittableRandom random = new SplittableRandom(4);
    float[][] means = new float[3_000][10];
    float[][] logVariances = new float[3_000][10];
    for (int i = 0; i < means.length; i++) {
      double shared = random.nextGaussian();
      for (int j = 0; j < 10; j++) {
        double sigma = j < 3 ? 0.02 : j < 6 ? 0.2 : 1;
        means[i][j] =
            (float)
                (Math.sqrt(1.01 - sigma * sigma) * (0.6 * shared + 0.8 * random.nextGaussian()));
        logVariances[i][j] = (float) (2 * Math.log(sigma) + 0.5 * random.nextGaussian());
      }
    }
    Codes codes = new Codes(means, logVariances);
    float[][] points = TrueTotalCorrelation.draw(codes, 700, 5);
    double[] fast = TrueTotalCorrelation.logRatios(new PosteriorMixture(codes), points);
    double exactMean = 0;
    double fastMean = 0;
    for (int m = 0; m < fast.length; m++) {
      double exact = exactLogRatio(codes, points, m);
      assertEquals(exact, fast[m], 1e-4);
      exactMean += exact / fast.length;
      fastMean += fast[m] / fast.length;
    }
    assertEquals(1, fastMean / exactMean, 1e-6);
  }

  private static double exactLogRatio(Codes codes, float[][] points, int m) {
    int latents = codes.latents();
    double joint = 0;
    double[] marginals = new double[latents];
    for (int i = 0; i < codes.size(); i++) {
      double log = 0;
      for (int j = 0; j < latents; j++) {
        double logVariance = codes.logVariances()[i][j];
        double t = points[j][m] - codes.means()[i][j];
        double one = -0.5 * (t * t / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
        marginals[j] += Math.exp(one) / codes.size();
        log += one;
      }
      joint += Math.exp(log) / codes.size();
    }
    return Math.log(joint) - Arrays.stream(marginals).map(Math::log).sum();
  }

  @Test
  void sameSeedGivesTheSameBits() {
    Codes codes = correlated(500, 0.5, 0.2, 6);
    assertEquals(
        TrueTotalCorrelation.of(codes, 1_500, 7), TrueTotalCorrelation.of(codes, 1_500, 7));
  }

  @Test
  void deterministicCodesHaveNoDensity() {
    float[][] logVariances = new float[2][1];
    logVariances[1][0] = Float.NEGATIVE_INFINITY;
    Codes codes = new Codes(new float[2][1], logVariances);
    String message =
        assertThrows(IllegalArgumentException.class, () -> TrueTotalCorrelation.of(codes, 1))
            .getMessage();
    assertTrue(message.contains("image 1, latent 0"), message);
    Codes good = new Codes(new float[2][1], new float[2][1]);
    assertThrows(IllegalArgumentException.class, () -> TrueTotalCorrelation.of(good, 0, 1));
  }

  /** Sample correlation of 200,000 points has a standard error below 0.001. */
  @Test
  void gaussianEstimateMeetsTheClosedForm() {
    float[][] means = correlated(200_000, 0.8, 1e-3, 8).means();
    TotalCorrelation estimate = GaussianTotalCorrelation.of(means);
    assertEquals(0.5108, estimate.nats(), 0.01);
    assertEquals(Double.NaN, estimate.standardError(), "no z is sampled");
  }

  /** Values of disentanglement_lib, which adds no sampling: the tolerance is 1e-6. */
  @Test
  void gaussianEstimateAgreesWithTheReferenceImplementation() {
    assertEquals(
        0.17667075809810662,
        GaussianTotalCorrelation.of(ReferenceCodes.train("factor").codes()).nats(),
        1e-6);
    assertEquals(
        0.027906882627430685,
        GaussianTotalCorrelation.of(ReferenceCodes.train("VAE").codes()).nats(),
        1e-6);
  }

  @Test
  void gaussianEstimateHasDefinedValuesAtTheEdges() {
    float[][] constant = new float[10][3];
    assertEquals(0, GaussianTotalCorrelation.of(constant).nats());
    float[][] doubled = new float[10][2];
    for (int i = 0; i < 10; i++) {
      doubled[i] = new float[] {i, 2 * i};
    }
    assertEquals(Double.POSITIVE_INFINITY, GaussianTotalCorrelation.of(doubled).nats());
    assertThrows(
        IllegalArgumentException.class, () -> GaussianTotalCorrelation.of(new float[1][2]));
  }

  @Test
  void discriminatorsEstimateIsTheMeanLogRatio() {
    TotalCorrelation estimate = TotalCorrelation.ofLogRatios(1, 2, 3);
    assertEquals(2, estimate.nats());
    assertEquals(1 / Math.sqrt(3), estimate.standardError(), 1e-12);
    assertEquals(Double.NaN, TotalCorrelation.ofLogRatios(1).standardError(), "one sample");
    assertThrows(IllegalArgumentException.class, () -> TotalCorrelation.ofLogRatios());
    assertThrows(IllegalArgumentException.class, () -> TotalCorrelation.ofLogRatios(Double.NaN));
  }
}
