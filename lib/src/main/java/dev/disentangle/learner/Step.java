package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.model.Noise;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One training step: its batches of images, its noise, and the gradients on their way to the
 * optimisers. All randomness comes from the step's own seed, so a step can be repeated.
 */
public final class Step {

  private final long number;
  private final NDManager manager;
  private final List<NDArray> batches;
  private final List<int[]> labels;
  private final Noise noise;
  private final Map<Player, NDList> gradients = new LinkedHashMap<>();
  private final List<Runnable> assignments = new ArrayList<>();
  private final Map<String, Integer> moved = new LinkedHashMap<>();

  /**
   * Makes a step.
   *
   * @param number how many steps came before
   * @param manager owner of everything computed in the step
   * @param batches the batches of images, each {@code [batch, channels, height, width]}
   * @param seed seed of the step's noise
   */
  public Step(long number, NDManager manager, List<NDArray> batches, long seed) {
    this(number, manager, batches, List.of(), seed);
  }

  /**
   * Makes a step with labels.
   *
   * @param number how many steps came before
   * @param manager owner of everything computed in the step
   * @param batches the batches of images, each {@code [batch, channels, height, width]}
   * @param labels of each batch one class per image, or {@link KnownLabels#HIDDEN}; empty where the
   *     method asks for none
   * @param seed seed of the step's noise
   */
  public Step(
      long number, NDManager manager, List<NDArray> batches, List<int[]> labels, long seed) {
    this.number = number;
    this.manager = manager;
    this.batches = List.copyOf(batches);
    this.labels = List.copyOf(labels);
    DataType type = batches.isEmpty() ? DataType.FLOAT32 : batches.get(0).getDataType();
    this.noise = new Noise(manager, type, new SplittableRandom(seed));
  }

  /**
   * Returns how many steps came before.
   *
   * @return 0 at the first step
   */
  public long number() {
    return number;
  }

  /**
   * Returns the owner of everything computed in the step.
   *
   * @return a manager that is closed when the step ends
   */
  public NDManager manager() {
    return manager;
  }

  /**
   * Returns the step's first batch.
   *
   * @return {@code [batch, channels, height, width]}
   */
  public NDArray images() {
    return batches.get(0);
  }

  /**
   * Returns one of the step's independent batches.
   *
   * @param batch which, from 0, below {@link Learner#batchesPerStep()}
   * @return {@code [batch, channels, height, width]}
   */
  public NDArray images(int batch) {
    return batches.get(batch);
  }

  /**
   * Returns the labels of one of the step's batches.
   *
   * @param batch which, from 0
   * @return one class per image, or {@link KnownLabels#HIDDEN}
   * @throws IllegalStateException if the method did not ask for labels, see {@link Batching#labels}
   */
  public int[] labels(int batch) {
    if (labels.isEmpty()) {
      throw new IllegalStateException("the method did not ask for labels");
    }
    return labels.get(batch).clone();
  }

  /**
   * Returns the labels of one of the step's batches as one-hot vectors.
   *
   * @param batch which, from 0
   * @param classes number of classes
   * @return of the images' data type, {@code [batch, classes]}; zeros where the label is hidden
   * @throws IllegalStateException if the method did not ask for labels
   */
  public NDArray oneHot(int batch, int classes) {
    int[] given = labels(batch);
    float[] values = new float[given.length * classes];
    for (int i = 0; i < given.length; i++) {
      if (given[i] != KnownLabels.HIDDEN) {
        values[i * classes + given[i]] = 1;
      }
    }
    return manager.create(values, new Shape(given.length, classes)).toType(noise.type(), false);
  }

  /**
   * Returns the step's source of randomness.
   *
   * @return a generator seeded for this step
   */
  public RandomGenerator random() {
    return noise.random();
  }

  /**
   * Returns the step's source of random arrays.
   *
   * @return arrays of the images' data type, {@code float32} in a step without images
   */
  public Noise noise() {
    return noise;
  }

  /**
   * Draws standard normal numbers.
   *
   * @param shape the shape wanted
   * @return a new array of the images' data type
   */
  public NDArray normal(long... shape) {
    return noise.normal(shape);
  }

  /**
   * Draws numbers uniformly.
   *
   * @param low lower bound, included
   * @param high upper bound, not included
   * @param shape the shape wanted
   * @return a new array of the images' data type
   */
  public NDArray uniform(double low, double high, long... shape) {
    return noise.uniform(low, high, shape);
  }

  /**
   * Draws standard normal numbers in the shape of another array.
   *
   * @param like the other array
   * @return a new array
   */
  public NDArray normalLike(NDArray like) {
    return noise.normal(like.getShape().getShape());
  }

