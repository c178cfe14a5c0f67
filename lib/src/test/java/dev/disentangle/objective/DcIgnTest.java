package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** DC-IGN's batches, and its rule for the encoder's gradient, in plain loops. */
class DcIgnTest {

  private static final int BATCH = 5;
  private static final int LATENTS = 3;
  private static final int PIXELS = 16;
  private static final int UNITS = 6;
  private static final double CLAMPING = 0.3;
  private static final long SEED = 3;
  private static final double H = 1e-5;

  private final double[] pixels = new SplittableRandom(9).doubles((long) BATCH * PIXELS).toArray();
  private final double[] noise = new double[BATCH * LATENTS];

  DcIgnTest() {
    SplittableRandom random = new SplittableRandom(SEED);
    Arrays.setAll(noise, i -> (float) random.nextGaussian());
  }

  /**
   * The rule is no loss's gradient, but with its numbers {@code g} held fixed it is the gradient of
   * {@code sum g_ij z_ij + KL}. With h = 1e-5 central differences of that err by about 1e-10; the
   * weight of the clamping is rounded to single precision.
   */
  @Test
  void theEncoderGetsThePapersGradient() {
    // Without decay the optimiser's mean is the gradient itself, and such a rate moves no weight.
    DcIgn method = new DcIgn(CLAMPING, Adam.of(1e-300, 0, 0.9));
    Set<Integer> seen = new HashSet<>();
    for (long number = 0; number < 8; number++) {
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        Learner learner = TinyNetworks.learner(method, manager, LATENTS, BATCH);
        Player player = learner.players().get(0);
        int factor = factorThatVaries(learner, number);
        seen.add(factor);
        List<double[]> weights = player.parameters().stream().map(NDArray::toDoubleArray).toList();
        step(learner, manager, number);
        List<double[]> given =
            player.optimizer().moments().subList(0, 4).stream()
                .map(NDArray::toDoubleArray)
                .toList();
        double[] rule = rule(weights, factor);
        for (int p = 0; p < 4; p++) {
          for (int i = 0; i < given.get(p).length; i++) {
            double expected = slope(weights, rule, factor, p, i);
            assertEquals(expected, given.get(p)[i], 1e-7, "weight " + p + ", element " + i);
          }
        }
        player.close();
      }
    }
    assertEquals(Set.of(0, 1, 2), seen, "all factors take their turn");
  }

  private void step(Learner learner, NDManager manager, long number) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = scope.create(pixels, new Shape(BATCH, 1, 4, 4));
      Step step = new Step(number, scope, List.of(images), SEED);
      GradientMode.recording(() -> learner.step(step));
      step.update();
    }
  }

  /** Draws a batch and finds the one factor that is not the same in all its images. */
  private static int factorThatVaries(Learner learner, long number) {
    ImageData data = TinyNetworks.data();
    FactorSpace space = (FactorSpace) data.factors().orElseThrow();
    int[] batch = learner.indices(data, 40, number, new SplittableRandom(number));
    int varying = -1;
    for (int f = 0; f < space.count(); f++) {
      int factor = f;
      if (Arrays.stream(batch).map(i -> space.value(i, factor)).distinct().count() > 1) {
        assertEquals(-1, varying, "only one factor varies");
        varying = f;
      }
    }
    return varying;
  }

  /** Kulkarni et al. 2015, section 3.2, per latent of each image. */
  private double[] rule(List<double[]> weights, int factor) {
    double[] z = codes(weights);
    double[] clamped = z.clone();
    double[] rule = new double[z.length];
    for (int j = 0; j < LATENTS; j++) {
      double mean = 0;
      for (int i = 0; i < BATCH; i++) {
        mean += z[i * LATENTS + j] / BATCH;
      }
      for (int i = 0; j != factor && i < BATCH; i++) {
        clamped[i * LATENTS + j] = mean;
        rule[i * LATENTS + j] = CLAMPING * (z[i * LATENTS + j] - mean) / BATCH;
      }
    }
    for (int i = 0; i < BATCH; i++) {
      double[] ahead = clamped.clone();
      ahead[i * LATENTS + factor] += H;
      double[] behind = clamped.clone();
      behind[i * LATENTS + factor] -= H;
      rule[i * LATENTS + factor] =
          (reconstruction(weights, ahead) - reconstruction(weights, behind)) / (2 * H);
    }
    return rule;
  }

  private double slope(List<double[]> weights, double[] rule, int factor, int p, int element) {
    double[] value = weights.get(p);
    double kept = value[element];
    value[element] = kept + H;
    double ahead = linear(weights, rule, factor);
    value[element] = kept - H;
    double behind = linear(weights, rule, factor);
    value[element] = kept;
    return (ahead - behind) / (2 * H);
  }

  private double linear(List<double[]> weights, double[] rule, int factor) {
    double[] z = codes(weights);
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += rule[i] * z[i];
    }
    for (int i = 0; i < BATCH; i++) {
      double[] outputs = encoded(weights, i);
      double logVariance = outputs[LATENTS + factor];
      double square = outputs[factor] * outputs[factor];
      sum += 0.5 * (square + Math.exp(logVariance) - logVariance - 1) / BATCH;
    }
    return sum;
  }

  private double[] codes(List<double[]> weights) {
    double[] z = new double[BATCH * LATENTS];
    for (int i = 0; i < z.length; i++) {
      double[] outputs = encoded(weights, i / LATENTS);
      int j = i % LATENTS;
      z[i] = outputs[j] + Math.exp(outputs[LATENTS + j] / 2) * noise[i];
    }
    return z;
  }

  private double[] encoded(List<double[]> weights, int image) {
    double[] x = Arrays.copyOfRange(pixels, image * PIXELS, (image + 1) * PIXELS);
    return network(weights.subList(0, 4), x, 2 * LATENTS);
  }

  /** The Bernoulli loss, {@code softplus(logit) - x logit}, summed over pixels. */
  private double reconstruction(List<double[]> weights, double[] z) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double[] code = Arrays.copyOfRange(z, i * LATENTS, (i + 1) * LATENTS);
      double[] logits = network(weights.subList(4, 8), code, PIXELS);
      for (int p = 0; p < PIXELS; p++) {
        sum += (Math.log1p(Math.exp(logits[p])) - pixels[i * PIXELS + p] * logits[p]) / BATCH;
      }
    }
    return sum;
  }

  private static double[] network(List<double[]> weights, double[] x, int outputs) {
    double[] hidden = dense(weights.get(0), weights.get(1), x, UNITS);
    return dense(
        weights.get(2), weights.get(3), Arrays.stream(hidden).map(Math::tanh).toArray(), outputs);
  }

  private static double[] dense(double[] weight, double[] bias, double[] x, int outputs) {
    double[] y = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      y[o] = bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }
}
