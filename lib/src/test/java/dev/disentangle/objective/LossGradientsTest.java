package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.EncoderKind;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient that every player of every method gets, through whole networks, against central
 * differences of the loss that it is said to minimise.
 *
 * <p>All in float64, on smooth networks of a few units. With h = 1e-5 the differences err by about
 * h^2 = 1e-10 times a third derivative, and by 1e-16 / h = 1e-11 times the loss from rounding; the
 * tolerance is 1e-6 of the slope, and at least 1e-7.
 */
class LossGradientsTest {

  private static final int BATCH = 5;
  private static final int LATENTS = 3;
  private static final int ENCODER_WEIGHTS = 4;
  private static final double H = 1e-5;

  // Without decay the optimiser's mean is the gradient itself, and such a rate moves no weight.
  private static final Adam STILL = Adam.of(1e-300, 0, 0.9);

  static Stream<Arguments> players() {
    String loss = Terms.LOSS;
    String discriminator = Terms.DISCRIMINATOR_LOSS;
    EncoderKind gaussian = EncoderKind.GAUSSIAN;
    EncoderKind certain = EncoderKind.DETERMINISTIC;
    Objective factorVae = new FactorVae(7, SecondBatch.INDEPENDENT, 2, STILL, STILL);
    Objective aae = new Aae(gaussian, STILL, STILL, STILL);
    Objective waeGan = new WaeGan(3, gaussian, 0, STILL, STILL);
    Objective infoGan = new InfoGan(0.7, 2, 2, STILL, STILL);
    Objective wgan = new InfoWganGp(0.7, 10, 1, 2, 2, STILL, STILL);
    return Stream.of(
        player(new Vae(STILL), 0, Map.of(loss, 1.0)),
        player(new BetaVae(4, STILL), 0, Map.of(loss, 1.0)),
        player(new CapacityVae(3, 0.5, 1, STILL), 0, Map.of(loss, 1.0)),
        player(factorVae, 0, Map.of(loss, 1.0)),
        player(factorVae, 1, Map.of(discriminator, 1.0)),
        player(new BetaTcVae(0.5, 4, 2, BetaTcVae.Sampling.WEIGHTED, STILL), 0, Map.of(loss, 1.0)),
        player(
            new BetaTcVae(0.5, 4, 2, BetaTcVae.Sampling.STRATIFIED, STILL), 0, Map.of(loss, 1.0)),
        player(new DipVae(DipVae.Version.I, 10, 5, STILL), 0, Map.of(loss, 1.0)),
        player(new DipVae(DipVae.Version.II, 10, 5, STILL), 0, Map.of(loss, 1.0)),
        player(aae, 0, Map.of(Terms.RECONSTRUCTION, 1.0)),
        player(aae, 1, Map.of(Aae.PENALTY, 1.0)),
        player(aae, 2, Map.of(discriminator, 1.0)),
        player(
            new WaeMmd(3, WaeMmd.Kernel.INVERSE_MULTIQUADRATIC, certain, 0, STILL),
            0,
            Map.of(loss, 1.0)),
        player(new WaeMmd(3, WaeMmd.Kernel.GAUSSIAN, gaussian, 0, STILL), 0, Map.of(loss, 1.0)),
        player(waeGan, 0, Map.of(loss, 1.0)),
        player(waeGan, 1, Map.of(discriminator, 1.0)),
        player(infoGan, 0, Map.of(loss, 1.0)),
        // D minimises V with its two halves added, where the recorded loss has their mean.
        player(infoGan, 1, Map.of(discriminator, 2.0, InfoGan.RECOGNITION_LOSS, 0.7)),
        player(wgan, 0, Map.of(loss, 1.0)),
        player(
            new InfoWganGp(0, 10, 1, 2, 2, STILL, STILL),
            1,
            Map.of(InfoWganGp.DISTANCE, -1.0, InfoWganGp.GRADIENT_PENALTY, 10.0)));
  }

  private static Arguments player(Objective objective, int player, Map<String, Double> minimised) {
    return Arguments.of(objective, player, minimised);
  }

  @ParameterizedTest
  @MethodSource("players")
  void gradientsAgreeWithFiniteDifferences(
      Objective objective, int index, Map<String, Double> minimised) {
    check(objective, index, 0, minimised);
  }

  /** The encoder's gradient is DC-IGN's own rule, and of no loss; the decoder's is of the loss. */
  @Test
  void clampedTrainingGivesTheDecoderTheGradientOfItsLoss() {
    check(new DcIgn(0.01, STILL), 0, ENCODER_WEIGHTS, Map.of(Terms.LOSS, 1.0));
  }

  /** Checks the slopes along random directions, of the player's weights from some weight on. */
  private static void check(
      Objective objective, int index, int from, Map<String, Double> minimised) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Learner learner = TinyNetworks.learner(objective, manager, LATENTS, BATCH);
      Player player = learner.players().get(index);
      loss(learner, manager, minimised);
      List<NDArray> gradient = player.optimizer().moments().subList(0, player.parameters().size());
      List<double[]> exact = gradient.stream().map(NDArray::toDoubleArray).toList();
      SplittableRandom random = new SplittableRandom(4);
      for (int direction = 0; direction < 4; direction++) {
        List<double[]> along = new ArrayList<>();
        double slope = 0;
        for (int p = 0; p < exact.size(); p++) {
          double[] part = exact.get(p);
          double[] values = new double[part.length];
          if (p >= from) {
            Arrays.setAll(values, i -> random.nextDouble(-1, 1));
          }
          along.add(values);
          for (int i = 0; i < part.length; i++) {
            slope += part[i] * values[i];
          }
        }
        double ahead = moved(learner, player, manager, minimised, along, H);
        double behind = moved(learner, player, manager, minimised, along, -H);
        double difference = (ahead - behind) / (2 * H);
        assertEquals(difference, slope, Math.max(1e-7, 1e-6 * Math.abs(difference)));
      }
      learner.players().forEach(Player::close);
    }
  }

  private static double moved(
      Learner learner,
      Player player,
      NDManager manager,
      Map<String, Double> minimised,
      List<double[]> along,
      double h) {
    shift(player, along, h);
    double value = loss(learner, manager, minimised);
    shift(player, along, -h);
    return value;
  }

  private static void shift(Player player, List<double[]> along, double h) {
    for (int p = 0; p < along.size(); p++) {
      double[] direction = along.get(p);
      double[] values = player.parameters().get(p).toDoubleArray();
      Arrays.setAll(values, i -> values[i] + h * direction[i]);
      TinyNetworks.set(player.parameters().get(p), values);
    }
  }

  /** Repeats one step: the same images and noise each time. */
  private static double loss(Learner learner, NDManager manager, Map<String, Double> minimised) {
    try (NDManager scope = manager.newSubManager()) {
      SplittableRandom pixels = new SplittableRandom(9);
      List<NDArray> batches = new ArrayList<>();
      for (int b = 0; b < learner.batchesPerStep(); b++) {
        double[] values = pixels.doubles((long) BATCH * TinyNetworks.SHAPE.pixels()).toArray();
        batches.add(scope.create(values, new Shape(BATCH, 1, 4, 4)));
      }
      Step step = new Step(1, scope, batches, 3);
      LossTerms terms = GradientMode.recording(() -> learner.step(step));
      step.update();
      double sum = 0;
      for (Map.Entry<String, Double> term : minimised.entrySet()) {
        NDArray value = terms.asMap().get(term.getKey());
        assertEquals(DataType.FLOAT64, value.getDataType(), term.getKey());
        sum += term.getValue() * value.getDouble();
      }
      return sum;
    }
  }
}
