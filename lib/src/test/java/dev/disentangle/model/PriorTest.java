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
import dev.disentangle.learner.Assembly;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Priors against plain sums in double precision. */
class PriorTest {

  private static final int LATENTS = 2;
  private static final int COMPONENTS = 3;
  private static final int DRAWS = 20_000;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(5);
  private final Blobs blobs = new Blobs();

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

  private NDArray points(double... values) {
    return manager.create(values, new Shape(values.length / LATENTS, LATENTS));
  }

  private Noise noise(DataType type) {
    return new Noise(manager, type, new SplittableRandom(9));
  }

  private static double gaussian(double z, double mean, double logVariance) {
    double error = z - mean;
    return -0.5 * (error * error / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
  }

  private static void set(NDArray array, float... values) {
    try (NDArray source = array.getManager().create(values, array.getShape())) {
      Operations.assign(array, source.toType(array.getDataType(), false));
    }
  }

  private Prior build(PriorFamily family, DataType type) {
    return family.build(
        new PriorFamily.Model(
            blobs, LATENTS, x -> new GaussianPosterior(x, x), manager, type, random));
  }

  @Test
  void standardNormalHasItsDensityAndItsDraws() {
    Prior prior = build(new StandardNormal(), DataType.FLOAT32);
    double[] z = normal(2 * LATENTS);
    double[] found = prior.logDensity(points(z)).toDoubleArray();
    // log(2 pi) is in single precision.
    assertEquals(gaussian(z[0], 0, 0) + gaussian(z[1], 0, 0), found[0], 1e-6);
    assertEquals(gaussian(z[2], 0, 0) + gaussian(z[3], 0, 0), found[1], 1e-6);
    float[] drawn = prior.sample(3, noise(DataType.FLOAT32)).toFloatArray();
    SplittableRandom same = new SplittableRandom(9);
    for (float value : drawn) {
      assertEquals((float) same.nextGaussian(), value);
    }
    assertTrue(prior.hasClosedForm(new DiagonalGaussian()));
    assertTrue(prior.hasClosedForm(new FullCovariance()));
    assertTrue(prior.networks().isEmpty());
  }

  /** Means, logarithms of variances and weights' logits of three components. */
  private static final float[] ROWS = {
    -2, 1, -1, 0.5f, 0.2f, //
    3, 0, 0.3f, -2, 1, //
    0, -4, 0, 0, -0.5f
  };

  private Prior mixture(DataType type) {
    Prior prior = build(new GaussianMixture(COMPONENTS), type);
    set(prior.networks().get(0).parameters().get(0), ROWS);
    return prior;
  }

  private static double[] weights() {
    double[] weights = new double[COMPONENTS];
    double sum = 0;
    for (int k = 0; k < COMPONENTS; k++) {
      weights[k] = Math.exp(ROWS[5 * k + 4]);
      sum += weights[k];
    }
    for (int k = 0; k < COMPONENTS; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  @Test
  void mixturesHaveTheDensityOfAPlainSum() {
    double[] z = normal(4 * LATENTS);
    double[] found = mixture(DataType.FLOAT64).logDensity(points(z)).toDoubleArray();
    for (int i = 0; i < 4; i++) {
      double density = 0;
      for (int k = 0; k < COMPONENTS; k++) {
        double log = 0;
        for (int j = 0; j < LATENTS; j++) {
          log += gaussian(z[2 * i + j], ROWS[5 * k + j], ROWS[5 * k + 2 + j]);
        }
        density += weights()[k] * Math.exp(log);
      }
      // The rows and log(2 pi) are in single precision.
      assertEquals(Math.log(density), found[i], 1e-6 * (1 + Math.abs(found[i])));
    }
  }

  @Test
  void mixturesDrawComponentsByTheirWeights() {
    float[] drawn = mixture(DataType.FLOAT32).sample(DRAWS, noise(DataType.FLOAT32)).toFloatArray();
    double mean = 0;
    double square = 0;
    double expectedMean = 0;
    double expectedSquare = 0;
    for (int k = 0; k < COMPONENTS; k++) {
      expectedMean += weights()[k] * ROWS[5 * k];
      expectedSquare += weights()[k] * (ROWS[5 * k] * ROWS[5 * k] + Math.exp(ROWS[5 * k + 2]));
    }
    for (int i = 0; i < DRAWS; i++) {
      mean += drawn[2 * i] / (double) DRAWS;
      square += drawn[2 * i] * (double) drawn[2 * i] / DRAWS;
    }
    // The first latent has a deviation of about 2.3 and its square one of about 6: four standard
    // errors of 20,000 draws.
    assertEquals(expectedMean, mean, 4 * 2.3 / Math.sqrt(DRAWS));
    assertEquals(expectedSquare, square, 4 * 6 / Math.sqrt(DRAWS));
  }

  @Test
  void mixturesStartWithEqualWeightsAndVarianceOne() {
    NDArray rows =
        build(new GaussianMixture(50), DataType.FLOAT32).networks().get(0).parameters().get(0);
    assertEquals(new Shape(50, 5), rows.getShape());
    assertEquals(0, rows.get(":, 2:").abs().max().getFloat());
    // A hundred standard normal means: their mean square is 1 with a deviation of 0.14.
    assertEquals(1, rows.get(":, :2").square().mean().getFloat(), 4 * 0.14);
  }

  /** An encoder of the blobs with different posteriors for all of them. */
  private Autoencoder model(int pseudoInputs) {
    Autoencoder model =
        new Assembly(
                "VAE",
                blobs,
                LATENTS,
                8,
                Blobs.architecture(),
                new DiagonalGaussian(),
                new VampPrior(pseudoInputs),
                new Likelihood.Bernoulli(),
                manager,
                random)
            .autoencoder();
    for (NDArray weight : model.encoder().parameters()) {
      float[] values = new float[Math.toIntExact(weight.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-0.7, 0.7);
      }
      set(weight, values);
    }
    return model;
  }

  private GaussianPosterior encodeAll(Autoencoder model) {
    float[] pixels = new float[blobs.size() * 64];
    blobs.read(IntStream.range(0, blobs.size()).toArray(), pixels);
    NDArray images = manager.create(pixels, new Shape(blobs.size(), 1, 8, 8));
    return (GaussianPosterior) GradientMode.paused(() -> model.encode(images));
  }

  @Test
  void pseudoInputsEqualToTheDataGiveTheAggregatePosterior() {
    Autoencoder model = model(blobs.size());
    GaussianPosterior all = encodeAll(model);
    float[] means = Operations.contiguous(all.mean()).toFloatArray();
    float[] logVariances = Operations.contiguous(all.logVariance()).toFloatArray();
    int count = 5;
    double[] z = new double[count * LATENTS];
    float[] single = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      // Points near five of the posteriors, where single terms of the sum matter.
      int entry = 9 * LATENTS * (i / LATENTS) + i % LATENTS;
      single[i] = means[entry] + (float) (Math.exp(logVariances[entry] / 2) * random.nextDouble());
      z[i] = single[i];
    }
    double[][] terms = new double[count][blobs.size()];
    NDArray given = manager.create(single, new Shape(count, LATENTS));
    NDArray components = all.logDensity(given.expandDims(1));
    float[] found = model.prior().logDensity(given).toFloatArray();
    for (int i = 0; i < count; i++) {
      double density = 0;
      for (int n = 0; n < blobs.size(); n++) {
        for (int j = 0; j < LATENTS; j++) {
          int entry = n * LATENTS + j;
          terms[i][n] += gaussian(z[i * LATENTS + j], means[entry], logVariances[entry]);
        }
        density += Math.exp(terms[i][n]) / blobs.size();
        // Single precision, in which errors are divided by small variances.
        assertEquals(terms[i][n], components.getFloat(i, n), 1e-4 * (1 + Math.abs(terms[i][n])));
      }
      assertEquals(Math.log(density), found[i], 1e-4 * (1 + Math.abs(found[i])));
    }
  }

  @Test
  void vampPriorsDrawFromThePosteriorsOfTheirPseudoInputs() {
    Autoencoder model = model(blobs.size());
    GaussianPosterior all = encodeAll(model);
    float[] drawn = model.prior().sample(DRAWS, noise(DataType.FLOAT32)).toFloatArray();
    double[] mean = new double[LATENTS];
    for (int i = 0; i < drawn.length; i++) {
      mean[i % LATENTS] += drawn[i] / (double) DRAWS;
    }
    for (int j = 0; j < LATENTS; j++) {
      NDArray means = all.mean().get(":, {}", j);
      NDArray variances = all.logVariance().get(":, {}", j).exp();
      double expected = means.mean().getFloat();
      double spread =
          Math.sqrt(means.square().add(variances).mean().getFloat() - expected * expected);
      assertEquals(expected, mean[j], 4 * spread / Math.sqrt(DRAWS));
    }
  }

  @Test
  void pseudoInputsAreCutToTheRangeOfPixels() {
    Autoencoder model = model(2);
    NDArray table = model.prior().networks().get(0).parameters().get(0);
    float[] inside = new float[128];
    float[] outside = new float[128];
    for (int i = 0; i < 128; i++) {
      inside[i] = i % 3 == 0 ? 1 : 0;
      outside[i] = i % 3 == 0 ? 1.7f : -0.4f;
    }
    NDArray z = manager.create(new float[] {0.3f, -1}, new Shape(1, LATENTS));
    set(table, inside);
    float[] cut = model.prior().logDensity(z).toFloatArray();
    set(table, outside);
    assertArrayEquals(cut, model.prior().logDensity(z).toFloatArray());
    set(table, new float[128]);
    assertFalse(cut[0] == model.prior().logDensity(z).toFloatArray()[0]);
  }

  @Test
  void impossibleSizesAreNamed() {
    String none = assertThrows(IllegalArgumentException.class, () -> new VampPrior(0)).getMessage();
    assertEquals("pseudoInputs must be at least 1, was 0", none);
    String mixture =
        assertThrows(IllegalArgumentException.class, () -> new GaussianMixture(-1)).getMessage();
    assertEquals("components must be at least 1, was -1", mixture);
    String many = assertThrows(IllegalArgumentException.class, () -> model(50)).getMessage();
    assertEquals("pseudoInputs must be at most the number of images, 49 in blobs, was 50", many);
  }

  /** What a prior is taken for that says no more than its density and its draws. */
  @Test
  void priorsSayWhatTheyCanDo() {
    PriorFamily family =
        model ->
            new Prior() {
              @Override
              public NDArray logDensity(NDArray z) {
                return z.sum(new int[] {1});
              }

              @Override
              public NDArray sample(int count, Noise noise) {
                return noise.normal(count, LATENTS);
              }
            };
    assertTrue(family.isLearned());
    assertFalse(family.hasIndependentLatents());
    Prior plain = build(family, DataType.FLOAT32);
    assertEquals(0, plain.classes());
    assertFalse(plain.isStandardNormal());
    assertFalse(plain.hasClosedForm(new DiagonalGaussian()));
    GaussianPosterior posterior = new GaussianPosterior(points(0.5, -1), points(0, 0.3));
    var error =
        assertThrows(UnsupportedOperationException.class, () -> plain.divergence(posterior));
    assertTrue(error.getMessage().endsWith(" has no divergence in closed form"));
    var labels = assertThrows(UnsupportedOperationException.class, () -> plain.sample(0, 1, null));
    assertTrue(labels.getMessage().endsWith(" knows no labels"));
    StandardNormal normal = new StandardNormal();
    assertFalse(normal.isLearned());
    assertTrue(normal.hasIndependentLatents());
    Prior fixed = build(normal, DataType.FLOAT32);
    assertTrue(fixed.isStandardNormal());
    assertFalse(fixed.hasClosedForm(new Deterministic()));
    double kl = 0.5 * (0.25 + 1 + 1 - 1 + Math.exp(0.3) - 0.3 - 1);
    assertEquals(kl, fixed.divergence(posterior).getDouble(), 1e-6);
    assertEquals(new Shape(4, LATENTS), fixed.sample(4, noise(DataType.FLOAT32)).getShape());
  }
}
