package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stick of three pieces: closed forms against averages of draws. */
class StickBreakingTest {

  private static final int DRAWS = 200_000;
  private static final double CONCENTRATION = 1.5;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final StickBreaking.OfComponents prior =
      new StickBreaking(3, CONCENTRATION)
          .build(
              new PriorFamily.Model(
                  new Blobs(), 2, null, manager, DataType.FLOAT32, new SplittableRandom(1)));

  @AfterEach
  void close() {
    manager.close();
  }

  private void count(float... images) {
    Operations.assign(
        prior.table().parameters().get(0), manager.create(images, new Shape(images.length, 1)));
  }

  /** By order statistics of a Gamma process: {@code Beta(a, b)} of two Gamma draws. */
  private static double beta(double a, double b, SplittableRandom random) {
    double first = gamma(a, random);
    return first / (first + gamma(b, random));
  }

  /** Marsaglia & Tsang 2000, for shapes of at least 1. */
  private static double gamma(double shape, SplittableRandom random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  @Test
  void expectationsAreThoseOfBrokenSticks() {
    count(12, 3, 7);
    SplittableRandom random = new SplittableRandom(5);
    double[] weights = new double[3];
    double[] logs = new double[3];
    for (int i = 0; i < DRAWS; i++) {
      double first = beta(13, CONCENTRATION + 10, random);
      double second = beta(4, CONCENTRATION + 7, random);
      double[] pi = {first, (1 - first) * second, (1 - first) * (1 - second)};
      for (int c = 0; c < 3; c++) {
        weights[c] += pi[c] / DRAWS;
        logs[c] += Math.log(pi[c]) / DRAWS;
      }
    }
    // Deviations are below 0.15 and 0.6; four standard errors are 0.0013 and 0.005.
    assertArrayEquals(weights, prior.expectedWeights(), 0.0013);
    assertArrayEquals(logs, prior.expectedLogWeights(), 0.005);
    assertEquals(1, Arrays.stream(prior.expectedWeights()).sum(), 1e-12);
  }

  @Test
  void atFirstAllComponentsHaveAsManyImages() {
    assertArrayEquals(new double[] {49 / 3., 49 / 3., 49 / 3.}, prior.counts(), 1e-5);
    assertEquals(3, prior.classes());
  }

  @Test
  void countsMoveTowardsThoseOfTheBatch() {
    count(12, 3, 34);
    NDArray r = manager.create(new float[] {1, 0, 0, .5f, .5f, 0}, new Shape(2, 3));
    float[] moved = prior.moved(r, 0.1).toFloatArray();
    float[] expected = {.9f * 12 + .1f * 49 * .75f, .9f * 3 + .1f * 49 * .25f, .9f * 34};
    assertArrayEquals(expected, moved, 1e-5f);
  }

  @Test
  void codesAreDrawnWithTheirComponents() {
    count(20, 19, 10);
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(5));
    NDArray codes = prior.sample(20_000, noise);
    assertArrayEquals(new long[] {20_000, 5}, codes.getShape().getShape());
    double[] weights = prior.expectedWeights();
    for (int c = 0; c < 3; c++) {
      // Four standard errors of a share of a half, of 20,000.
      assertEquals(weights[c], codes.get(":, {}", 2 + c).mean().getFloat(), 0.014);
    }
    assertEquals(0, codes.get(":, :2").mean().getFloat(), 0.02);
    assertEquals(1, codes.get(":, :2").square().mean().getFloat(), 0.03);
    float[] ofOne = prior.sample(1, 4, noise).get(":, 2:").toFloatArray();
    assertArrayEquals(new float[] {0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0}, ofOne);
    float[] given = {0.3f, -1, 0, 1, 0};
    double expected = Math.log(weights[1]) - Math.log(2 * Math.PI) - (0.09 + 1) / 2;
    NDArray density = prior.logDensity(manager.create(given, new Shape(1, 5)));
    assertEquals(expected, density.getFloat(), 1e-5);
  }

  @Test
  void itsTableIsItsNetwork() {
    assertEquals(List.of(prior.table()), prior.networks());
  }
}
