package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Posterior;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a method's own term does to the codes, in a few steps of networks of six units. */
class TinyBehaviourTest {

  private static final ImageData SPOTS = new Spots();
  private static final int BATCH = 64;
  private static final int LATENTS = 3;
  private static final Adam FAST = Adam.of(1e-2, 0.5, 0.9);

  /** Posteriors of some seventy images, {@code [image][latent]}. */
  private record Posteriors(double[][] means, double[][] variances) {

    /** {@code KL(q(z) || prod_j q(z_j))} of their mixture, from ten samples of each. */
    double totalCorrelation() {
      SplittableRandom random = new SplittableRandom(5);
      int size = means.length;
      double sum = 0;
      for (int i = 0; i < 10 * size; i++) {
        double[] z = new double[LATENTS];
        for (int j = 0; j < LATENTS; j++) {
          double deviation = Math.sqrt(variances[i % size][j]);
          z[j] = means[i % size][j] + deviation * random.nextGaussian();
        }
        double joint = 0;
        double[] marginals = new double[LATENTS];
        for (int k = 0; k < size; k++) {
          double product = 1;
          for (int j = 0; j < LATENTS; j++) {
            double error = z[j] - means[k][j];
            double one =
                Math.exp(-error * error / variances[k][j] / 2) / Math.sqrt(variances[k][j]);
            product *= one;
            marginals[j] += one / size;
          }
          joint += product / size;
        }
        sum += Math.log(joint) - Arrays.stream(marginals).map(Math::log).sum();
      }
      return sum / (10 * size);
    }

    double kl() {
      double sum = 0;
      for (int i = 0; i < means.length; i++) {
        for (int j = 0; j < LATENTS; j++) {
          double variance = variances[i][j];
          sum += 0.5 * (means[i][j] * means[i][j] + variance - Math.log(variance) - 1);
        }
      }
      return sum / means.length;
    }

    /** How far the codes' mean and variance are from 0 and 1, the worst of all latents. */
    double distanceFromPrior() {
      double worst = 0;
      for (int j = 0; j < LATENTS; j++) {
        double mean = 0;
        double square = 0;
        for (int i = 0; i < means.length; i++) {
          mean += means[i][j] / means.length;
          square += (means[i][j] * means[i][j] + variances[i][j]) / means.length;
        }
        worst = Math.max(worst, Math.max(Math.abs(mean), Math.abs(square - mean * mean - 1)));
      }
      return worst;
    }
  }

