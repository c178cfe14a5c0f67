package dev.disentangle.objective.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Posterior;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both estimators of beta-TCVAE on a mixture of Gaussians, whose density is a plain sum. */
class MinibatchDensityTest {

  private static final int SIZE = 24;
  private static final int LATENTS = 2;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(5);
  private final double[][] means = new double[SIZE][LATENTS];
  private final double[][] deviations = new double[SIZE][LATENTS];

  MinibatchDensityTest() {
    for (int i = 0; i < SIZE; i++) {
      double shared = random.nextGaussian();
      for (int j = 0; j < LATENTS; j++) {
        means[i][j] = shared + 0.4 * random.nextGaussian();
        deviations[i][j] = 0.3 + 0.5 * random.nextDouble();
      }
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static double density(double z, double mean, double deviation) {
    double error = (z - mean) / deviation;
    return Math.exp(-error * error / 2) / (deviation * Math.sqrt(2 * Math.PI));
  }

  /** {@code log q(z)} and {@code sum_j log q(z_j)} of the whole mixture. */
  private double[] exact(double... z) {
    double joint = 0;
    double[] marginals = new double[LATENTS];
    for (int i = 0; i < SIZE; i++) {
      double product = 1;
      for (int j = 0; j < LATENTS; j++) {
        double one = density(z[j], means[i][j], deviations[i][j]);
        product *= one;
        marginals[j] += one / SIZE;
      }
      joint += product / SIZE;
    }
    return new double[] {Math.log(joint), Math.log(marginals[0]) + Math.log(marginals[1])};
  }

  private GaussianPosterior posterior(int... images) {
    double[] mean = new double[images.length * LATENTS];
    double[] logVariance = new double[images.length * LATENTS];
    for (int i = 0; i < mean.length; i++) {
      int image = images[i / LATENTS];
      mean[i] = means[image][i % LATENTS];
      logVariance[i] = 2 * Math.log(deviations[image][i % LATENTS]);
    }
    Shape shape = new Shape(images.length, LATENTS);
    return new GaussianPosterior(manager.create(mean, shape), manager.create(logVariance, shape));
  }

  private double[] draw(int image) {
    double[] z = new double[LATENTS];
    for (int j = 0; j < LATENTS; j++) {
      z[j] = means[image][j] + deviations[image][j] * random.nextGaussian();
    }
    return z;
  }

  @Test
  void weightedSamplingOverTheWholeSetIsTooLowByLogN() {
    int[] all = IntStream.range(0, SIZE).toArray();
    double[] flat = new double[SIZE * LATENTS];
    double exactTotalCorrelation = 0;
    for (int i = 0; i < SIZE; i++) {
      double[] z = draw(i);
      System.arraycopy(z, 0, flat, i * LATENTS, LATENTS);
      double[] exact = exact(z);
      exactTotalCorrelation += (exact[0] - exact[1]) / SIZE;
    }
    NDArray table = MinibatchDensity.Weights.WEIGHTED.table(manager, SIZE, SIZE);
    MinibatchDensity found =
        MinibatchDensity.of(manager.create(flat, new Shape(SIZE, LATENTS)), posterior(all), table);
    double estimate = found.joint().sub(found.marginals()).mean().getDouble();
    // Each of the logarithms is too low by log N: (LATENTS - 1) log N remain. The weights are
    // tabulated in single precision, which rounds log(1 / N^2) by about 1e-7.
    assertEquals(exactTotalCorrelation + (LATENTS - 1) * Math.log(SIZE), estimate, 1e-6);
  }

  @Test
  void stratifiedSamplingEstimatesTheDensityWithoutBias() {
    // The sample is one of image 0; the rest of the batch is drawn without replacement.
    double[] z = draw(0);
    int batch = 5;
    NDArray table = MinibatchDensity.Weights.STRATIFIED.table(manager, batch, SIZE);
    int rounds = 1_500;
    double joint = 0;
    double squares = 0;
    for (int round = 0; round < rounds; round++) {
      int[] images = distinctFromZero(batch);
      double[] repeated = new double[batch * LATENTS];
      for (int i = 0; i < repeated.length; i++) {
        repeated[i] = z[i % LATENTS];
      }
      try (NDArray points = manager.create(repeated, new Shape(batch, LATENTS))) {
        MinibatchDensity found = MinibatchDensity.of(points, posterior(images), table);
        double density = Math.exp(found.joint().getDouble(0));
        joint += density / rounds;
        squares += density * density / rounds;
      }
    }
    double standardError = Math.sqrt((squares - joint * joint) / rounds);
    assertEquals(Math.exp(exact(z)[0]), joint, 4 * standardError);
  }

  @Test
  void stratifiedSamplingFindsTheTotalCorrelation() {
    // Forty copies of every image have the same mixture, and give a set to draw batches from.
    int size = 40 * SIZE;
    int batch = 240;
    NDArray table = MinibatchDensity.Weights.STRATIFIED.table(manager, batch, size);
    int rounds = 30;
    double exact = 0;
    double estimate = 0;
    double squares = 0;
    for (int round = 0; round < rounds; round++) {
      int[] images = distinct(0, batch, size);
      double[] flat = new double[batch * LATENTS];
      double difference = 0;
      for (int i = 0; i < batch; i++) {
        images[i] %= SIZE;
        double[] z = draw(images[i]);
        System.arraycopy(z, 0, flat, i * LATENTS, LATENTS);
        double[] densities = exact(z);
        difference -= (densities[0] - densities[1]) / batch;
        exact += (densities[0] - densities[1]) / batch / rounds;
      }
      try (NDArray z = manager.create(flat, new Shape(batch, LATENTS))) {
        MinibatchDensity found = MinibatchDensity.of(z, posterior(images), table);
        difference += found.joint().sub(found.marginals()).mean().getDouble();
      }
      estimate += difference / rounds;
      squares += difference * difference / rounds;
    }
    double standardError = Math.sqrt((squares - estimate * estimate) / rounds);
    assertTrue(exact > 0.2, "the mixture's total correlation, " + exact);
    // The logarithm of an unbiased estimate is too low by half its relative variance, which a batch
    // of 240 leaves below 2 %.
    assertEquals(0, estimate, 0.02 * exact + 4 * standardError);
  }

  private int[] distinctFromZero(int batch) {
    return distinct(1, batch, SIZE);
  }

  /** Draws without replacement; below {@code first} the entries are their own positions. */
  private int[] distinct(int first, int batch, int size) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = first; i < batch; i++) {
      int other = i + random.nextInt(size - i);
      int image = order[other];
      order[other] = order[i];
      order[i] = image;
    }
    return Arrays.copyOf(order, batch);
  }

