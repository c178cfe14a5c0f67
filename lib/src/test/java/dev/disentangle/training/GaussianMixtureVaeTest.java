package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.labelled.ClusteredAutoencoder;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Gaussian-mixture VAE: its terms against sums in double, and clusters that it finds. */
class GaussianMixtureVaeTest {

  private static final int LATENTS = 2;
  private static final int MIXING = 2;
  private static final int CLUSTERS = 3;
  private static final int BATCH = 6;

  private final Clusters images = new Clusters();

  private static double[][] rows(NDArray array) {
    float[] flat = GradientMode.paused(() -> Operations.contiguous(array)).toFloatArray();
    int width = Math.toIntExact(array.getShape().get(1));
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }

  private static double[][] drawn(GaussianPosterior q, SplittableRandom random) {
    double[][] z = rows(q.mean());
    double[][] logVariance = rows(q.logVariance());
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < z[i].length; j++) {
        z[i][j] += Math.exp(logVariance[i][j] / 2) * random.nextGaussian();
      }
    }
    return z;
  }

  private static double kl(double m, double v, double m2, double v2) {
    return 0.5 * ((Math.exp(v) + (m - m2) * (m - m2)) / Math.exp(v2) - 1 + v2 - v);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 5})
  void everyTermIsItsSum(double minimum) {
    Adam still = Adam.of(1e-12);
    GaussianMixtureVae method = new GaussianMixtureVae(CLUSTERS, MIXING, 8, minimum, still);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner =
          method.learner(
              new Assembly(
                  method.name(),
                  images,
                  LATENTS,
                  BATCH,
                  Blobs.architecture(),
                  new DiagonalGaussian(),
                  method.defaultPrior(),
                  new Likelihood.Bernoulli(),
                  manager,
                  new SplittableRandom(2)));
      ClusteredAutoencoder model = (ClusteredAutoencoder) learner.autoencoder();
      float[] pixels = new float[BATCH * 64];
      images.read(new int[] {0, 5, 9, 13, 18, 23}, pixels);
      NDArray x = manager.create(pixels, new Shape(BATCH, 1, 8, 8));
      LossTerms terms =
          GradientMode.recording(() -> learner.step(new Step(0, manager, List.of(x), 7)));

      SplittableRandom random = new SplittableRandom(7);
      ClusteredAutoencoder.Posteriors q = model.posteriors(x);
      double[][] z = drawn(q.z(), random);
      double[][] w = drawn(q.w(), random);
      float[] flat = new float[BATCH * MIXING];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = (float) w[i / MIXING][i % MIXING];
      }
      double[][] outputs =
          rows(model.prior().components().forward(manager.create(flat, new Shape(BATCH, MIXING))));
      double[][] mean = rows(q.z().mean());
      double[][] logVariance = rows(q.z().logVariance());
      double[][] mixingMean = rows(q.w().mean());
      double[][] mixingLog = rows(q.w().logVariance());
      double conditional = 0;
      double mixing = 0;
      double cluster = 0;
      for (int i = 0; i < BATCH; i++) {
        double[] density = new double[CLUSTERS];
        double[] divergence = new double[CLUSTERS];
        double total = 0;
        for (int k = 0; k < CLUSTERS; k++) {
          density[k] = 1;
          for (int j = 0; j < LATENTS; j++) {
            double m = outputs[i][2 * LATENTS * k + j];
            double v = outputs[i][2 * LATENTS * k + LATENTS + j];
            double error = z[i][j] - m;
            density[k] *= Math.exp(-0.5 * (error * error / Math.exp(v) + v));
            divergence[k] += kl(mean[i][j], logVariance[i][j], m, v);
          }
          total += density[k];
        }
        for (int k = 0; k < CLUSTERS; k++) {
          double p = density[k] / total;
          conditional += p * divergence[k] / BATCH;
          cluster += p * Math.log(p * CLUSTERS) / BATCH;
        }
        for (int j = 0; j < MIXING; j++) {
          mixing += kl(mixingMean[i][j], mixingLog[i][j], 0, 0) / BATCH;
        }
      }
      // Single precision.
      assertEquals(conditional, value(terms, GaussianMixtureVae.CONDITIONAL_KL), 1e-5);
      assertEquals(mixing, value(terms, GaussianMixtureVae.MIXING_KL), 1e-5);
      assertEquals(cluster, value(terms, GaussianMixtureVae.CLUSTER_KL), 1e-5);
      double reconstruction = value(terms, Terms.RECONSTRUCTION);
      double loss = reconstruction + conditional + mixing + Math.max(minimum, cluster);
      assertEquals(loss, value(terms, Terms.LOSS), 1e-4);
      learner.players().forEach(Player::close);
    }
  }

  private static double value(LossTerms terms, String name) {
    return terms.asMap().get(name).getFloat();
  }

  @Test
  void threeKindsOfImagesBecomeThreeClusters() {
    GaussianMixtureVae method = new GaussianMixtureVae(CLUSTERS, 1, 16, 0, Adam.of(1e-2));
    try (Training training =
        Training.of(method, images)
            .latents(LATENTS)
            .batchSize(12)
            .seed(2)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      training.run(300);
      int[] all = IntStream.range(0, images.size()).toArray();
      float[][] codes = training.model().encode(images, all).means();
      int[][] table = new int[CLUSTERS][CLUSTERS];
      for (int image : all) {
        int best = 0;
        for (int k = 1; k < CLUSTERS; k++) {
          best = codes[image][LATENTS + k] > codes[image][LATENTS + best] ? k : best;
        }
        table[best][images.factors().get().value(image, 0)]++;
      }
      int right = 0;
      for (int[] cluster : table) {
        right += IntStream.of(cluster).max().getAsInt();
      }
      assertTrue(right > 0.9 * all.length, Arrays.deepToString(table));
      List<Image> samples = training.model().sample(0, 5, 1);
      assertEquals(5, samples.size());
    }
  }
}
