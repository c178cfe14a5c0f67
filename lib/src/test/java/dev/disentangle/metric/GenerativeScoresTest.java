package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageLikelihood;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GenerativeScoresTest {

  private static final double X = 1.3;

  /** log N(x; 0, 2): z ~ N(0, 1), x ~ N(z, 1). */
  private static final double LOG_MARGINAL = -0.5 * (Math.log(4 * Math.PI) + X * X / 2);

  private static double logNormal(double x, double mean, double variance) {
    return -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) * (x - mean) / variance);
  }

  private static double[] logWeights(int samples, long seed, double mean, double variance) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] logs = new double[samples];
    for (int s = 0; s < samples; s++) {
      double z = mean + Math.sqrt(variance) * random.nextGaussian();
      logs[s] = logNormal(X, z, 1) + logNormal(z, 0, 1) - logNormal(z, mean, variance);
    }
    return logs;
  }

  /** With the exact posterior N(x/2, 1/2) every weight is p(x): no sampling error is left. */
  @Test
  void exactPosteriorGivesTheMarginalFromOneSample() {
    ImportanceWeighted estimate =
        ImportanceWeighted.of((image, k, seed) -> logWeights(k, seed, X / 2, 0.5), 3, 1, 1);
    assertEquals(LOG_MARGINAL, estimate.nats(), 1e-12);
    assertEquals(LOG_MARGINAL, estimate.elbo(), 1e-12);
    assertEquals(0, estimate.standardError(), 1e-12);
    ImportanceWeighted one =
        ImportanceWeighted.of((image, k, seed) -> logWeights(k, seed, X / 2, 0.5), 1, 1, 1);
    assertEquals(Double.NaN, one.standardError(), "one image has no spread");
  }

  /** Of 1, 4 and 7: a deviation of 3 over three images; means over images of unequal weights. */
  @Test
  void theErrorIsThatOfAMeanOverImages() {
    double[] each = {-1, -4, -7};
    ImportanceWeighted exact =
        ImportanceWeighted.of((image, k, seed) -> new double[] {each[image]}, 3, 1, 1);
    assertEquals(-4, exact.nats(), 1e-12);
    assertEquals(3 / Math.sqrt(3), exact.standardError(), 1e-12);
    ImportanceWeighted two =
        ImportanceWeighted.of(
            (image, k, seed) -> new double[] {each[image], each[image] - 2}, 3, 2, 1);
    assertEquals(-5, two.elbo(), 1e-12);
    assertEquals(-4 + Math.log((1 + Math.exp(-2)) / 2), two.nats(), 1e-12);
  }

  /** From the prior 100,000 samples leave an error near 0.002. */
  @Test
  void theBoundRisesFromTheElboToTheMarginal() {
    ImportanceWeighted.LogWeights prior = (image, k, seed) -> logWeights(k, seed, 0, 1);
    ImportanceWeighted few = ImportanceWeighted.of(prior, 200, 5, 2);
    ImportanceWeighted many = ImportanceWeighted.of(prior, 1, 100_000, 3);
    assertTrue(few.elbo() < few.nats() && few.nats() < LOG_MARGINAL + 3 * few.standardError());
    assertEquals(LOG_MARGINAL, many.nats(), 0.01);
  }

  @Test
  void veryUnlikelyImagesNeitherUnderflowNorOverflow() {
    double[] logs = {-100_000, -100_001};
    assertEquals(
        -100_000 + Math.log((1 + Math.exp(-1)) / 2),
        ImportanceWeighted.of((image, k, seed) -> logs, 1, 2, 0).nats(),
        1e-9);
    double[] none = {Double.NEGATIVE_INFINITY};
    ImportanceWeighted impossible = ImportanceWeighted.of((image, k, seed) -> none, 2, 1, 0);
    assertEquals(Double.NEGATIVE_INFINITY, impossible.nats());
    assertEquals(Double.NaN, impossible.standardError());
    double[] broken = {Double.NaN};
    assertThrows(
        IllegalArgumentException.class,
        () -> ImportanceWeighted.of((image, k, seed) -> broken, 1, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ImportanceWeighted.of((image, k, seed) -> logs, 1, 3, 0));
  }

  /** Axis-parallel Gaussians: |m1 - m2|^2 + sum (s1 - s2)^2, here from symmetric points. */
  @Test
  void frechetDistanceInClosedForm() {
    float[][] first = {{1, 0}, {-1, 0}, {0, 2}, {0, -2}};
    float[][] second = {{5, 0}, {1, 0}, {3, 1}, {3, -1}};
    double narrow = Math.sqrt(2 / 3.0);
    double wide = Math.sqrt(8 / 3.0);
    double expected = 9 + 2 * (wide - narrow) * (wide - narrow);
    FrechetDistance distance = FrechetDistance.of(first, second, "plane");
    assertEquals(expected, distance.value(), 1e-9);
    assertEquals("plane", distance.features());
    assertEquals(0, FrechetDistance.of(first, first, "plane").value(), 1e-9);
    assertThrows(
        IllegalArgumentException.class, () -> FrechetDistance.of(first, new float[2][3], "plane"));
  }

  @Test
  void randomProjectionIsFixedByItsSeedAndTellsItsName() {
    ImageShape shape = new ImageShape(1, 4, 4);
    Image image = new Image(shape, new float[16]);
    image.pixels()[3] = 1;
    RandomProjectionEmbedding one = new RandomProjectionEmbedding(shape, 1);
    float[] features = one.features(List.of(image))[0];
    assertEquals(RandomProjectionEmbedding.DEFAULT_FEATURES, features.length);
    assertEquals(
        features[5], new RandomProjectionEmbedding(shape, 1).features(List.of(image))[0][5]);
    float[] other = new RandomProjectionEmbedding(shape, 2).features(List.of(image))[0];
    assertNotEquals(List.of(features[0], features[1]), List.of(other[0], other[1]));
    assertTrue(one.name().startsWith("random projection"), one.name());
    assertThrows(IllegalArgumentException.class, () -> one.features(List.of()));
    Image wrong = new Image(new ImageShape(1, 2, 2), new float[4]);
    assertThrows(IllegalArgumentException.class, () -> one.features(List.of(wrong)));
  }

  /** One image with the single pixel x, and x ~ N(z, 1) given z, as above. */
  private static ImageData onePixel() {
    return (ImageData)
        Proxy.newProxyInstance(
            GenerativeScoresTest.class.getClassLoader(),
            new Class<?>[] {ImageData.class},
            (proxy, method, arguments) -> null);
  }

  private static double[] logLikelihoods(float[][] codes) {
    return Arrays.stream(codes).mapToDouble(z -> logNormal(X, z[0], 1)).toArray();
  }

  /**
   * With q = N(m, v) the parts are known: reconstruction 1/2 (log 2 pi + (x - m)^2 + v), divergence
   * 1/2 (m^2 + v - log v - 1). A sampled reconstruction has a deviation of about 1 per draw, so
   * 40,000 draws give it to 0.005; codes are single precision.
   */
  @Test
  void theEvidenceOfALinearGaussianModelIsItsClosedForm() {
    double mean = 0.4;
    double variance = 0.6;
    int images = 40;
    float[][] means = new float[images][1];
    float[][] logVariances = new float[images][1];
    for (int i = 0; i < images; i++) {
      means[i][0] = (float) mean;
      logVariances[i][0] = (float) Math.log(variance);
    }
    ModelEvidence evidence =
        ModelEvidence.of(
            (data, image, codes) -> logLikelihoods(codes),
            onePixel(),
            new int[images],
            new Codes(means, logVariances),
            1_000,
            5);
    double reconstruction = 0.5 * (Math.log(2 * Math.PI) + (X - mean) * (X - mean) + variance);
    double kl = 0.5 * (mean * mean + variance - Math.log(variance) - 1);
    assertEquals(reconstruction, evidence.reconstruction(), 0.025);
    assertEquals(kl, evidence.kl(), 1e-6);
    assertEquals(evidence.reconstruction() + evidence.kl(), evidence.negativeElbo(), 1e-12);
    assertEquals(LOG_MARGINAL, evidence.logLikelihood().nats(), 0.01);
    assertTrue(-evidence.negativeElbo() < LOG_MARGINAL - 0.01, "the bound is not tight here");
  }

  /**
   * With a prior N(a, b) the marginal is N(a, 1 + b), and the divergence that of two Gaussians. Its
   * sampled part has a deviation of about 1 per draw, so 40,000 draws give it to 0.005.
   */
  @Test
  void theModelsOwnPriorTakesTheStandardOnesPlace() {
    double a = -0.5;
    double b = 0.3;
    float mean = 0.4f;
    float logVariance = (float) Math.log(0.6);
    ImageLikelihood model =
        new ImageLikelihood() {
          @Override
          public double[] logLikelihoods(ImageData data, int image, float[][] codes) {
            return GenerativeScoresTest.logLikelihoods(codes);
          }

          @Override
          public Optional<double[]> logPriors(float[][] codes) {
            return Optional.of(
                Arrays.stream(codes).mapToDouble(z -> gaussian(z[0], a, b)).toArray());
          }
        };
    int images = 40;
    float[][] means = new float[images][];
    float[][] logVariances = new float[images][];
    Arrays.fill(means, new float[] {mean});
    Arrays.fill(logVariances, new float[] {logVariance});
    Codes codes = new Codes(means, logVariances);
    ModelEvidence evidence = ModelEvidence.of(model, onePixel(), new int[images], codes, 1_000, 5);
    double kl = 0.5 * ((0.6 + (mean - a) * (mean - a)) / b - 1 + Math.log(b) - logVariance);
    assertEquals(kl, evidence.kl(), 0.025);
    assertEquals(gaussian(X, a, 1 + b), evidence.logLikelihood().nats(), 0.02);
  }

  private static double gaussian(double x, double mean, double variance) {
    return -0.5 * ((x - mean) * (x - mean) / variance + Math.log(2 * Math.PI * variance));
  }

  @Test
  void aDeterministicEncoderHasNoEvidence() {
    Codes points = new Codes(new float[1][2], new float[][] {{-1, Float.NEGATIVE_INFINITY}});
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ModelEvidence.of(
                (data, image, codes) -> logLikelihoods(codes),
                onePixel(),
                new int[1],
                points,
                2,
                0));
  }
}
