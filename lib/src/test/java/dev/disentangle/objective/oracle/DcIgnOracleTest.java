package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.Spots;
import dev.disentangle.objective.TinyNetworks;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * DC-IGN's batches, and its rule for the encoder's gradient (Kulkarni et al. 2015, section 3.2).
 */
class DcIgnOracleTest {

  private static final int BATCH = TinyStep.BATCH;
  private static final int LATENTS = TinyStep.LATENTS;
  private static final double CLAMPING = 0.3;
  private static final double H = 1e-5;

  private static final DcIgn METHOD = new DcIgn(CLAMPING, TinyStep.STILL);

  /**
   * The encoder's rule is no loss's gradient, but with its numbers {@code g} held fixed it is the
   * gradient of {@code sum g_ij z_ij + KL}. The decoder minimises the reconstruction from clamped
   * codes, which are held fixed too.
   */
  @Test
  void clampedTraining() {
    Set<Integer> seen = new HashSet<>();
    for (long number = 0; number < 8; number++) {
      int factor = factorThatVaries(number);
      seen.add(factor);
      TinyStep step = TinyStep.of(METHOD, number);
      PlainPass pass = PlainPass.of(step);
      double[][] clamped = clamped(pass.z(), factor);
      double[][] rule = rule(step, pass.z(), clamped, factor);
      step.requireTerm(Terms.RECONSTRUCTION, reconstruction(step, clamped));
      step.requireTerm(Terms.KL, kl(pass, factor));
      step.requireTerm(Terms.LOSS, reconstruction(step, clamped) + kl(pass, factor));
      step.requireTerm(DcIgn.CLAMPED_VARIANCE, spread(pass.z(), factor));
      step.requireGradient(
          "autoencoder",
          () -> {
            PlainPass moved = PlainPass.of(step);
            double sum = kl(moved, factor) + reconstruction(step, clamped);
            for (int i = 0; i < BATCH; i++) {
              for (int j = 0; j < LATENTS; j++) {
                sum += rule[i][j] * moved.z()[i][j];
              }
            }
            return sum;
          });
    }
    assertEquals(Set.of(0, 1, 2), seen, "all factors take their turn");
  }

  private static double mean(double[][] z, int latent) {
    return Arrays.stream(z).mapToDouble(row -> row[latent]).sum() / z.length;
  }

  /** Every latent but one is the batch's mean. */
  private static double[][] clamped(double[][] z, int factor) {
    double[][] clamped = new double[BATCH][LATENTS];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS; j++) {
        clamped[i][j] = j == factor ? z[i][j] : mean(z, j);
      }
    }
    return clamped;
  }

  private static double[][] rule(TinyStep step, double[][] z, double[][] clamped, int factor) {
    double[][] rule = new double[BATCH][LATENTS];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS; j++) {
        // The loss is a mean over the batch, and so the pull is divided by its size.
        rule[i][j] = CLAMPING * (z[i][j] - mean(z, j)) / BATCH;
      }
      double kept = clamped[i][factor];
      clamped[i][factor] = kept + H;
      double ahead = reconstruction(step, clamped);
      clamped[i][factor] = kept - H;
      rule[i][factor] = (ahead - reconstruction(step, clamped)) / (2 * H);
      clamped[i][factor] = kept;
    }
    return rule;
  }

  private static double reconstruction(TinyStep step, double[][] z) {
    double[][] logits = step.network("decoder").of(z);
    return new PlainPass(step.images(0), z, z, z, logits).reconstruction();
  }

  private static double kl(PlainPass pass, int latent) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double mean = pass.mean()[i][latent];
      double variance = Math.exp(pass.logVariance()[i][latent]);
      sum += 0.5 * (mean * mean + variance - Math.log(variance) - 1);
    }
    return sum / BATCH;
  }

  private static double spread(double[][] z, int factor) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS; j++) {
        sum += j == factor ? 0 : Math.pow(z[i][j] - mean(z, j), 2);
      }
    }
    return sum / (BATCH * (LATENTS - 1));
  }

  /** Draws a batch and finds the one factor that is not the same in all its images. */
  private static int factorThatVaries(long number) {
    ImageData data = TinyNetworks.data();
    FactorSpace space = (FactorSpace) data.factors().orElseThrow();
    int[] batch = indices(data, 40, number, number);
    int varying = -1;
    for (int f = 0; f < space.count(); f++) {
      int factor = f;
      int[] values = Arrays.stream(batch).map(i -> space.value(i, factor)).toArray();
      if (Arrays.stream(values).distinct().count() > 1) {
        assertEquals(-1, varying, "only one factor varies");
        varying = f;
        int[] counts = new int[space.classes(factor)];
        Arrays.stream(values).forEach(value -> counts[value]++);
        assertTrue(
            IntStream.of(counts).allMatch(count -> count == 40 / counts.length),
            "all values, equally often: " + Arrays.toString(counts));
      }
    }
    return varying;
  }

  @Test
  void theOtherFactorsAreDrawnAnewForEveryBatch() {
    ImageData data = TinyNetworks.data();
    FactorSpace space = (FactorSpace) data.factors().orElseThrow();
    Set<Integer> fixed = new HashSet<>();
    int factor = factorThatVaries(0);
    for (int seed = 0; seed < 100; seed++) {
      fixed.add(space.with(indices(data, 3, 0, seed)[0], factor, 0));
    }
    int others = space.size() / space.classes(factor);
    assertEquals(others, fixed.size(), "every combination of the others occurs");
  }

  private static int[] indices(ImageData data, int count, long number, long seed) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(METHOD, manager, LATENTS, BATCH);
      int[] indices = learner.indices(0, data, count, number, new SplittableRandom(seed));
      learner.players().forEach(Player::close);
      return indices;
    }
  }

  /** With one factor there is nothing to clamp. */
  @Test
  void oneFactorLeavesNothingToClamp() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(METHOD, new Spots(1, 40), manager, 1, BATCH);
      NDArray images = manager.ones(new Shape(BATCH, 1, 4, 4), DataType.FLOAT64);
      Step step = new Step(0, manager, List.of(images), 3);
      LossTerms terms = GradientMode.recording(() -> learner.step(step));
      assertEquals(0, terms.asMap().get(DcIgn.CLAMPED_VARIANCE).getDouble());
      learner.players().forEach(Player::close);
    }
  }
}
