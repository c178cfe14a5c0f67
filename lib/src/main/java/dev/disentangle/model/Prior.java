package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The distribution {@code p(z)} that codes are compared with and drawn from: a {@link PriorFamily}
 * with its weights, if it has any.
 */
public interface Prior {

  /**
   * Computes {@code log p(z)}.
   *
   * @param z points, {@code [batch, latents]}
   * @return nats, {@code [batch]}, belonging to the points' manager
   */
  NDArray logDensity(NDArray z);

  /**
   * Draws codes. No gradient need reach the prior's weights.
   *
   * @param count how many
   * @param noise source of randomness
   * @return {@code [count, latents]}, of the noise's type
   */
  NDArray sample(int count, Noise noise);

  /**
   * Returns how many labels codes can be drawn for.
   *
   * @return 0 unless the prior knows labels
   */
  default int classes() {
    return 0;
  }

  /**
   * Draws codes of one label.
   *
   * @param label in {@code [0, classes())}
   * @param count how many
   * @param noise source of randomness
   * @return {@code [count, latents]}, of the noise's type
   * @throws UnsupportedOperationException if the prior knows no labels
   */
  default NDArray sample(int label, int count, Noise noise) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " knows no labels");
  }

  /**
   * Tells whether {@link #divergence(Posterior)} exists.
   *
   * @param posterior the kind of posteriors
   * @return by default true if this is {@code N(0, I)} and the posteriors know theirs from it
   */
  default boolean hasClosedForm(PosteriorFamily posterior) {
    return isStandardNormal() && posterior.hasClosedForm();
  }

  /**
   * Computes {@code KL(q(z|x) || p(z))} in closed form.
   *
   * @param posterior {@code q(z|x)} of a batch, of a kind for which {@link #hasClosedForm} is true
   * @return a scalar: nats per image, averaged over the batch
   * @throws UnsupportedOperationException if there is no closed form
   */
  default NDArray divergence(Posterior posterior) {
    if (isStandardNormal()) {
      return posterior.kl();
    }
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no divergence in closed form");
  }

  /**
   * Tells whether this is {@code N(0, I)}, which scores know.
   *
   * @return by default false
   */
  default boolean isStandardNormal() {
    return false;
  }

  /**
   * Returns what is learned of the prior.
   *
   * @return its networks, which train, save and load with the autoencoder's; none by default
   */
  default List<Network> networks() {
    return List.of();
  }
}
