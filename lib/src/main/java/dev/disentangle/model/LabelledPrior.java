package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Labels;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;

/**
 * A prior of codes that hold a label: {@code p(z, y) = p(y) p(z|y)} with every class as likely as
 * the others. A code is {@code z}, then the label as a one-hot vector.
 *
 * @param labels which factor is the label
 * @param learned false for {@code p(z|y) = N(0, I)}; true for {@code N(m_y, diag(e^v_y))} with a
 *     mean and logarithms of variances learned for each class, at first {@code N(0, I)}
 */
public record LabelledPrior(Labels labels, boolean learned) implements PriorFamily {

  @Override
  public OfClasses build(Model model) {
    int classes = labels.on(model.data()).classes();
    Network table =
        learned
            ? LearnedTable.of(
                "prior", new float[classes * 2 * model.latents()], model, 2L * model.latents())
            : null;
    return new OfClasses(table, classes, model.latents());
  }

  @Override
  public boolean isLearned() {
    return learned;
  }

  /**
   * With its classes and weights.
   *
   * @param table one row per class, means and logarithms of variances; null where nothing is
   *     learned
   * @param classes number of classes
   * @param latents length of {@code z}
   */
  public record OfClasses(Network table, int classes, int latents) implements Prior {

    /**
     * Returns {@code p(z|y)} of some labels.
     *
     * @param oneHot {@code [batch, classes]}
     * @return one Gaussian per label
     */
    public GaussianPosterior given(NDArray oneHot) {
      if (table == null) {
        NDArray zeros = oneHot.getManager().zeros(new Shape(oneHot.getShape().get(0), latents));
        NDArray typed = zeros.toType(oneHot.getDataType(), false);
        return new GaussianPosterior(typed, typed);
      }
      return GaussianPosterior.of(oneHot.matMul(LearnedTable.all(table, oneHot.getManager())));
    }

    /** Computes {@code log p(y) + log p(z|y)} of codes. */
    @Override
    public NDArray logDensity(NDArray codes) {
      NDArray z = codes.get(":, :{}", latents);
      NDArray oneHot = codes.get(":, {}:", latents);
      return given(oneHot).logDensity(z).sub((float) Math.log(classes));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = noise.random().nextInt(classes);
      }
      return sample(labels, noise);
    }

    @Override
    public NDArray sample(int label, int count, Noise noise) {
      int[] labels = new int[count];
      Arrays.fill(labels, label);
      return sample(labels, noise);
    }

    private NDArray sample(int[] labels, Noise noise) {
      float[] values = new float[labels.length * classes];
      for (int i = 0; i < labels.length; i++) {
        values[i * classes + labels[i]] = 1;
      }
      Shape shape = new Shape(labels.length, classes);
      NDArray oneHot = noise.manager().create(values, shape).toType(noise.type(), false);
      return GradientMode.paused(
          () -> given(oneHot).sample(noise.normal(labels.length, latents)).concat(oneHot, 1));
    }

    @Override
    public List<Network> networks() {
      return table == null ? List.of() : List.of(table);
    }
  }
}
