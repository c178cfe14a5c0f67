package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mixture's prior against plain sums over the outputs of its network. */
class ClusteredPriorTest {

  private static final int LATENTS = 2;
  private static final int CLUSTERS = 3;
  private static final int MIXING = 4;
  private static final int HIDDEN = 5;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ClusteredPrior.OfClusters prior =
      new ClusteredPrior(CLUSTERS, MIXING, HIDDEN)
          .build(
              new PriorFamily.Model(
                  new Blobs(), LATENTS, null, manager, DataType.FLOAT32, new SplittableRandom(1)));

  @AfterEach
  void close() {
    manager.close();
  }

  private Noise noise() {
    return new Noise(manager, DataType.FLOAT32, new SplittableRandom(9));
  }

  private NDArray normal(int rows, int columns) {
    return new Noise(manager, DataType.FLOAT32, new SplittableRandom(3)).normal(rows, columns);
  }

  /** Outputs that do not depend on {@code w}: means, then logarithms of variances, per cluster. */
  private static final float[] OUTPUTS = {-2, 1, -1, 0.5f, 3, 0, 0.3f, -2, 0, -4, 0, 1};

  private void fixOutputs() {
    List<NDArray> weights = prior.components().parameters();
    NDArray last = weights.get(weights.size() - 2);
    Operations.assign(last, last.zerosLike());
    NDArray bias = weights.get(weights.size() - 1);
    Operations.assign(bias, manager.create(OUTPUTS, bias.getShape()));
  }

  @Test
  void oneNetworkGivesEveryClusterItsMeansAndVariances() {
    List<Shape> shapes = prior.components().parameters().stream().map(NDArray::getShape).toList();
    Shape hidden = new Shape(HIDDEN, MIXING);
    Shape last = new Shape(2 * LATENTS * CLUSTERS, HIDDEN);
    assertEquals(hidden, shapes.get(0));
    assertEquals(last, shapes.get(2));
    assertEquals(List.of(prior.components()), prior.networks());
    assertEquals(CLUSTERS, prior.classes());
    NDArray w = normal(2, MIXING);
    float[] outputs = GradientMode.paused(() -> prior.components().forward(w)).toFloatArray();
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      GaussianPosterior own = prior.component(w, cluster);
      for (int i = 0; i < 2; i++) {
        int from = i * 2 * LATENTS * CLUSTERS + 2 * LATENTS * cluster;
        for (int j = 0; j < LATENTS; j++) {
          assertEquals(outputs[from + j], own.mean().getFloat(i, j), 1e-6);
          assertEquals(outputs[from + LATENTS + j], own.logVariance().getFloat(i, j), 1e-6);
        }
      }
    }
  }

  @Test
  void responsibilitiesFollowBayesRule() {
    NDArray z = normal(4, LATENTS);
    NDArray w = normal(4, MIXING);
    float[] outputs = GradientMode.paused(() -> prior.components().forward(w)).toFloatArray();
    NDArray found = GradientMode.paused(() -> prior.logResponsibilities(z, w));
    assertEquals(new Shape(4, CLUSTERS), found.getShape());
    for (int i = 0; i < 4; i++) {
      double[] log = new double[CLUSTERS];
      double sum = 0;
      for (int c = 0; c < CLUSTERS; c++) {
        for (int j = 0; j < LATENTS; j++) {
          int at = i * 2 * LATENTS * CLUSTERS + 2 * LATENTS * c + j;
          double error = z.getFloat(i, j) - outputs[at];
          double logVariance = outputs[at + LATENTS];
          log[c] -= 0.5 * (error * error / Math.exp(logVariance) + logVariance);
        }
        sum += Math.exp(log[c]);
      }
      for (int c = 0; c < CLUSTERS; c++) {
        // Single precision.
        assertEquals(log[c] - Math.log(sum), found.getFloat(i, c), 1e-5);
      }
    }
  }

  @Test
  void samplesOfAClusterHaveItsMomentsAndItsLabel() {
    fixOutputs();
    int draws = 20_000;
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      NDArray drawn = prior.sample(cluster, draws, noise());
      assertEquals(new Shape(draws, LATENTS + CLUSTERS), drawn.getShape());
      float[] label = new float[CLUSTERS];
      label[cluster] = 1;
      NDArray labels = drawn.get(":, {}:", LATENTS);
      assertArrayEquals(label, labels.mean(new int[] {0}).toFloatArray());
      for (int j = 0; j < LATENTS; j++) {
        double mean = OUTPUTS[2 * LATENTS * cluster + j];
        double variance = Math.exp(OUTPUTS[2 * LATENTS * cluster + LATENTS + j]);
        NDArray column = drawn.get(":, {}", j);
        double found = column.mean().getFloat();
        // Four standard errors of a mean and of a variance.
        assertEquals(mean, found, 4 * Math.sqrt(variance / draws));
        double spread = column.sub((float) found).square().mean().getFloat();
        assertEquals(variance, spread, 4 * variance * Math.sqrt(2.0 / draws));
      }
    }
  }

  @Test
  void clustersAreEquallyLikely() {
    fixOutputs();
    int draws = 6_000;
    NDArray drawn = prior.sample(draws, noise());
    float[] shares = drawn.get(":, {}:", LATENTS).mean(new int[] {0}).toFloatArray();
    float[] first = drawn.get(":, 0").toFloatArray();
    double[] sums = new double[CLUSTERS];
    for (int i = 0; i < draws; i++) {
      for (int c = 0; c < CLUSTERS; c++) {
        sums[c] += drawn.getFloat(i, LATENTS + c) == 1 ? first[i] : 0;
      }
    }
    for (int c = 0; c < CLUSTERS; c++) {
      // Four standard errors of a share of a third: 4 sqrt(2 / 9 / 6000).
      assertEquals(1.0 / CLUSTERS, shares[c], 0.025);
      // A deviation of at most 1.2, over some 2,000 draws.
      assertEquals(OUTPUTS[2 * LATENTS * c], sums[c] / (draws * shares[c]), 4 * 1.2 / 40);
    }
  }

  /** The network sees the same {@code w} as the code is drawn with: it moves the code. */
  @Test
  void mixingMovesTheMeans() {
    NDArray drawn = prior.sample(0, 500, noise());
    NDArray w = noise().normal(500, MIXING);
    GaussianPosterior given = GradientMode.paused(() -> prior.component(w, 0));
    NDArray error = drawn.get(":, :{}", LATENTS).sub(given.mean());
    NDArray standard = error.div(given.logVariance().div(2f).exp());
    assertEquals(1, standard.square().mean().getFloat(), 4 * Math.sqrt(2.0 / 1_000));
  }

  @Test
  void thereIsNoDensityWithoutTheMixing() {
    assertThrows(UnsupportedOperationException.class, () -> prior.logDensity(normal(1, 5)));
  }
}
