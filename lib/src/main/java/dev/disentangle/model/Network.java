package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** A DJL {@code Block} with values for its weights, ready to be called. */
public final class Network {

  private final String name;
  private final Block block;
  private final Shape input;
  private final ParameterStore store;

  private Network(String name, Block block, Shape input, ParameterStore store) {
    this.name = name;
    this.block = block;
    this.input = input;
    this.store = store;
  }

  /**
   * Initialises a block and checks what it gives.
   *
   * @param name what errors and checkpoints call it, such as {@code encoder}
   * @param block the block; a {@link SeededBlock} gets its initial values from {@code random},
   *     others those of their own initialisers
   * @param input shape of one input, without the batch axis
   * @param output shape that one output must have
   * @param manager owner of the weights
   * @param random source of initial values
   * @return the network
   * @throws IllegalArgumentException if the block gives another shape
   */
  public static Network of(
      String name,
      Block block,
      long[] input,
      long[] output,
      NDManager manager,
      RandomGenerator random) {
    Shape batchOfOne = withBatch(1, input);
    if (block instanceof SeededBlock seeded) {
      seeded.initialize(manager, random);
    } else {
      block.initialize(manager, DataType.FLOAT32, batchOfOne);
    }
    Shape given = block.getOutputShapes(new Shape[] {batchOfOne})[0];
    if (!given.equals(withBatch(1, output))) {
      throw new IllegalArgumentException(
          "the "
              + name
              + " must turn "
              + batchOfOne
              + " into "
              + withBatch(1, output)
              + " (batch first), but gives "
              + given);
    }
    Network network =
        new Network(name, block, new Shape(input), new ParameterStore(manager, false));
    network.weights().values().forEach(weight -> weight.setRequiresGradient(true));
    return network;
  }

  /**
   * Computes outputs.
   *
   * @param x inputs, {@code [batch, ...]}
   * @return outputs, {@code [batch, ...]}, belonging to the input's manager
   * @throws IllegalArgumentException if the inputs have the wrong shape or the batch is empty
   */
  public NDArray forward(NDArray x) {
    if (x.getShape().dimension() < 1
        || x.getShape().get(0) < 1
        || !x.getShape().slice(1).equals(input)) {
      throw new IllegalArgumentException(
          "the " + name + " takes a batch of " + input + ", was given " + x.getShape());
    }
    return block.forward(store, new NDList(x), true).singletonOrThrow();
  }

  /**
   * Returns the weights by name.
   *
   * @return the live arrays, in a fixed order
   */
  public Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      if (pair.getValue().requiresGradient()) {
        weights.put(name + "/" + pair.getKey(), pair.getValue().getArray());
      }
    }
    return weights;
  }

  /**
   * Returns the weights as a list.
   *
   * @return the live arrays, in the order of {@link #weights()}
   */
  public List<NDArray> parameters() {
    return List.copyOf(weights().values());
  }

  /**
   * Returns the name.
   *
   * @return what errors and checkpoints call this network
   */
  public String name() {
    return name;
  }

  /**
   * Returns the block.
   *
   * @return the block that computes this network
   */
  public Block block() {
    return block;
  }

  private static Shape withBatch(long batch, long... shape) {
    return new Shape(LongStream.concat(LongStream.of(batch), LongStream.of(shape)).toArray());
  }
}
