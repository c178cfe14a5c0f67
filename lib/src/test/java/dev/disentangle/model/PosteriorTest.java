package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.objective.DoubleGradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.multivariate.MultivariateNormalDistribution;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Posteriors in float64 against dense linear algebra. */
class PosteriorTest {

  private static final int BATCH = 4;
  private static final int LATENTS = 3;
  private static final int OUTPUTS = 9;

  /** Some dozen operations on numbers of order 1 in float64, and one constant in float32. */
  private static final double CLOSE = 1e-6;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(7);
  private final double[] outputs = normal(BATCH * OUTPUTS);
  private final Posterior posterior = posterior(outputs);

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

  private Posterior posterior(double... values) {
    NDArray array = manager.create(values, new Shape(BATCH, OUTPUTS));
    return new FullCovariance().of(array, LATENTS);
  }

  private double[] mean(int image) {
    return Arrays.copyOfRange(outputs, image * OUTPUTS, image * OUTPUTS + LATENTS);
  }

  /** The factor as the class's Javadoc says it: logarithms of squares, then tenths below. */
  private RealMatrix factor(int image) {
    RealMatrix factor = MatrixUtils.createRealMatrix(LATENTS, LATENTS);
    int next = image * OUTPUTS + 2 * LATENTS;
    for (int row = 0; row < LATENTS; row++) {
      factor.setEntry(row, row, Math.exp(outputs[image * OUTPUTS + LATENTS + row] / 2));
      for (int column = 0; column < row; column++) {
        factor.setEntry(row, column, outputs[next++] / 10);
      }
    }
    return factor;
  }

  private RealMatrix covariance(int image) {
    return factor(image).multiplyTransposed(factor(image));
  }

  private double logDensity(int image, double... z) {
    double[][] covariance = covariance(image).getData();
    return Math.log(new MultivariateNormalDistribution(mean(image), covariance).density(z));
  }

  @Test
  void samplesAreTheMeanPlusTheFactorTimesNoise() {
    double[] noise = normal(BATCH * LATENTS);
    NDArray drawn = posterior.sample(manager.create(noise, new Shape(BATCH, LATENTS)));
    for (int image = 0; image < BATCH; image++) {
      double[] own = Arrays.copyOfRange(noise, image * LATENTS, (image + 1) * LATENTS);
      double[] moved = factor(image).operate(own);
      double[] mean = mean(image);
      for (int j = 0; j < LATENTS; j++) {
        assertEquals(mean[j] + moved[j], drawn.getDouble(image, j), CLOSE);
      }
    }
  }

  @Test
  void densitiesAreThoseOfTheDenseGaussian() {
    double[] z = normal(BATCH * LATENTS);
    NDArray points = manager.create(z, new Shape(BATCH, LATENTS));
    double[] own = posterior.logDensity(points).toDoubleArray();
    NDArray all = posterior.logDensity(points.expandDims(1));
    NDArray marginals = posterior.logMarginals(points.expandDims(1));
    assertEquals(new Shape(BATCH, BATCH), all.getShape());
    for (int point = 0; point < BATCH; point++) {
      double[] at = Arrays.copyOfRange(z, point * LATENTS, (point + 1) * LATENTS);
      assertEquals(logDensity(point, at), own[point], CLOSE * Math.abs(own[point]));
      for (int image = 0; image < BATCH; image++) {
        double expected = logDensity(image, at);
        assertEquals(expected, all.getDouble(point, image), CLOSE * Math.abs(expected));
        for (int j = 0; j < LATENTS; j++) {
          double variance = covariance(image).getEntry(j, j);
          double error = at[j] - mean(image)[j];
          double marginal = -0.5 * (error * error / variance + Math.log(2 * Math.PI * variance));
          assertEquals(
              marginal, marginals.getDouble(point, image, j), CLOSE * (1 + Math.abs(marginal)));
        }
      }
    }
  }

  @Test
  void divergenceAndMomentsFollowTheirFormulas() {
    double divergence = 0;
    RealMatrix average = MatrixUtils.createRealMatrix(LATENTS, LATENTS);
    for (int image = 0; image < BATCH; image++) {
      RealMatrix covariance = covariance(image);
      double square = 0;
      for (double entry : mean(image)) {
        square += entry * entry;
      }
      double logDeterminant = Math.log(new LUDecomposition(covariance).getDeterminant());
      divergence += 0.5 * (covariance.getTrace() + square - LATENTS - logDeterminant) / BATCH;
      average = average.add(covariance.scalarMultiply(1.0 / BATCH));
      for (int j = 0; j < LATENTS; j++) {
        double variance = Math.log(covariance.getEntry(j, j));
        assertEquals(variance, posterior.logVariance().getDouble(image, j), CLOSE);
      }
    }
    assertEquals(divergence, posterior.kl().getDouble(), CLOSE * divergence);
    for (int a = 0; a < LATENTS; a++) {
      for (int b = 0; b < LATENTS; b++) {
        double entry = average.getEntry(a, b);
        assertEquals(entry, posterior.meanCovariance().getDouble(a, b), CLOSE * (1 + entry));
      }
    }
  }

