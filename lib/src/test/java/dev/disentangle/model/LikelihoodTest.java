package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.AdamOptimizer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Likelihoods against their formulas, and the ELBO where its value is known. */
class LikelihoodTest {

  private static final int BATCH = 3;
  private static final int CHANNELS = 2;
  private static final int PIXELS = 4;
  private static final Shape IMAGES = new Shape(BATCH, CHANNELS, 2, 2);

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(2);

  @AfterEach
  void close() {
    manager.close();
  }

  private double[] normal(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private static double gaussian(double x, double mean, double deviation) {
    double error = (x - mean) / deviation;
    return 0.5 * error * error + Math.log(deviation) + 0.5 * Math.log(2 * Math.PI);
  }

  @Test
  void everyLikelihoodFollowsItsFormulaPixelByPixel() {
    double[] x = random.doubles(BATCH * CHANNELS * PIXELS).toArray();
    double[] outputs = normal(BATCH * CHANNELS * PIXELS);
    NDArray images = manager.create(x, IMAGES);
    NDArray given = manager.create(outputs, IMAGES);
    double[] bernoulli = new double[x.length];
    double[] fixed = new double[x.length];
    double[] probabilities = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      probabilities[i] = 1 / (1 + Math.exp(-outputs[i]));
      bernoulli[i] =
          -x[i] * Math.log(probabilities[i]) - (1 - x[i]) * Math.log(1 - probabilities[i]);
      fixed[i] = gaussian(x[i], outputs[i], 0.3);
    }
    requireLikelihood(new Likelihood.Bernoulli(), given, images, bernoulli, probabilities);
    requireLikelihood(new Likelihood.Gaussian(0.3), given, images, fixed, outputs);
    double[] learned = new double[x.length];
    double[] with = new double[BATCH * (CHANNELS + 1) * PIXELS];
    for (int i = 0; i < x.length; i++) {
      int perImage = CHANNELS * PIXELS;
      with[i / perImage * (perImage + PIXELS) + i % perImage] = outputs[i];
      learned[i] = gaussian(x[i], outputs[i], Math.exp(-0.4));
    }
    for (int i = 0; i < BATCH * PIXELS; i++) {
      with[i / PIXELS * (CHANNELS + 1) * PIXELS + CHANNELS * PIXELS + i % PIXELS] = -0.4;
    }
    NDArray plane = manager.create(with, new Shape(BATCH, CHANNELS + 1, 2, 2));
    requireLikelihood(new Likelihood.GaussianLearned(), plane, images, learned, outputs);
    double[] two = new double[2 * x.length];
    double[] own = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int perImage = CHANNELS * PIXELS;
      double a = normal(1)[0];
      two[i / perImage * 2 * perImage + i % perImage] = outputs[i];
      two[i / perImage * 2 * perImage + perImage + i % perImage] = a;
      own[i] = gaussian(x[i], outputs[i], 0.05 * (1 + Math.exp(a) / 0.05));
    }
    NDArray both = manager.create(two, new Shape(BATCH, 2 * CHANNELS, 2, 2));
    requireLikelihood(new Likelihood.GaussianPerPixel(), both, images, own, outputs);
  }

  /** Each pixel, their sum per image, the mean of that, and the picture. */
  private static void requireLikelihood(
      Likelihood likelihood, NDArray outputs, NDArray images, double[] pixels, double[] means) {
    double[] perImage = new double[BATCH];
    for (int i = 0; i < pixels.length; i++) {
      perImage[i / (CHANNELS * PIXELS)] += pixels[i];
    }
    // The logarithms of 2 pi and of deviations are rounded to single precision.
    assertArrayEquals(pixels, likelihood.perPixel(outputs, images).toDoubleArray(), 1e-6);
    assertArrayEquals(perImage, likelihood.perImage(outputs, images).toDoubleArray(), 1e-5);
    double mean = Arrays.stream(perImage).average().orElseThrow();
    assertEquals(mean, likelihood.negativeLogLikelihood(outputs, images).getDouble(), 1e-5);
    assertArrayEquals(means, likelihood.mean(outputs).toDoubleArray(), 1e-12);
  }

  @Test
  void likelihoodsSayWhatTheyNeed() {
    assertEquals(1, new Likelihood.Bernoulli().outputsPerPixel());
    assertEquals(2, new Likelihood.GaussianPerPixel(0.1).outputsPerPixel());
    assertTrue(new Likelihood.GaussianLearned().learnsConstant());
    assertFalse(new Likelihood.Gaussian(1).learnsConstant());
    assertEquals(new Likelihood.GaussianPerPixel(0.05), new Likelihood.GaussianPerPixel());
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Likelihood.Gaussian(bad));
      assertThrows(IllegalArgumentException.class, () -> new Likelihood.GaussianPerPixel(bad));
    }
  }

  @Test
  void perPixelVariancesFollowTheFormula() {
    double[] x = normal(BATCH * CHANNELS * PIXELS);
    double[] outputs = normal(BATCH * 2 * CHANNELS * PIXELS);
    double floor = 0.2;
    double expected = 0;
    for (int i = 0; i < x.length; i++) {
      int image = i / (CHANNELS * PIXELS);
      int mean = image * 2 * CHANNELS * PIXELS + i % (CHANNELS * PIXELS);
      double a = outputs[mean + CHANNELS * PIXELS];
      double log = Math.log(floor) + Math.log1p(Math.exp(a - Math.log(floor)));
      expected += gaussian(x[i], outputs[mean], Math.exp(log)) / BATCH;
    }
    Likelihood likelihood = new Likelihood.GaussianPerPixel(floor);
    NDArray given = manager.create(outputs, new Shape(BATCH, 2 * CHANNELS, 2, 2));
    NDArray images = manager.create(x, IMAGES);
    // The floor's logarithm is rounded to single precision.
    assertEquals(
        expected, likelihood.negativeLogLikelihood(given, images).getDouble(), 1e-6 * expected);
  }

  @Test
  void oneLearnedVarianceBecomesTheResidualsVariance() {
    // The decoder's dense layer starts near 0 and cannot explain noise: with one fixed input it can
    // at best learn the pixels' means, so the learned deviation must become that of the noise.
    double deviation = 0.5;
    NDArray images =
        manager.create(floats(normal(512 * PIXELS), deviation), new Shape(512, 1, 2, 2));
    LayeredBlock block =
        new LayeredBlock(
            Precision.FLOAT32, new long[] {1}, List.of(new Layer.Dense(4), Layer.reshape(1, 2, 2)));
    Network decoder =
        Network.of(
            "decoder",
            new LearnedPlane(block, 1),
            new long[] {1},
            new long[] {2, 2, 2},
            manager,
            random);
    Likelihood likelihood = new Likelihood.GaussianLearned();
    NDArray codes = manager.zeros(new Shape(512, 1));
    double loss = 0;
    try (AdamOptimizer adam = new AdamOptimizer(Adam.of(0.02), decoder.parameters())) {
      for (int step = 0; step < 250; step++) {
        loss =
            GradientMode.recording(
                () -> {
                  NDArray nll = likelihood.negativeLogLikelihood(decoder.forward(codes), images);
                  adam.update(Gradients.of(nll, decoder.parameters()));
                  return (double) nll.getFloat();
                });
      }
    }
    // At the optimum the loss is the Gaussian's entropy per pixel; 2,048 residuals give their
    // deviation to 1 / sqrt(4096) = 1.6 %, here three times that.
    double entropy = PIXELS * (Math.log(deviation) + 0.5 * Math.log(2 * Math.PI) + 0.5);
    assertEquals(entropy, loss, 0.05 * PIXELS);
    NDArray outputs = GradientMode.paused(() -> decoder.forward(codes));
    assertEquals(new Shape(512, 1, 2, 2), likelihood.mean(outputs).getShape());
    assertEquals(Math.log(deviation), outputs.getFloat(7, 1, 1, 0), 0.05);
  }

  private static float[] floats(double[] values, double scale) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (values[i] * scale);
    }
    return floats;
  }

  @Test
  void elboOfALinearGaussianModelIsItsEvidenceAtTheTruePosterior() {
    // z ~ N(0, 1), x_k = w_k z + N(0, s^2): p(x) is Gaussian with covariance w w' + s^2 I, and the
    // posterior has variance 1 / (1 + |w|^2 / s^2) and mean variance * (w . x) / s^2.
    double[] w = {0.8, -0.5, 0.3, 1.1};
    double s = 0.7;
    double[] x = {0.4, -1.0, 0.2, 0.9};
    double dot = 0;
    double norm = 0;
    double square = 0;
    for (int k = 0; k < w.length; k++) {
      dot += w[k] * x[k];
      norm += w[k] * w[k];
      square += x[k] * x[k];
    }
    double variance = 1 / (1 + norm / (s * s));
    double determinant = Math.pow(s, 2 * w.length) * (1 + norm / (s * s));
    double quadratic = square / (s * s) - variance * dot * dot / Math.pow(s, 4);
    double evidence = -0.5 * (w.length * Math.log(2 * Math.PI) + Math.log(determinant) + quadratic);

    int samples = 20_000;
    NDArray ones = manager.ones(new Shape(samples, 1), DataType.FLOAT64);
    GaussianPosterior posterior =
        new GaussianPosterior(ones.mul(variance * dot / (s * s)), ones.mul(Math.log(variance)));
    NDArray z = posterior.sample(manager.create(normal(samples), new Shape(samples, 1)));
    NDArray decoded = z.mul(manager.create(w, new Shape(1, 4))).reshape(samples, 1, 2, 2);
    NDArray images = ones.mul(manager.create(x, new Shape(1, 4))).reshape(samples, 1, 2, 2);
    double reconstruction =
        new Likelihood.Gaussian(s)
            .negativeLogLikelihood(decoded, images)
            .toType(DataType.FLOAT64, false)
            .getDouble();
    double elbo = -reconstruction - posterior.kl().getDouble();
    // One draw's reconstruction term has a deviation of about 1, so 20,000 give it to 0.007.
    assertEquals(evidence, elbo, 0.03);
  }

  @Test
  void aDeterministicPosteriorSamplesItsMean() {
    float[] codes = {0.5f, -2, 3, 0};
    Posterior certain = new Deterministic().of(manager.create(codes, new Shape(2, 2)), 2);
    NDArray sample = certain.sample(manager.ones(new Shape(2, 2)));
    assertArrayEquals(codes, sample.toFloatArray());
    assertEquals(Float.NEGATIVE_INFINITY, certain.logVariance().getFloat(1, 1));
  }

  /** Means and squares of draws of one pixel; four standard errors each. */
  private void requireDraws(
      Likelihood likelihood, double[] outputs, double mean, double deviation) {
    int draws = 10_000;
    double[] all = new double[draws * outputs.length];
    for (int i = 0; i < draws; i++) {
      System.arraycopy(outputs, 0, all, i * outputs.length, outputs.length);
    }
    NDArray given = manager.create(all, new Shape(draws, outputs.length, 1, 1));
    Noise noise = new Noise(manager, DataType.FLOAT64, new SplittableRandom(8));
    NDArray drawn = likelihood.sample(given, noise);
    assertEquals(new Shape(draws, 1, 1, 1), drawn.getShape());
    assertEquals(mean, drawn.mean().getDouble(), 4 * deviation / Math.sqrt(draws));
    double square = drawn.sub(mean).square().mean().getDouble();
    // The squares of a normal number have a deviation of sqrt(2) times its variance, of a
    // Bernoulli's less.
    double variance = deviation * deviation;
    assertEquals(variance, square, 4 * variance * Math.sqrt(2.0 / draws));
  }

  @Test
  void pixelsAreDrawnFromTheirDistribution() {
    double p = 1 / (1 + Math.exp(-0.4));
    requireDraws(new Likelihood.Bernoulli(), new double[] {0.4}, p, Math.sqrt(p * (1 - p)));
    requireDraws(new Likelihood.Gaussian(0.3), new double[] {0.4}, 0.4, 0.3);
    requireDraws(new Likelihood.GaussianLearned(), new double[] {0.4, -1}, 0.4, Math.exp(-1));
    double floored = 0.1 + Math.exp(-1);
    requireDraws(new Likelihood.GaussianPerPixel(0.1), new double[] {0.4, -1}, 0.4, floored);
  }
}