  /**
   * Draws one permutation of the rows for every column, for {@link Operations#permuteDimensions}
   * (Kim &amp; Mnih 2018, Algorithm 1).
   *
   * @param rows length of the permutations
   * @param columns how many
   * @return int64, {@code [rows, columns]}
   */
  public NDArray permutations(int rows, int columns) {
    long[] index = new long[rows * columns];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        int other = noise.random().nextInt(row + 1);
        index[row * columns + column] = index[other * columns + column];
        index[other * columns + column] = row;
      }
    }
    return manager.create(index, new Shape(rows, columns));
  }

  /**
   * Computes the gradient of a loss for one player, and hands it to the player's optimiser when the
   * step ends. No other player is affected.
   *
   * @param player who minimises the loss
   * @param loss a scalar
   */
  public void minimise(Player player, NDArray loss) {
    put(player, Gradients.of(loss, player.parameters()));
  }

  /**
   * As {@link #minimise(Player, NDArray)}, and returns the loss's gradient at an input from the
   * same pass.
   *
   * @param player who minimises the loss
   * @param loss a scalar
   * @param input an array that requires a gradient, see {@link Operations#leaf}
   * @return the gradient at {@code input}, of its shape
   */
  public NDArray minimise(Player player, NDArray loss, NDArray input) {
    List<NDArray> wanted = new ArrayList<>(player.parameters());
    wanted.add(input);
    NDList all = Gradients.of(loss, wanted);
    NDArray atInput = all.remove(all.size() - 1);
    put(player, all);
    return atInput;
  }

  /**
   * As {@link #minimise(Player, NDArray)}, and keeps the loss's graph for another differentiation.
   *
   * @param player who minimises the loss
   * @param loss a scalar
   */
  public void minimiseKeepingGraph(Player player, NDArray loss) {
    put(player, Gradients.of(loss, player.parameters(), Gradients.Graph.RETAIN));
  }

  /**
   * Minimises the sum of a loss and of a term whose gradient is known at some array on the way: the
   * player's weights get {@code d loss + (d z)^T zGradient}.
   *
   * @param player who minimises
   * @param loss a scalar
   * @param z an array that the player computes
   * @param zGradient the other term's gradient at {@code z}, of its shape
   */
  public void minimise(Player player, NDArray loss, NDArray z, NDArray zGradient) {
    put(
        player,
        Gradients.of(
            List.of(loss, z),
            List.of(loss.onesLike(), zGradient),
            player.parameters(),
            Gradients.Graph.FREE));
  }

  /**
   * Overwrites a weight that moves by a rule of its own and not by a gradient, such as an average
   * over steps, when the step ends.
   *
   * @param weight the live array
   * @param value its new values, of its shape
   */
  public void assign(NDArray weight, NDArray value) {
    assignments.add(() -> Operations.assign(weight, value));
  }

  private void put(Player player, NDList gradient) {
    if (gradients.put(player, gradient) != null) {
      throw new IllegalStateException(
          "the " + player.name() + " minimises two losses; call update() between them");
    }
  }

  /**
   * Moves all weights whose gradients have been computed; methods of several rounds call it.
   *
   * @throws NonFiniteException if a gradient is not finite; then this call has moved no weight, and
   *     the message says which ones earlier calls in this step have moved
   */
  public void update() {
    List<NDArray> all = gradients.values().stream().flatMap(NDList::stream).toList();
    if (!all.isEmpty() && !Operations.allFinite(all)) {
      gradients.forEach(this::requireFinite);
    }
    List<Player> ready = new ArrayList<>(gradients.keySet());
    for (Player player : ready) {
      try (NDList gradient = gradients.remove(player)) {
        player.optimizer().update(gradient);
        moved.merge(player.name(), 1, Integer::sum);
      }
    }
    assignments.forEach(Runnable::run);
    assignments.clear();
  }

  /**
   * Says which weights have moved since the step began, for messages about a step that failed:
   * methods whose adversary learns several times per step have moved it by then.
   *
   * @return such as {@code the weights are as before this step} or {@code the critic has learnt 2
   *     times in this step, all other weights are as before it}
   */
  public String moved() {
    if (moved.isEmpty()) {
      return "the weights are as before this step";
    }
    StringBuilder text = new StringBuilder();
    moved.forEach(
        (player, times) ->
            text.append("the ")
                .append(player)
                .append(" has learnt ")
                .append(times == 1 ? "once" : times + " times")
                .append(" in this step, "));
    return text.append("all other weights are as before it").toString();
  }

  private void requireFinite(Player player, NDList gradient) {
    if (Operations.allFinite(gradient)) {
      return;
    }
    for (int i = 0; i < gradient.size(); i++) {
      if (!Operations.allFinite(List.of(gradient.get(i)))) {
        throw new NonFiniteException(
            "the gradient of the "
                + player.name()
                + "'s "
                + player.parameterName(i)
                + ", of shape "
                + gradient.get(i).getShape()
                + ", is not finite at step "
                + number
                + "; "
                + moved()
                + ". A smaller learning rate may help; go on from the last checkpoint");
      }
    }
    // Every gradient is finite, and only the sum of them all left single precision.
    throw new NonFiniteException(
        "the gradients of the "
            + player.name()
            + " are too large to add up in single precision at step "
            + number
            + "; "
            + moved()
            + ". A smaller learning rate may help");
  }
}
