package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.disentangle.data.ImageShape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.training.Blobs;
import java.util.List;
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

  private NDArray forward(Autoencoder model, NDArray codes) {
    return GradientMode.paused(() -> model.decoder().forward(codes));
  }

  @Test
  void picturesAreTheLikelihoodsMeanOfWhatTheDecoderGives() {
    Autoencoder model = model(new StandardNormal());
    NDArray codes = row(SAMPLE);
    float[] logits = forward(model, codes).toFloatArray();
    float[] found = GradientMode.paused(() -> model.decode(codes)).toFloatArray();
    assertEquals(2 * 64, found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(1 / (1 + Math.exp(-logits[i])), found[i], 1e-6);
    }
    NDArray many = manager.ones(new Shape(2_000, LATENTS));
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(2));
    NDArray drawn = GradientMode.paused(() -> model.draw(many, noise));
    float[] shares = drawn.mean(new int[] {0}).toFloatArray();
    float[] logit = forward(model, manager.ones(new Shape(1, LATENTS))).toFloatArray();
    for (int i = 0; i < 64; i++) {
      // Bernoulli pixels: five standard errors of a share of about a half, over 64 pixels.
      assertEquals(1 / (1 + Math.exp(-logit[i])), shares[i], 5 * 0.5 / Math.sqrt(2_000));
    }
  }

  @Test
  void aModelThatCannotDecodeSaysWhatItNeeds() {
    EncoderDecoder none =
        new EncoderDecoder() {
          @Override
          public Posterior encode(NDArray images) {
            return new GaussianPosterior(images, images);
          }

          @Override
          public List<Network> networks() {
            return List.of();
          }

          @Override
          public int latents() {
            return LATENTS;
          }

          @Override
          public Prior prior() {
            return model(new StandardNormal()).prior();
          }
        };
    NDArray codes = row(SAMPLE);
    assertTrue(none.decoding().isEmpty());
    String decode =
        assertThrows(IllegalStateException.class, () -> none.decode(codes)).getMessage();
    assertTrue(decode.endsWith(" needs a decode(...) or a decoding()"), decode);
    String draw =
        assertThrows(IllegalStateException.class, () -> none.draw(codes, null)).getMessage();
    assertTrue(draw.endsWith(" needs a decoding()"), draw);
    assertTrue(draw.startsWith(none.toString()), draw);
  }

  @Test
  void uniformNoiseFillsItsRange() {
    Noise noise = new Noise(manager, DataType.FLOAT64, new SplittableRandom(2));
    NDArray drawn = noise.uniform(-1, 3, 40, 50);
    assertEquals(new Shape(40, 50), drawn.getShape());
    assertEquals(DataType.FLOAT64, drawn.getDataType());
    assertTrue(drawn.min().getDouble() >= -1 && drawn.max().getDouble() < 3);
    // Four standard errors of 2,000 draws with a deviation of 4 / sqrt(12).
    assertEquals(1, drawn.mean().getDouble(), 4 * 4 / Math.sqrt(12 * 2_000));
    assertEquals(16 / 12.0, drawn.sub(1).square().mean().getDouble(), 0.11);
  }

  /** Of an architecture that has only the three networks of an autoencoder with a critic. */
  @Test
  void otherNetworksAreThoseByDefault() {
    Architecture own =
        new Architecture() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public Block encoder(ImageShape images, int outputs) {
            return Blobs.architecture().encoder(images, outputs);
          }

          @Override
          public Block decoder(int latents, ImageShape images) {
            return Blobs.architecture().decoder(latents, images);
          }

          @Override
          public Block discriminator(int latents, int outputs) {
            return Blobs.architecture().discriminator(latents, outputs);
          }
        };
    ImageShape images = new ImageShape(1, 8, 8);
    Shape one = new Shape(1, 1, 8, 8);
    assertEquals(new Shape(1, 3), output(own.imageDiscriminator(images, 3), one));
    assertEquals(new Shape(1, 128), output(own.imageFeatures(images), one));
    assertEquals(new Shape(1, 2), output(own.featureJudge(5, 2), new Shape(1, 5)));
  }

  private static Shape output(Block block, Shape input) {
    return block.getOutputShapes(new Shape[] {input})[0];
  }
}
