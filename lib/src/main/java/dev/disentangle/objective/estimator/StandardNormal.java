package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/** The prior {@code p(z) = N(0, I)}. */
public final class StandardNormal {

  private StandardNormal() {}

  /**
   * Computes {@code log p(z) = -1/2 sum_j (z_j^2 + log(2 pi))}.
   *
   * @param z {@code [batch, latents]}
   * @return {@code [batch]}, nats
   */
  public static NDArray logDensity(NDArray z) {
    float constant = (float) Math.log(2 * Math.PI);
    return Operations.scale(z.square().add(constant), -0.5).sum(new int[] {1});
  }
}