  /** Of the same outputs, so that one trains as fast as the other. */
  @Test
  void withoutAnythingBelowTheDiagonalItIsTheDiagonalGaussian() {
    double[] values = outputs.clone();
    double[] first = new double[BATCH * 2 * LATENTS];
    for (int image = 0; image < BATCH; image++) {
      Arrays.fill(values, image * OUTPUTS + 2 * LATENTS, (image + 1) * OUTPUTS, 0);
      System.arraycopy(values, image * OUTPUTS, first, image * 2 * LATENTS, 2 * LATENTS);
    }
    Posterior full = posterior(values);
    Shape shape = new Shape(BATCH, LATENTS);
    NDArray given = manager.create(first, new Shape(BATCH, 2 * LATENTS));
    Posterior diagonal = new DiagonalGaussian().of(given, LATENTS);
    NDArray z = manager.create(normal(BATCH * LATENTS), shape);
    assertArrayEquals(diagonal.sample(z).toDoubleArray(), full.sample(z).toDoubleArray(), CLOSE);
    assertArrayEquals(
        diagonal.logDensity(z).toDoubleArray(), full.logDensity(z).toDoubleArray(), 1e-4);
    assertEquals(diagonal.kl().getDouble(), full.kl().getDouble(), CLOSE);
    assertArrayEquals(
        diagonal.meanCovariance().toDoubleArray(), full.meanCovariance().toDoubleArray(), CLOSE);
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    NDArray noise = manager.create(normal(BATCH * LATENTS), new Shape(BATCH, LATENTS));
    NDArray fixed = manager.create(normal(2 * LATENTS), new Shape(2, 1, LATENTS));
    DoubleGradients.check(
        manager,
        x -> {
          Posterior given = new FullCovariance().of(x, LATENTS);
          NDArray own = given.logDensity(given.sample(noise)).mean();
          NDArray pairs = given.logDensity(fixed).add(given.logMarginals(fixed).sum(new int[] {2}));
          return own.add(pairs.mean()).add(given.kl()).add(given.meanCovariance().sum());
        },
        normal(BATCH * OUTPUTS),
        BATCH,
        OUTPUTS);
  }

  @Test
  void outputsAreCounted() {
    assertEquals(20, new DiagonalGaussian().outputs(10));
    assertEquals(65, new FullCovariance().outputs(10));
    assertEquals(2, new FullCovariance().outputs(1));
    assertEquals(10, new Deterministic().outputs(10));
    // One latent has nothing below the diagonal.
    NDArray two = manager.create(new double[] {0.5, Math.log(9)}, new Shape(1, 2));
    Posterior one = new FullCovariance().of(two, 1);
    assertEquals(
        6.5, one.sample(manager.create(new double[] {2}, new Shape(1, 1))).getDouble(), CLOSE);
  }

  @Test
  void certainCodesHaveNoDensity() {
    Posterior certain = new Deterministic().of(manager.ones(new Shape(2, LATENTS)), LATENTS);
    assertFalse(new Deterministic().hasDensity());
    assertThrows(UnsupportedOperationException.class, () -> certain.logDensity(certain.mean()));
    assertThrows(UnsupportedOperationException.class, certain::kl);
  }

  /** Two Gaussians per image: the textbook's formula, latent by latent, in double. */
  @Test
  void theDivergenceFromOtherGaussiansIsTheTextbooks() {
    double[][] numbers = {normal(6), normal(6), normal(6), normal(6)};
    NDArray[] arrays = new NDArray[4];
    Arrays.setAll(arrays, i -> manager.create(numbers[i], new Shape(2, 3)));
    NDArray found =
        new GaussianPosterior(arrays[0], arrays[1])
            .divergence(new GaussianPosterior(arrays[2], arrays[3]));
    double[] expected = new double[2];
    for (int i = 0; i < 6; i++) {
      double error = numbers[0][i] - numbers[2][i];
      double ratio = (Math.exp(numbers[1][i]) + error * error) / Math.exp(numbers[3][i]);
      expected[i / 3] += 0.5 * (ratio - 1 + numbers[3][i] - numbers[1][i]);
    }
    assertArrayEquals(expected, found.toDoubleArray(), CLOSE);
  }
}
