package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Adam over a group of parameters, in one fused pass over memory.
 *
 * <p>With {@code g} the gradient at step {@code t}: {@code m = beta1 m + (1 - beta1) g}, {@code v =
 * beta2 v + (1 - beta2) g^2}, {@code p -= learningRate m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t))
 * + epsilon)} (Kingma &amp; Ba 2015, Algorithm 1).
 */
public final class AdamOptimizer implements AutoCloseable {

  private final Adam settings;
  private final List<NDArray> parameters;
  private final NDManager manager;
  private final NDList means;
  private final NDList squares;
  private final NDArray packedSettings;
  private long step;

  /**
   * Makes an optimiser whose moments are zero.
   *
   * @param settings rates
   * @param parameters what it updates, at least one; they stay their owner's
   * @throws IllegalArgumentException if {@code parameters} is empty
   */
  public AdamOptimizer(Adam settings, List<NDArray> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("an optimiser needs at least one parameter");
    }
    this.settings = settings;
    this.parameters = List.copyOf(parameters);
    this.manager = parameters.get(0).getManager().newSubManager();
    this.means = zeros();
    this.squares = zeros();
    this.packedSettings =
        manager.create(
            new double[] {
              settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon()
            });
  }

  private NDList zeros() {
    NDList zeros = new NDList();
    for (NDArray parameter : parameters) {
      // zerosLike keeps the parameter's memory order, which lets the fused kernel run straight on.
      NDArray zero = GradientMode.paused(parameter::zerosLike);
      zero.attach(manager);
      zeros.add(zero);
    }
    return zeros;
  }

  /**
   * Moves the parameters by one step.
   *
   * @param gradients one gradient per parameter, in the same order and of the same shape; each may
   *     lie in memory in an order of its own
   * @throws IllegalArgumentException if there is not one gradient per parameter
   */
  public void update(List<NDArray> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "gradients must be " + parameters.size() + ", were " + gradients.size());
    }
    step++;
    try (NDArray count = manager.create((float) step)) {
      TorchScript.Arguments arguments =
          new TorchScript.Arguments("fused_adam")
              .tensorList(gradients)
              .tensorList(parameters)
              .tensorList(means)
              .tensorList(squares)
              .tensors(count, packedSettings);
      GradientMode.paused(() -> Operations.call(arguments)).close();
    }
  }

  /**
   * Returns the settings.
   *
   * @return the settings
   */
  public Adam settings() {
    return settings;
  }

  /**
   * Returns how often the parameters were updated.
   *
   * @return 0 before the first update
   */
  public long step() {
    return step;
  }

  /**
   * Sets how often the parameters count as updated, when a checkpoint is read.
   *
   * @param updates at least 0
   * @throws IllegalArgumentException if {@code updates} is negative
   */
  public void setStep(long updates) {
    if (updates < 0) {
      throw new IllegalArgumentException("updates must be at least 0, was " + updates);
    }
    step = updates;
  }

  /**
   * Returns the moments, for checkpoints: the means of gradients, then those of squared gradients.
   *
   * @return the live arrays, two per parameter
   */
  public NDList moments() {
    NDList all = new NDList(means);
    all.addAll(squares);
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