  /** Trains with an encoder whose weights were scaled, and returns the posteriors then. */
  private static Posteriors after(Objective method, int steps, double scale) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      // Pixels this exact are worth more nats than a divergence from the prior costs.
      Assembly assembly =
          TinyNetworks.assembly(
              method, SPOTS, new Likelihood.Gaussian(0.1), manager, LATENTS, BATCH);
      Learner learner = TinyNetworks.learner(method, assembly);
      List<NDArray> encoder = learner.players().get(0).networks().get(0).parameters();
      for (NDArray weight : encoder) {
        TinyNetworks.set(
            weight, Arrays.stream(weight.toDoubleArray()).map(w -> scale * w).toArray());
      }
      for (int step = 0; step < steps; step++) {
        step(learner, manager, step);
      }
      Posteriors found = posteriors(learner, manager);
      learner.players().forEach(Player::close);
      return found;
    }
  }

  private static void step(Learner learner, NDManager manager, int number) {
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> batches = new ArrayList<>();
      for (int batch = 0; batch < learner.batchesPerStep(); batch++) {
        SplittableRandom random = new SplittableRandom(31L * number + batch);
        batches.add(images(scope, learner.indices(0, SPOTS, BATCH, number, random)));
      }
      Step step = new Step(number, scope, batches, number);
      GradientMode.recording(() -> learner.step(step));
      step.update();
    }
  }

  private static NDArray images(NDManager scope, int... indices) {
    float[] pixels = new float[indices.length * 16];
    SPOTS.read(indices, pixels);
    NDArray single = scope.create(pixels, new Shape(indices.length, 1, 4, 4));
    return single.toType(DataType.FLOAT64, false);
  }

  private static Posteriors posteriors(Learner learner, NDManager manager) {
    int[] some = IntStream.range(0, SPOTS.size()).filter(i -> i % 23 == 0).toArray();
    NDArray images = images(manager, some);
    Posterior found = GradientMode.paused(() -> learner.autoencoder().encode(images));
    double[][] means = new double[some.length][LATENTS];
    double[][] variances = new double[some.length][LATENTS];
    double[] mean = found.mean().toDoubleArray();
    double[] logVariance = found.logVariance().toDoubleArray();
    for (int i = 0; i < mean.length; i++) {
      means[i / LATENTS][i % LATENTS] = mean[i];
      variances[i / LATENTS][i % LATENTS] = Math.exp(logVariance[i]);
    }
    return new Posteriors(means, variances);
  }

  static Stream<List<Objective>> totalCorrelations() {
    BetaTcVae.Sampling stratified = BetaTcVae.Sampling.STRATIFIED;
    BetaTcVae.Sampling weighted = BetaTcVae.Sampling.WEIGHTED;
    SecondBatch second = SecondBatch.INDEPENDENT;
    return Stream.of(
        List.of(new FactorVae(0, second, 1, FAST, FAST), new FactorVae(20, second, 1, FAST, FAST)),
        List.of(
            new BetaTcVae(0, 0, 1, stratified, FAST), new BetaTcVae(0, 10, 1, stratified, FAST)),
        List.of(new BetaTcVae(0, 0, 1, weighted, FAST), new BetaTcVae(0, 10, 1, weighted, FAST)));
  }

  @ParameterizedTest
  @MethodSource("totalCorrelations")
  void moreWeightGivesLessTrueTotalCorrelation(List<Objective> methods) {
    double none = after(methods.get(0), 100, 1).totalCorrelation();
    double much = after(methods.get(1), 100, 1).totalCorrelation();
    assertTrue(much < 0.5 * none, "without weight " + none + ", with it " + much);
  }

  static Stream<Objective> penalties() {
    WaeMmd.Kernel inverse = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    WaeMmd.Kernel gaussian = WaeMmd.Kernel.GAUSSIAN;
    return Stream.of(
        new Drawn(new WaeMmd(100, inverse, 0, FAST)),
        new Drawn(new WaeMmd(100, gaussian, 0, FAST)),
        new Drawn(new WaeGan(10, 0, FAST, FAST)),
        new Drawn(new Aae(FAST, FAST, FAST)),
        new DipVae(DipVae.Version.II, 10, 10, FAST),
        new BetaVae(4, FAST));
  }

  /**
   * Codes start far wider than the prior. Not so for the Gaussian kernel: its width follows the
   * codes', and the discrepancy of codes that are much too wide falls as they get wider still.
   */
  private static double scale(Objective method) {
    return method instanceof Drawn drawn
            && drawn.method() instanceof WaeMmd mmd
            && mmd.kernel() == WaeMmd.Kernel.GAUSSIAN
        ? 0.3
        : 3;
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void aPenaltyMovesCodesTowardsThePrior(Objective method) {
    double before = after(method, 0, scale(method)).distanceFromPrior();
    double then = after(method, 80, scale(method)).distanceFromPrior();
    assertTrue(then < 0.5 * before, "before " + before + ", then " + then);
  }

  /** The divergence starts at 0.01 or at 14 nats, and is to become 3. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 3})
  void controlledCapacityPushesTheDivergenceUpAndDown(double scale) {
    CapacityVae method = new CapacityVae(100, 3, 1, FAST);
    double before = after(method, 0, scale).kl();
    double then = after(method, 100, scale).kl();
    assertTrue(scale < 1 == before < 3, "starts at " + before);
    assertEquals(3, then, 0.3);
  }
}
