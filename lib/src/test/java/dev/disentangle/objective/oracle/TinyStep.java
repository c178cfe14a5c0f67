package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.TinyNetworks;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * One step of a method on tiny networks in float64: its weights, images and noise, what it recorded
 * and what each player's optimiser got.
 */
final class TinyStep {

  static final int BATCH = 5;
  static final int LATENTS = 3;
  static final int PIXELS = 16;

  /** Images in the data set. */
  static final int SIZE = 50;

  /** Without decay Adam's mean is the gradient itself, and such a rate moves no weight. */
  static final Adam STILL = Adam.of(1e-300, 0, 0.9);

  private static final long SEED = 3;
  private static final double H = 1e-5;

  private final Map<String, List<double[]>> networks = new LinkedHashMap<>();
  private final Map<String, List<String>> players = new LinkedHashMap<>();
  private final Map<String, List<double[]>> gradients = new HashMap<>();
  private final Map<String, List<double[]>> after = new HashMap<>();
  private final Map<String, Double> terms = new HashMap<>();
  private final List<double[][]> images = new ArrayList<>();

  private TinyStep() {}

  static TinyStep of(Objective objective) {
    return of(objective, 0, List.of(), learner -> {});
  }

  /** Takes the step of some number, with the same weights, images and noise whatever the number. */
  static TinyStep of(Objective objective, long number) {
    return of(objective, number, List.of(), learner -> {});
  }

  /** The same with a first network, the encoder, whose weights are scaled. */
  static TinyStep of(Objective objective, long number, double scale) {
    return of(
        objective,
        number,
        List.of(),
        learner -> {
          for (NDArray weight : learner.players().get(0).networks().get(0).parameters()) {
            double[] values = weight.toDoubleArray();
            for (int i = 0; i < values.length; i++) {
              values[i] *= scale;
            }
            TinyNetworks.set(weight, values);
          }
        });
  }

  /** The first step of a method that is told labels. */
  static TinyStep of(Objective objective, List<int[]> labels) {
    return of(objective, 0, labels, learner -> {});
  }

  /** With changes of the weights before the step. */
  static TinyStep of(
      Objective objective, long number, List<int[]> labels, Consumer<Learner> prepare) {
    return of(
        manager -> TinyNetworks.assembly(objective, manager, LATENTS, BATCH),
        objective,
        number,
        labels,
        prepare);
  }

  /** The first step of a method with another prior. */
  static TinyStep of(Objective objective, PriorFamily prior) {
    return of(
        manager ->
            TinyNetworks.assembly(
                objective,
                objective.defaultPosterior(),
                prior,
                TinyNetworks.data(),
                manager,
                LATENTS,
                BATCH),
        objective,
        0,
        List.of(),
        learner -> {});
  }

  /** The first step of a method on pixels of another distribution. */
  static TinyStep of(Objective objective, Likelihood likelihood) {
    return of(
        manager ->
            TinyNetworks.assembly(
                objective, TinyNetworks.data(), likelihood, manager, LATENTS, BATCH),
        objective,
        0,
        List.of(),
        learner -> {});
  }

