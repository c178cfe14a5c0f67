package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;

/** The usual prior {@code p(z) = N(0, I)}, which has nothing to learn. */
public record StandardNormal() implements PriorFamily {

  @Override
  public Prior build(Model model) {
    return new Fixed(model.latents());
  }

  @Override
  public boolean isLearned() {
    return false;
  }

  @Override
  public boolean hasIndependentLatents() {
    return true;
  }

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

  /** With a number of latents. */
  private record Fixed(int latents) implements Prior {

    @Override
    public NDArray logDensity(NDArray z) {
      return StandardNormal.logDensity(z);
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return noise.normal(count, latents);
    }

    @Override
    public boolean isStandardNormal() {
      return true;
    }
  }
}
