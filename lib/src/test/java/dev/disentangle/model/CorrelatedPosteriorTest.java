package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.AdamOptimizer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.distribution.multivariate.MultivariateNormalDistribution;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A linear model whose true posterior is correlated: {@code z ~ N(0, I)}, {@code x = W z + s
 * noise}. The evidence is Gaussian, the posterior has covariance {@code S = (I + W^T W / s^2)^-1},
 * and the best diagonal one misses the evidence by {@code 1/2 (sum_j log (S^-1)_jj - log det
 * S^-1)}.
 */
class CorrelatedPosteriorTest {

  private static final int IMAGES = 64;
  private static final int PIXELS = 4;
  private static final int LATENTS = 2;
  private static final double S = 0.5;

  // Two nearly parallel columns: the posterior is strongly correlated.
  private static final double[][] W = {{1, 0.8}, {0.5, 0.6}, {-0.7, -0.4}, {0.2, 0.3}};

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(3);
  private final float[] images = new float[IMAGES * PIXELS];

  CorrelatedPosteriorTest() {
    for (int i = 0; i < IMAGES; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int p = 0; p < PIXELS; p++) {
        double pixel = W[p][0] * a + W[p][1] * b + S * random.nextGaussian();
        images[i * PIXELS + p] = (float) pixel;
      }
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private double evidence() {
    RealMatrix w = MatrixUtils.createRealMatrix(W);
    RealMatrix noise = MatrixUtils.createRealIdentityMatrix(PIXELS).scalarMultiply(S * S);
    double[][] covariance = w.multiplyTransposed(w).add(noise).getData();
    var density = new MultivariateNormalDistribution(new double[PIXELS], covariance);
    double sum = 0;
    for (int i = 0; i < IMAGES; i++) {
      double[] image = new double[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        image[p] = images[i * PIXELS + p];
      }
      sum += Math.log(density.density(image));
    }
    return sum / IMAGES;
  }

  /** What theory says that independent latents miss. */
  private static double gap() {
    RealMatrix w = MatrixUtils.createRealMatrix(W);
    RealMatrix precision =
        w.transposeMultiply(w)
            .scalarMultiply(1 / (S * S))
            .add(MatrixUtils.createRealIdentityMatrix(LATENTS));
    double gap = -Math.log(new LUDecomposition(precision).getDeterminant());
    for (int j = 0; j < LATENTS; j++) {
      gap += Math.log(precision.getEntry(j, j));
    }
    return 0.5 * gap;
  }

  /**
   * The bound after training. The decoder and the likelihood are the true ones; a linear encoder
   * can give every posterior exactly. The loss is quadratic in the noise, so four points of mean 0
   * and covariance I give its expectation exactly.
   */
  private double bound(PosteriorFamily family) {
    int outputs = family.outputs(LATENTS);
    Network encoder =
        Network.of(
            "encoder",
            new LayeredBlock(
                Precision.FLOAT32, new long[] {PIXELS}, List.of(new Layer.Dense(outputs))),
            new long[] {PIXELS},
            new long[] {outputs},
            manager,
            random);
    NDArray x = manager.create(images, new Shape(IMAGES, PIXELS));
    NDArray four = four(x).reshape(4L * IMAGES, 1, 2, 2);
    NDArray noise = manager.create(noise(), new Shape(4 * IMAGES, LATENTS));
    NDArray w = manager.create(flat(), new Shape(LATENTS, PIXELS));
    double loss = 0;
    for (double rate : new double[] {0.05, 0.005}) {
      try (AdamOptimizer adam = new AdamOptimizer(Adam.of(rate), encoder.parameters())) {
        for (int step = 0; step < 300; step++) {
          loss =
              GradientMode.recording(
                  () -> {
                    NDArray given = four(encoder.forward(x));
                    Posterior posterior = family.of(given, LATENTS);
                    NDArray decoded = posterior.sample(noise).matMul(w);
                    NDArray value =
                        new Likelihood.Gaussian(S)
                            .negativeLogLikelihood(decoded.reshape(4L * IMAGES, 1, 2, 2), four)
                            .add(posterior.kl());
                    adam.update(Gradients.of(value, encoder.parameters()));
                    return (double) value.getFloat();
                  });
        }
      }
    }
    return -loss;
  }

  /** Four copies of a batch, one after the other. */
  private static NDArray four(NDArray batch) {
    return NDArrays.concat(new NDList(batch, batch, batch, batch));
  }

  /** One of four points for each copy. */
  private static float[] noise() {
    float r = (float) Math.sqrt(LATENTS);
    float[] points = {r, 0, -r, 0, 0, r, 0, -r};
    float[] noise = new float[4 * IMAGES * LATENTS];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = points[i / (IMAGES * LATENTS) * LATENTS + i % LATENTS];
    }
    return noise;
  }

  private static float[] flat() {
    float[] transposed = new float[LATENTS * PIXELS];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i] = (float) W[i % PIXELS][i / PIXELS];
    }
    return transposed;
  }

  @Test
  void fullCovarianceReachesTheEvidenceAndTheDiagonalMissesItByWhatTheorySays() {
    assertTrue(gap() > 0.3, "the posterior must be correlated, the gap is " + gap());
    assertEquals(evidence(), bound(new FullCovariance()), 0.01);
    assertEquals(evidence() - gap(), bound(new DiagonalGaussian()), 0.01);
  }
}
