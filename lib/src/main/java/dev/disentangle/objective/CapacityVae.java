package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Pass;
import dev.disentangle.learner.Requirements;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;

/**
 * The VAE with controlled capacity (Burgess et al. 2018, equation 8): minimises {@code
 * -E_q(z|x)[log p(x|z)] + gamma |KL(q(z|x) || p(z)) - C(t)|}, where the capacity {@code C} grows
 * linearly from 0 to its end value and stays there.
 *
 * @param gamma weight of the deviation from the capacity, at least 0; the paper uses 1000
 * @param capacity end value of {@code C} in nats, at least 0; the paper uses 25
 * @param steps training steps over which {@code C} grows, at least 1; the paper uses 100,000
 * @param adam the optimiser's settings; the paper uses learning rate 5e-4
 */
public record CapacityVae(double gamma, double capacity, int steps, Adam adam)
    implements Objective {

  /** Name of the recorded term {@code C(t)}, in nats. */
  public static final String CAPACITY = "capacity";

  /** Name of the recorded term {@code |KL - C(t)|}, in nats. */
  public static final String DEVIATION = "capacity_deviation";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public CapacityVae {
    Requirements.nonNegative("gamma", gamma);
    Requirements.nonNegative("capacity", capacity);
    Requirements.count("steps", steps, 1);
  }

  /** The paper's settings for dSprites. */
  public CapacityVae() {
    this(1000, 25, 100_000, Adam.of(5e-4));
  }

  @Override
  public String name() {
    return "VAE with controlled capacity";
  }

  /**
   * Returns the capacity at a step.
   *
   * @param step how many steps came before
   * @return {@code C(t)} in nats
   */
  public double capacityAt(long step) {
    return capacity * Math.min(1, (double) step / steps);
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new AutoencoderLearner(assembly, adam, this::loss);
  }

  private NDArray loss(Pass pass) {
    float c = (float) capacityAt(pass.step().number());
    NDArray deviation = pass.kl().sub(c).abs();
    pass.terms().with(CAPACITY, pass.step().manager().create(c)).with(DEVIATION, deviation);
    return pass.reconstruction().add(Operations.scale(deviation, gamma));
  }
}
