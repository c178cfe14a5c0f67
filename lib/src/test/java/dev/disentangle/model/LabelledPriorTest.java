package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Attributes;
import dev.disentangle.data.Labels;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priors of codes that end with a label or with attributes, on the seven rows of the blobs. */
class LabelledPriorTest {

  private static final int LATENTS = 2;
  private static final int CLASSES = 7;
  private static final int DRAWS = 14_000;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private PriorFamily.Model model(DataType type) {
    return new PriorFamily.Model(
        new Blobs(), LATENTS, null, manager, type, new SplittableRandom(1));
  }

  private Noise noise() {
    return new Noise(manager, DataType.FLOAT32, new SplittableRandom(9));
  }

  private static double gaussian(double z, double mean, double logVariance) {
    double error = z - mean;
    return -0.5 * (error * error / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
  }

  private static float[] table() {
    SplittableRandom random = new SplittableRandom(4);
    float[] rows = new float[CLASSES * 2 * LATENTS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (i % 4 < 2 ? 2 * random.nextGaussian() : random.nextDouble(-1, 1));
    }
    return rows;
  }

  /** With the weights of {@link #table}, or zeros where nothing is learned. */
  private LabelledPrior.OfClasses prior(boolean learned) {
    LabelledPrior family = new LabelledPrior(Labels.of("y"), learned);
    assertEquals(learned, family.isLearned());
    LabelledPrior.OfClasses prior = family.build(model(DataType.FLOAT32));
    if (learned) {
      NDArray weights = prior.networks().get(0).parameters().get(0);
      assertEquals(0, weights.abs().max().getFloat());
      Operations.assign(weights, manager.create(table(), weights.getShape()));
    }
    return prior;
  }

  private static float[] rows(boolean learned) {
    return learned ? table() : new float[CLASSES * 2 * LATENTS];
  }

  private NDArray oneHot(int... labels) {
    float[] values = new float[labels.length * CLASSES];
    for (int i = 0; i < labels.length; i++) {
      values[i * CLASSES + labels[i]] = 1;
    }
    return manager.create(values, new Shape(labels.length, CLASSES));
  }

  @Test
  void aTableIsThereOnlyWhereItIsLearned() {
    assertTrue(prior(false).networks().isEmpty());
    assertEquals(1, prior(true).networks().size());
    assertEquals(CLASSES, prior(true).classes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDensityIsTheLabelsTimesTheCodes(boolean learned) {
    LabelledPrior.OfClasses prior = prior(learned);
    float[] z = {0.3f, -1, 2, 0.5f};
    NDArray codes = manager.create(z, new Shape(2, LATENTS)).concat(oneHot(5, 0), 1);
    float[] found = GradientMode.paused(() -> prior.logDensity(codes)).toFloatArray();
    int[] labels = {5, 0};
    for (int i = 0; i < 2; i++) {
      double expected = -Math.log(CLASSES);
      for (int j = 0; j < LATENTS; j++) {
        int row = labels[i] * 2 * LATENTS;
        double mean = rows(learned)[row + j];
        expected += gaussian(z[i * LATENTS + j], mean, rows(learned)[row + LATENTS + j]);
      }
      assertEquals(expected, found[i], 1e-5);
    }
  }

  @Test
  void whatIsNotLearnedHasTheTypeOfItsLabels() {
    NDArray labels = oneHot(1).toType(DataType.FLOAT64, false);
    GaussianPosterior given = prior(false).given(labels);
    assertEquals(DataType.FLOAT64, given.mean().getDataType());
    assertEquals(new Shape(1, LATENTS), given.logVariance().getShape());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void samplesOfALabelHaveItsMoments(boolean learned) {
    NDArray drawn = prior(learned).sample(3, DRAWS, noise());
    assertEquals(new Shape(DRAWS, LATENTS + CLASSES), drawn.getShape());
    NDArray share = drawn.get(":, {}:", LATENTS).mean(new int[] {0});
    assertArrayEquals(oneHot(3).toFloatArray(), share.toFloatArray());
    for (int j = 0; j < LATENTS; j++) {
      double mean = rows(learned)[3 * 2 * LATENTS + j];
      double variance = Math.exp(rows(learned)[3 * 2 * LATENTS + LATENTS + j]);
      NDArray column = drawn.get(":, {}", j);
      // Four standard errors of a mean and of a variance.
      assertEquals(mean, column.mean().getFloat(), 4 * Math.sqrt(variance / DRAWS));
      double spread = column.sub((float) mean).square().mean().getFloat();
      assertEquals(variance, spread, 4 * variance * Math.sqrt(2.0 / DRAWS));
    }
  }

  @Test
  void labelsAreEquallyLikely() {
    float[] shares =
        prior(true)
            .sample(DRAWS, noise())
            .get(":, {}:", LATENTS)
            .mean(new int[] {0})
            .toFloatArray();
    for (float share : shares) {
      // Four standard errors: 4 sqrt(1/7 6/7 / 14000).
      assertEquals(1.0 / CLASSES, share, 0.012);
    }
  }

  @Test
  void attributesAreThoseOfTheirClass() {
    AttributePrior family = new AttributePrior(Attributes.of("y", "x"));
    assertFalse(family.isLearned());
    AttributePrior.OfClasses prior = family.build(model(DataType.FLOAT32));
    assertEquals(List.of(7, 7), prior.sizes());
    assertEquals(14, prior.length());
    assertEquals(49, prior.classes());
    // Class 7 y + x, each factor one-hot.
    NDArray rows = prior.of(new int[] {0, 16}, manager);
    float[] expected = new float[28];
    expected[0] = 1;
    expected[7] = 1;
    expected[14 + 2] = 1;
    expected[14 + 7 + 2] = 1;
    assertArrayEquals(expected, rows.toFloatArray());
  }

  @Test
  void codesWithAttributesHaveTheirDensityAndDraws() {
    AttributePrior.OfClasses prior = new AttributePrior.OfClasses(List.of(2, 3), LATENTS);
    NDArray z = manager.create(new float[] {0.3f, -1}, new Shape(1, LATENTS));
    NDArray codes = z.concat(prior.of(new int[] {4}, manager), 1);
    double expected = gaussian(0.3f, 0, 0) + gaussian(-1, 0, 0) - Math.log(6);
    assertEquals(expected, prior.logDensity(codes).getFloat(), 1e-5);
    NDArray of = prior.sample(4, 500, noise());
    assertEquals(new Shape(500, LATENTS + 5), of.getShape());
    float[] four = prior.of(new int[] {4}, manager).toFloatArray();
    assertArrayEquals(four, of.get(":, {}:", LATENTS).mean(new int[] {0}).toFloatArray());
    // Four standard errors of a thousand squares, whose deviation is sqrt(2).
    double square = of.get(":, :{}", LATENTS).square().mean().getFloat();
    assertEquals(1, square, 4 * Math.sqrt(2.0 / 1_000));
    NDArray any = prior.sample(6_000, noise()).get(":, {}:", LATENTS).mean(new int[] {0});
    double[] shares = {1 / 2.0, 1 / 2.0, 1 / 3.0, 1 / 3.0, 1 / 3.0};
    for (int k = 0; k < 5; k++) {
      // Four standard errors: 4 sqrt(1/4 / 6000).
      assertEquals(shares[k], any.getFloat(k), 0.026);
    }
  }
}
