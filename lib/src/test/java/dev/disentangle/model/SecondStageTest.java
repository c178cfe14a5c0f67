package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Blobs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second stage of codes on a known line. */
class SecondStageTest {

  private static final int BATCH = 128;
  private static final int SAMPLES = 2_000;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private SecondStage.OfLatents stage() {
    return new SecondStage(32)
        .build(
            new PriorFamily.Model(
                new Blobs(), 2, null, manager, DataType.FLOAT32, new SplittableRandom(1)));
  }

  /** Distance from the line z2 = 1 - 2 z1, and the first coordinate's mean and deviation. */
  private double[] measured(SecondStage.OfLatents stage) {
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(4));
    float[] z = stage.sample(SAMPLES, noise).toFloatArray();
    double distance = 0;
    double mean = 0;
    double square = 0;
    for (int i = 0; i < SAMPLES; i++) {
      distance += Math.abs(z[2 * i + 1] + 2 * z[2 * i] - 1) / Math.sqrt(5) / SAMPLES;
      mean += z[2 * i] / SAMPLES;
      square += z[2 * i] * z[2 * i] / SAMPLES;
    }
    return new double[] {distance, mean, Math.sqrt(square - mean * mean)};
  }

  @Test
  void samplesFollowTheLineOnWhichCodesLie() {
    SecondStage.OfLatents stage = stage();
    assertTrue(measured(stage)[0] > 0.4, "before it has learned");
    try (Player player = new Player("second stage", Adam.of(1e-2), stage.networks())) {
      for (int number = 0; number < 500; number++) {
        try (NDManager scope = manager.newSubManager()) {
          Step step = new Step(number, scope, List.of(), number);
          SplittableRandom random = new SplittableRandom(number);
          float[] codes = new float[2 * BATCH];
          for (int i = 0; i < BATCH; i++) {
            // Codes of deviation 0.4 about 0.5, far from filling N(0, I).
            double t = 0.5 + 0.4 * random.nextGaussian();
            codes[2 * i] = (float) t;
            codes[2 * i + 1] = (float) (1 - 2 * t + 0.02 * random.nextGaussian());
          }
          NDArray z = scope.create(codes, new Shape(BATCH, 2));
          GradientMode.recording(
              () -> {
                step.minimise(player, stage.loss(z, step.noise()));
                return null;
              });
          step.update();
        }
      }
    }
    double[] found = measured(stage);
    // Draws from N(0, I) are 0.9 from the line, and have a deviation of 1.
    assertTrue(found[0] < 0.1, "mean distance " + found[0]);
    assertEquals(0.5, found[1], 0.1);
    assertEquals(0.4, found[2], 0.1);
  }

  /** By hand: {@code -log N(z; f(u), g^2 I) + KL} with the noise that is drawn. */
  @Test
  void theLossIsTheBoundOfCodes() {
    SecondStage.OfLatents stage = stage();
    float[] codes = {0.3f, -1, 2, 0.5f};
    NDArray z = manager.create(codes, new Shape(2, 2));
    NDArray outputs = stage.encoder().forward(z);
    SplittableRandom noise = new SplittableRandom(6);
    float[] u = new float[4];
    double expected = 0;
    for (int i = 0; i < 4; i++) {
      double mean = outputs.getFloat(i / 2, i % 2);
      double logVariance = outputs.getFloat(i / 2, 2 + i % 2);
      u[i] = (float) (mean + Math.exp(logVariance / 2) * noise.nextGaussian());
      expected += 0.5 * (mean * mean + Math.exp(logVariance) - logVariance - 1) / 2;
    }
    try (NDArray log = manager.create(new float[] {-0.7f}, new Shape(1, 1))) {
      Operations.assign(stage.deviation().parameters().get(0), log);
    }
    NDArray decoded = stage.decoder().forward(manager.create(u, new Shape(2, 2)));
    for (int i = 0; i < 4; i++) {
      double error = (codes[i] - decoded.getFloat(i / 2, i % 2)) / Math.exp(-0.7);
      expected += (0.5 * (error * error + Math.log(2 * Math.PI)) - 0.7) / 2;
    }
    Noise same = new Noise(manager, DataType.FLOAT32, new SplittableRandom(6));
    assertEquals(expected, stage.loss(z, same).getFloat(), 1e-4);
    assertThrows(IllegalArgumentException.class, () -> new SecondStage(0));
  }

  /** To the first stage it is the standard normal prior; what is drawn has the second's noise. */
  @Test
  void theFirstStageSeesAStandardNormalPrior() {
    SecondStage family = new SecondStage(32);
    assertFalse(family.isLearned());
    assertTrue(family.hasIndependentLatents());
    SecondStage.OfLatents stage = stage();
    assertTrue(stage.isStandardNormal());
    NDArray z = manager.create(new float[] {0.3f, -1}, new Shape(1, 2));
    double expected = -0.5 * (0.09 + 1) - Math.log(2 * Math.PI);
    assertEquals(expected, stage.logDensity(z).getFloat(), 1e-5);
    NDArray deviation = stage.deviation().parameters().get(0);
    Operations.assign(deviation, manager.create(new float[] {-0.7f}, new Shape(1, 1)));
    Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(4));
    float[] drawn = stage.sample(3, noise).toFloatArray();
    Noise same = new Noise(manager, DataType.FLOAT32, new SplittableRandom(4));
    NDArray u = same.normal(3, 2);
    float[] mean = GradientMode.paused(() -> stage.decoder().forward(u)).toFloatArray();
    float[] pixel = same.normal(3, 2).toFloatArray();
    for (int i = 0; i < drawn.length; i++) {
      assertEquals(mean[i] + Math.exp(-0.7) * pixel[i], drawn[i], 1e-5);
    }
  }
}
