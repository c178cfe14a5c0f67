package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.EncoderKind;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first steps of the Wasserstein autoencoders, in which only the encoder learns. */
class PretrainingTest {

  private static final int BATCH = 8;
  private static final int LATENTS = 3;
  private static final int PRETRAINING = 30;
  private static final double RATE = 1e-3;

  static Stream<Objective> methods() {
    Adam adam = Adam.of(RATE, 0.5, 0.999);
    EncoderKind kind = EncoderKind.DETERMINISTIC;
    WaeMmd.Kernel kernel = WaeMmd.Kernel.INVERSE_MULTIQUADRATIC;
    return Stream.of(
        new WaeMmd(1, kernel, kind, PRETRAINING, adam),
        new WaeGan(1, kind, PRETRAINING, adam, adam));
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
