package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.training.Blobs;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an autoencoder's parts work together. */
class AutoencoderTest {

  private static final int LATENTS = 2;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private Autoencoder model(PriorFamily prior) {
    return new Assembly(
            "VAE",
            new Blobs(),
            LATENTS,
            8,
            Blobs.architecture(),
            new DiagonalGaussian(),
            prior,
            new Likelihood.Bernoulli(),
            manager,
            new SplittableRandom(1))
        .autoencoder();
  }

  private NDArray row(float... values) {
    return manager.create(values, new Shape(values.length / LATENTS, LATENTS));
  }

  private static final float[] MEANS = {0.3f, -1, 2, 0.5f};
  private static final float[] LOG_VARIANCES = {-1, 0.2f, 0, -2};
  private static final float[] SAMPLE = {0.7f, -0.4f, 1.5f, 0.6f};

  private static double gaussian(double z, double mean, double logVariance) {
    double error = z - mean;
    return -0.5 * (error * error / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
  }

  @Test
  void aClosedFormIsTakenWhereThereIsOne() {
    Autoencoder model = model(new StandardNormal());
    assertTrue(model.hasClosedForm());
    double expected = 0;
    for (int i = 0; i < MEANS.length; i++) {
      expected +=
          0.5 * (Math.exp(LOG_VARIANCES[i]) + MEANS[i] * MEANS[i] - 1 - LOG_VARIANCES[i]) / 2;
    }
    GaussianPosterior given = new GaussianPosterior(row(MEANS), row(LOG_VARIANCES));
    NDArray found = model.divergence(given, row(SAMPLE));
    assertEquals(expected, found.getFloat(), 1e-5);
  }

  /** The mean over both images of {@code log q(z|x) - log p(z)}, the prior's part by itself. */
  @Test
  void withoutAClosedFormTheSamplesEstimateTheDivergence() {
    Autoencoder model = model(new GaussianMixture(3));
    assertFalse(model.hasClosedForm());
    double expected = 0;
    for (int i = 0; i < MEANS.length; i++) {
      expected += gaussian(SAMPLE[i], MEANS[i], LOG_VARIANCES[i]) / 2;
    }
    float[] prior = model.prior().logDensity(row(SAMPLE)).toFloatArray();
    expected -= (prior[0] + (double) prior[1]) / 2;
    GaussianPosterior given = new GaussianPosterior(row(MEANS), row(LOG_VARIANCES));
    NDArray found = model.divergence(given, row(SAMPLE));
    assertEquals(expected, found.getFloat(), 1e-5);
  }

  @Test
  void thePriorsNetworksComeLast() {
    Autoencoder plain = model(new StandardNormal());
    assertEquals(2, plain.networks().size());
    Autoencoder mixture = model(new GaussianMixture(3));
    assertEquals(3, mixture.networks().size());
    assertSame(mixture.encoder(), mixture.networks().get(0));
    assertSame(mixture.decoder(), mixture.networks().get(1));
    assertSame(mixture.prior().networks().get(0), mixture.networks().get(2));
    Decoding decoding = mixture.decoding().orElseThrow();
    assertSame(mixture.decoder(), decoding.network());
    assertSame(mixture.likelihood(), decoding.likelihood());
  }

  /** What a posterior is taken for that says nothing else. */
  @Test
  void familiesSayWhatTheyCanDo() {
    PosteriorFamily plain =
        new PosteriorFamily() {
          @Override
          public int outputs(int latents) {
            return latents;
          }

          @Override
          public Posterior of(NDArray outputs, int latents) {
            return new GaussianPosterior(outputs, outputs.zerosLike());
          }
        };
    assertTrue(plain.hasDensity());
    assertFalse(plain.hasClosedForm());
    assertTrue(plain.hasIndependentLatents());
    assertFalse(new FullCovariance().hasIndependentLatents());
  }
}