  private static TinyStep of(
      Function<NDManager, Assembly> assembly,
      Objective objective,
      long number,
      List<int[]> labels,
      Consumer<Learner> prepare) {
    TinyStep tiny = new TinyStep();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Learner learner = TinyNetworks.learner(objective, assembly.apply(manager));
      prepare.accept(learner);
      tiny.take(learner, manager, number, labels);
      learner.players().forEach(Player::close);
    }
    return tiny;
  }

  private void take(Learner learner, NDManager manager, long number, List<int[]> labels) {
    for (Player player : learner.players()) {
      players.put(player.name(), player.networks().stream().map(Network::name).toList());
      for (Network network : player.networks()) {
        networks.put(network.name(), values(network.parameters()));
      }
    }
    SplittableRandom random = new SplittableRandom(9);
    List<NDArray> batches = new ArrayList<>();
    for (int b = 0; b < learner.batchesPerStep(); b++) {
      double[] pixels = random.doubles((long) BATCH * PIXELS).toArray();
      images.add(rows(pixels));
      batches.add(manager.create(pixels, new Shape(BATCH, 1, 4, 4)));
    }
    Step step = new Step(number, manager, batches, labels, SEED);
    LossTerms recorded = GradientMode.recording(() -> learner.step(step));
    step.update();
    recorded
        .asMap()
        .forEach((name, term) -> terms.put(name, term.toType(DataType.FLOAT64, false).getDouble()));
    for (Player player : learner.players()) {
      int count = player.parameters().size();
      if (player.optimizer().step() > 0) {
        gradients.put(player.name(), values(player.optimizer().moments().subList(0, count)));
      }
      for (Network network : player.networks()) {
        after.put(network.name(), values(network.parameters()));
      }
    }
  }

  private static List<double[]> values(List<NDArray> arrays) {
    return arrays.stream().map(a -> a.toType(DataType.FLOAT64, false).toDoubleArray()).toList();
  }

  private static double[][] rows(double... pixels) {
    double[][] rows = new double[BATCH][PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      rows[i / PIXELS][i % PIXELS] = pixels[i];
    }
    return rows;
  }

  /** One of the step's batches. */
  double[][] images(int batch) {
    return images.get(batch);
  }

  /** A network with the weights of this step; {@link #requireGradient} moves them. */
  PlainNetwork network(String name) {
    return new PlainNetwork(networks.get(name));
  }

  /** A network of dense layers with rectifiers. */
  PlainLayers layers(String name) {
    return new PlainLayers(networks.get(name));
  }

  /** A table of learned numbers, row by row; the live array. */
  double[] table(String name) {
    return networks.get(name).get(0);
  }

  /** Compares what the step has left of a network's only array; some constants are rounded. */
  void requireMoved(String name, double... expected) {
    double[] given = after.get(name).get(0);
    assertEquals(expected.length, given.length, name);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], given[i], tolerance, name + ", element " + i);
    }
  }

  /** A decoder's learned constant, which stands before the weights of its layers. */
  double constant() {
    return networks.get("decoder").get(0)[0];
  }

  /** The decoder's layers, where it has a learned constant too. */
  PlainNetwork layersBesideTheConstant() {
    return new PlainNetwork(networks.get("decoder").subList(1, 5));
  }

  /** The step's noise from the beginning. */
  PlainNoise noise() {
    return new PlainNoise(SEED);
  }

  /** Numbers such as log(2 pi) and a table of weights are in single precision: 1e-7 of a term. */
  void requireTerm(String name, double expected) {
    assertTrue(terms.containsKey(name), () -> name + " is not among " + terms.keySet());
    assertEquals(expected, terms.get(name), 1e-6 * Math.max(1, Math.abs(expected)), name);
  }

  /**
   * Compares a player's gradient, weight by weight, with central differences of what it is to
   * minimise. With h = 1e-5 they err by h^2 = 1e-10 times a third derivative, and by 1e-16 / h =
   * 1e-11 times the loss from rounding; the library rounds some constants to 1e-7.
   *
   * @param loss computed from {@link #network}, whose weights are moved meanwhile
   */
  void requireGradient(String player, DoubleSupplier loss) {
    assertTrue(gradients.containsKey(player), () -> player + " is not in " + gradients.keySet());
    List<double[]> given = gradients.get(player);
    int array = 0;
    double largest = 0;
    for (String network : players.get(player)) {
      for (double[] weights : networks.get(network)) {
        for (int i = 0; i < weights.length; i++) {
          double expected = slope(loss, weights, i);
          double tolerance = Math.max(1e-7, 1e-6 * Math.abs(expected));
          String message = player + ": " + network + ", array " + array + ", element " + i;
          assertEquals(expected, given.get(array)[i], tolerance, message);
          largest = Math.max(largest, Math.abs(expected));
        }
        array++;
      }
    }
    assertEquals(given.size(), array, "every array of " + player);
    assertTrue(largest > 1e-3, "the loss of " + player + " must depend on its weights");
  }

  /** Tells that nothing reached a player's optimiser. */
  void requireNoGradient(String player) {
    assertTrue(players.containsKey(player), player);
    assertTrue(!gradients.containsKey(player), player + " must rest");
  }

  /** A central difference, as {@link #requireGradient} takes it. */
  static double slope(DoubleSupplier loss, double[] weights, int element) {
    double kept = weights[element];
    weights[element] = kept + H;
    double ahead = loss.getAsDouble();
    weights[element] = kept - H;
    double behind = loss.getAsDouble();
    weights[element] = kept;
    return (ahead - behind) / (2 * H);
  }
}
