package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Network;
import dev.disentangle.objective.estimator.Pretraining;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first steps of the Wasserstein autoencoders, in which only the encoder learns. */
class PretrainingTest {

  private static final int BATCH = 8;
  private static final int LATENTS = 3;
  private static final int PRETRAINING = 30;
  private static final double RATE = 1e-3;
  private static final int STEPS = 200;
  private static final int POSITIONS = 2;
  private static final int USUAL_BATCH = 64;
  private static final ImageData SPOTS = new Spots();

  static Stream<Objective> methods() {
    Adam adam = Adam.of(RATE, 0.5, 0.999);
    WaeMmd.Kernel kernel = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    return Stream.of(
        new WaeMmd(1, kernel, PRETRAINING, adam), new WaeGan(1, PRETRAINING, adam, adam));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void onlyTheEncoderMovesAndEveryOtherNetworkStartsAfresh(Objective method) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(method, manager, LATENTS, BATCH);
      List<Network> networks =
          learner.players().stream().flatMap(p -> p.networks().stream()).distinct().toList();
      Network encoder = networks.get(0);
      List<Network> others = networks.subList(1, networks.size());
      double[] encoderAtFirst = values(encoder);
      List<double[]> atFirst = others.stream().map(PretrainingTest::values).toList();
      for (int step = 0; step < PRETRAINING; step++) {
        step(learner, manager, step);
      }
      for (int i = 0; i < others.size(); i++) {
        assertArrayEquals(atFirst.get(i), values(others.get(i)), others.get(i).name());
      }
      // Adam's steps are about one rate long while gradients keep their sign.
      double moved = largest(encoderAtFirst, values(encoder));
      assertTrue(moved > PRETRAINING * RATE / 2, "the encoder has moved by " + moved);
      step(learner, manager, PRETRAINING);
      for (int i = 0; i < others.size(); i++) {
        // Adam's first step is one rate long, whatever the gradient (Kingma & Ba 2015, 2.1).
        assertEquals(RATE, largest(atFirst.get(i), values(others.get(i))), 1e-3 * RATE);
      }
      learner.players().forEach(Player::close);
    }
  }

  /** The published number of steps; their rate suits networks of six units. */
  static Stream<Objective> publishedSteps() {
    Adam adam = Adam.of(1e-2, 0.5, 0.999);
    WaeMmd.Kernel kernel = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    return Stream.of(new WaeMmd(1, kernel, STEPS, adam), new WaeGan(1, STEPS, adam, adam));
  }

  /**
   * Changes go unnoticed that ask for a loss of at most 0.1 in place of below it, which no loss is
   * exactly, or that copy or leave a number which has the right type already.
   */
  @ParameterizedTest
  @MethodSource("publishedSteps")
  void theCodesEndWithThePriorsDeviation(Objective method) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(method, SPOTS, manager, POSITIONS, USUAL_BATCH);
      Player pretrainer = learner.players().get(learner.players().size() - 1);
      for (NDArray weight : pretrainer.parameters()) {
        double[] smaller = Arrays.stream(weight.toDoubleArray()).map(w -> w / 5).toArray();
        TinyNetworks.set(weight, smaller);
      }
      for (double deviation : deviations(learner, manager)) {
        assertTrue(deviation < 0.05, "all codes start close together, at " + deviation);
      }
      int step = 0;
      while (pretrainer.optimizer().step() == step && step < STEPS) {
        assertEquals(Pretraining.IMAGES, indices(learner, step).length);
        step(learner, manager, step, indices(learner, step));
        step++;
      }
      for (double deviation : deviations(learner, manager)) {
        // The loss of both latents was below 0.2: (1 - v)^2 for a variance v of at least 0.55.
        assertEquals(1, deviation, 0.26);
      }
      assertTrue(step < STEPS, "they are over when the codes are close to the prior");
      assertEquals(1, learner.players().get(0).optimizer().step(), "the others learn at once");
      for (NDArray weight : pretrainer.parameters()) {
        double[] smaller = Arrays.stream(weight.toDoubleArray()).map(w -> w / 5).toArray();
        TinyNetworks.set(weight, smaller);
      }
      step(learner, manager, step, indices(learner, step));
      assertEquals(step - 1, pretrainer.optimizer().step(), "and stay over, whatever the codes do");
      assertEquals(USUAL_BATCH, indices(learner, STEPS).length);
      learner.players().forEach(Player::close);
    }
  }

  @ParameterizedTest
  @MethodSource("publishedSteps")
  void batchesAreAtLeastAsLargeAsUsual(Objective method) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(method, SPOTS, manager, POSITIONS, 1_200);
      assertEquals(1_200, learner.indices(0, SPOTS, 1_200, 0, new SplittableRandom(0)).length);
      int[] few = learner.indices(0, TinyNetworks.data(), 8, 0, new SplittableRandom(0));
      assertEquals(TinyNetworks.data().size(), Arrays.stream(few).distinct().count());
      assertEquals(TinyNetworks.data().size(), few.length, "all images there are, once");
      learner.players().forEach(Player::close);
    }
  }

  private static int[] indices(Learner learner, int step) {
    return learner.indices(0, SPOTS, USUAL_BATCH, step, new SplittableRandom(step));
  }

  /** The standard deviation of every latent over all images. */
  private static double[] deviations(Learner learner, NDManager manager) {
    int size = SPOTS.size();
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = images(scope, IntStream.range(0, size).toArray());
      double[] codes =
          GradientMode.paused(() -> learner.autoencoder().encode(images).mean().toDoubleArray());
      double[] deviations = new double[POSITIONS];
      for (int j = 0; j < POSITIONS; j++) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
          double code = codes[i * POSITIONS + j];
          sum += code / size;
          squares += code * code / size;
        }
        deviations[j] = Math.sqrt(squares - sum * sum);
      }
      return deviations;
    }
  }

  private static NDArray images(NDManager scope, int... indices) {
    float[] pixels = new float[indices.length * 16];
    SPOTS.read(indices, pixels);
    NDArray single = scope.create(pixels, new Shape(indices.length, 1, 4, 4));
    return single.toType(DataType.FLOAT64, false);
  }

  private static void step(Learner learner, NDManager manager, int number, int... indices) {
    try (NDManager scope = manager.newSubManager()) {
      Step step = new Step(number, scope, List.of(images(scope, indices)), number);
      GradientMode.recording(() -> learner.step(step));
      step.update();
    }
  }

  private static void step(Learner learner, NDManager manager, int number) {
    try (NDManager scope = manager.newSubManager()) {
      double[] pixels = new SplittableRandom(2).doubles(BATCH * 16).toArray();
      Step step =
          new Step(number, scope, List.of(scope.create(pixels, new Shape(BATCH, 1, 4, 4))), 5);
      GradientMode.recording(() -> learner.step(step));
      step.update();
    }
  }

  private static double[] values(Network network) {
    return network.parameters().stream()
        .map(NDArray::toDoubleArray)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static double largest(double[] before, double[] after) {
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    return largest;
  }
}
