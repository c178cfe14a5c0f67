package dev.disentangle.example;

import ai.djl.ndarray.NDArray;
import dev.disentangle.model.Noise;
import dev.disentangle.model.Prior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.tensor.Operations;

/**
 * A prior with heavier tails than the normal one, {@code p(z) = prod_j e^(-|z_j| / scale) / (2
 * scale)}.
 *
 * @param scale mean distance from 0, above 0
 */
public record LaplacePrior(double scale) implements PriorFamily {

  /** Checks the scale. */
  public LaplacePrior {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("scale must be above 0, was " + scale);
    }
  }

  @Override
  public Prior build(Model model) {
    return new OfSize(scale, model.latents());
  }

  @Override
  public boolean isLearned() {
    return false;
  }

  @Override
  public boolean hasIndependentLatents() {
    return true;
  }

  private record OfSize(double scale, int latents) implements Prior {

    @Override
    public NDArray logDensity(NDArray z) {
      float constant = (float) (-latents * Math.log(2 * scale));
      return Operations.scale(z.abs().sum(new int[] {1}), -1 / scale).add(constant);
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      // Sign and distance of one uniform number; the bound keeps the logarithm finite.
      NDArray u = noise.uniform(-1 + 1e-6, 1, count, latents);
      NDArray distance = u.abs().sub(1f).neg().log();
      return Operations.scale(u.sign().mul(distance), -scale);
    }
  }
}
