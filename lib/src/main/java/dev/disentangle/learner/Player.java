package dev.disentangle.learner;

import ai.djl.ndarray.NDArray;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.AdamOptimizer;
import java.util.List;

/** Networks that minimise one loss together, with the optimiser that moves their weights. */
public final class Player implements AutoCloseable {

  private final String name;
  private final List<Network> networks;
  private final List<NDArray> parameters;
  private final AdamOptimizer optimizer;

  /**
   * Makes a player.
   *
   * @param name what errors and checkpoints call it, such as {@code discriminator}
   * @param settings rates of its optimiser
   * @param networks its networks, at least one; they stay their owner's
   */
  public Player(String name, Adam settings, List<Network> networks) {
    this.name = name;
    this.networks = List.copyOf(networks);
    this.parameters = networks.stream().flatMap(n -> n.parameters().stream()).toList();
    this.optimizer = new AdamOptimizer(settings, parameters);
  }

  /**
   * Returns the name.
   *
   * @return what errors and checkpoints call this player
   */
  public String name() {
    return name;
  }

  /**
   * Returns the networks.
   *
   * @return an immutable list
   */
  public List<Network> networks() {
    return networks;
  }

  /**
   * Returns all weights.
   *
   * @return the live arrays, network by network
   */
  public List<NDArray> parameters() {
    return parameters;
  }

  /**
   * Names one of {@link #parameters()}, for messages.
   *
   * @param index which, in the order of {@link #parameters()}
   * @return network and weight, such as {@code encoder/0_weight}
   * @throws IndexOutOfBoundsException if there is no such parameter
   */
  public String parameterName(int index) {
    List<String> names =
        networks.stream().flatMap(network -> network.weights().keySet().stream()).toList();
    return names.get(index);
  }

  /**
   * Returns the optimiser.
   *
   * @return the live optimiser
   */
  public AdamOptimizer optimizer() {
    return optimizer;
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
