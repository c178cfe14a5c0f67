package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The gradient that a method's first player gets, through whole networks, against central
 * differences of the recorded loss along random directions.
 *
 * <p>All in float64, on smooth networks of a few units. With h = 1e-5 the differences err by about
 * h^2 = 1e-10 times a third derivative, and by 1e-16 / h = 1e-11 times the loss from rounding; the
 * tolerance is 1e-6 of the slope, and at least 1e-7.
 */
public final class LossGradients {

  /** Without decay Adam's mean is the gradient itself, and such a rate moves no weight. */
  public static final Adam STILL = Adam.of(1e-300, 0, 0.9);

  public static final int BATCH = 5;
  public static final int LATENTS = 3;

  private static final double H = 1e-5;

  private LossGradients() {}

  /**
   * Compares.
   *
   * @param objective a method whose optimisers are {@link #STILL}
   * @param assembly gives its parts
   */
  public static void check(Objective objective, Function<NDManager, Assembly> assembly) {
    check(objective, assembly, List.of());
  }

  /**
   * Compares, for a method that asks for labels.
   *
   * @param objective a method whose optimisers are {@link #STILL}
   * @param labels of every batch
   */
  public static void check(Objective objective, List<int[]> labels) {
    check(objective, manager -> TinyNetworks.assembly(objective, manager, LATENTS, BATCH), labels);
  }

  private static void check(
      Objective objective, Function<NDManager, Assembly> assembly, List<int[]> labels) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Learner learner = TinyNetworks.learner(objective, assembly.apply(manager));
      Player player = learner.players().get(0);
      loss(learner, manager, labels);
      List<NDArray> gradient = player.optimizer().moments().subList(0, player.parameters().size());
      List<double[]> exact = gradient.stream().map(NDArray::toDoubleArray).toList();
      SplittableRandom random = new SplittableRandom(4);
      for (int direction = 0; direction < 4; direction++) {
        List<double[]> along = new ArrayList<>();
        double slope = 0;
        for (double[] part : exact) {
          double[] values = new double[part.length];
          Arrays.setAll(values, i -> random.nextDouble(-1, 1));
          along.add(values);
          for (int i = 0; i < part.length; i++) {
            slope += part[i] * values[i];
          }
        }
        double ahead = moved(learner, player, manager, labels, along, H);
        double behind = moved(learner, player, manager, labels, along, -H);
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
      List<int[]> labels,
      List<double[]> along,
      double h) {
    shift(player, along, h);
    double value = loss(learner, manager, labels);
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
  private static double loss(Learner learner, NDManager manager, List<int[]> labels) {
    try (NDManager scope = manager.newSubManager()) {
      SplittableRandom pixels = new SplittableRandom(9);
      List<NDArray> batches = new ArrayList<>();
      for (int b = 0; b < learner.batchesPerStep(); b++) {
        double[] values = pixels.doubles((long) BATCH * TinyNetworks.SHAPE.pixels()).toArray();
        batches.add(scope.create(values, new Shape(BATCH, 1, 4, 4)));
      }
      Step step = new Step(1, scope, batches, labels, 3);
      LossTerms terms = GradientMode.recording(() -> learner.step(step));
      step.update();
      return terms.asMap().get(Terms.LOSS).getDouble();
    }
  }
}
