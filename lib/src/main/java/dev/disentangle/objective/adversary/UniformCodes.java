package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.Noise;
import dev.disentangle.model.Prior;
import dev.disentangle.model.PriorFamily;

/**
 * What InfoGAN's codes are drawn from (Chen et al. 2016, section 7): first continuous codes,
 * uniform in {@code [-1, 1)}, then one categorical code as a one-hot vector, every category as
 * likely as the others.
 *
 * @param categories of the categorical code, 0 for none
 */
public record UniformCodes(int categories) implements PriorFamily {

  @Override
  public Prior build(Model model) {
    return new OfSize(model.latents() - categories, categories);
  }

  @Override
  public boolean isLearned() {
    return false;
  }

  /**
   * With a number of continuous codes.
   *
   * @param continuous number of continuous codes
   * @param categories of the categorical code
   */
  record OfSize(int continuous, int categories) implements Prior {

    /** Generators draw codes and compare them with nothing. */
    @Override
    public NDArray logDensity(NDArray z) {
      throw new UnsupportedOperationException("a generator's codes are drawn, never compared");
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      NDArray uniform = noise.uniform(-1, 1, count, continuous);
      if (categories == 0) {
        return uniform;
      }
      float[] oneHot = new float[count * categories];
      for (int i = 0; i < count; i++) {
        oneHot[i * categories + noise.random().nextInt(categories)] = 1;
      }
      // Together they have the wider of both types, which is that of the noise.
      return uniform.concat(noise.manager().create(oneHot, new Shape(count, categories)), 1);
    }
  }
}