  /** The same posteriors, of a kind for which there is no fused computation. */
  private record OtherKind(GaussianPosterior given) implements Posterior {
    @Override
    public NDArray mean() {
      return given.mean();
    }

    @Override
    public NDArray logVariance() {
      return given.logVariance();
    }

    @Override
    public NDArray sample(NDArray noise) {
      return given.sample(noise);
    }

    @Override
    public NDArray logMarginals(NDArray z) {
      return given.logMarginals(z);
    }
  }

  /**
   * Both ways give the same, so that a change which takes the slow one for Gaussians too goes
   * unnoticed; it costs time only. So does one that writes the 0 of {@code transpose(0, 2, 1)} to
   * another place of its array, where the 2 follows: an array starts with zeros.
   */
  @Test
  void allKindsOfPosteriorsAreEstimatedAlike() {
    int batch = 5;
    GaussianPosterior posterior = posterior(3, 8, 11, 2, 17);
    double[] flat = new double[batch * LATENTS];
    Arrays.setAll(flat, i -> random.nextGaussian());
    double[] weights = random.doubles((long) batch * batch, -3, 0).toArray();
    NDArray z = manager.create(flat, new Shape(batch, LATENTS));
    NDArray logWeights = manager.create(weights, new Shape(batch, batch));
    MinibatchDensity fused = MinibatchDensity.of(z, posterior, logWeights);
    MinibatchDensity other = MinibatchDensity.of(z, new OtherKind(posterior), logWeights);
    // log(2 pi) is rounded to single precision in one of them.
    assertArrayEquals(fused.joint().toDoubleArray(), other.joint().toDoubleArray(), 1e-6);
    assertArrayEquals(fused.marginals().toDoubleArray(), other.marginals().toDoubleArray(), 1e-6);
  }
}
