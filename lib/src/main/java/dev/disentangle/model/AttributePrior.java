package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.disentangle.data.Attributes;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A prior of codes that hold a class's attributes: {@code p(z, a) = N(z; 0, I) p(a)} with every
 * class as likely as the others. A code is {@code z}, then the attributes.
 *
 * @param attributes which factors
 */
public record AttributePrior(Attributes attributes) implements PriorFamily {

  @Override
  public OfClasses build(Model model) {
    return new OfClasses(attributes.sizes(model.data()), model.latents());
  }

  @Override
  public boolean isLearned() {
    return false;
  }

  /**
   * With its classes.
   *
   * @param sizes how many values each factor has
   * @param latents length of {@code z}
   */
  public record OfClasses(List<Integer> sizes, int latents) implements Prior {

    /**
     * Returns the length of the attributes.
     *
     * @return values of all factors together
     */
    public int length() {
      return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int classes() {
      return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * Looks up the attributes of classes.
     *
     * @param labels one class per row
     * @param manager owner of the result
     * @return {@code [rows, length]}
     */
    public NDArray of(int[] labels, NDManager manager) {
      float[][] all = Attributes.vectors(sizes);
      float[][] rows = new float[labels.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = all[labels[i]];
      }
      return manager.create(rows);
    }

    /** Computes {@code log p(a) + log p(z)} of codes. */
    @Override
    public NDArray logDensity(NDArray codes) {
      NDArray z = codes.get(":, :{}", latents);
      return StandardNormal.logDensity(z).sub((float) Math.log(classes()));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return sample(count, () -> noise.random().nextInt(classes()), noise);
    }

    @Override
    public NDArray sample(int label, int count, Noise noise) {
      return sample(count, () -> label, noise);
    }

    private NDArray sample(int count, IntSupplier label, Noise noise) {
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = label.getAsInt();
      }
      NDArray a = of(labels, noise.manager()).toType(noise.type(), false);
      return noise.normal(count, latents).concat(a, 1);
    }
  }
}
