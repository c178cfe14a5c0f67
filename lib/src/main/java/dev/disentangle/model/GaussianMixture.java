package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of diagonal Gaussians whose weights, means and variances are learned with the model
 * (the baseline of Tomczak &amp; Welling 2018, section 3):
 *
 * <pre>{@code
 * p(z) = sum_k w_k N(z; m_k, diag(e^v_k)),  w = softmax(a)
 * }</pre>
 *
 * <p>At first all weights are the same, the variances 1 and the means standard normal. The
 * divergence from a posterior has no closed form and is estimated by the step's samples.
 *
 * @param components number of Gaussians, at least 1
 */
public record GaussianMixture(int components) implements PriorFamily {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public GaussianMixture {
    if (components < 1) {
      throw new IllegalArgumentException("components must be at least 1, was " + components);
    }
  }

  @Override
  public Prior build(Model model) {
    int latents = model.latents();
    int width = 2 * latents + 1;
    float[] initial = new float[components * width];
    for (int k = 0; k < components; k++) {
      for (int j = 0; j < latents; j++) {
        initial[k * width + j] = (float) model.random().nextGaussian();
      }
    }
    return new Learned(LearnedTable.of("mixture", initial, model, width), latents);
  }

  /**
   * A mixture with its weights.
   *
   * @param table one row per component: {@code latents} means, as many logarithms of variances, and
   *     {@code a}
   * @param latents number of latents
   */
  private record Learned(Network table, int latents) implements Prior {

    @Override
    public NDArray logDensity(NDArray z) {
      NDArray rows = LearnedTable.all(table, z.getManager());
      NDArray logWeights = rows.get(":, {}", 2 * latents).logSoftmax(0);
      NDArray each = components(rows).logDensity(z.expandDims(1));
      return Operations.logSumExp(each.add(logWeights));
    }

    private GaussianPosterior components(NDArray rows) {
      return new GaussianPosterior(
          rows.get(":, :{}", latents), rows.get(":, {}:{}", latents, 2 * latents));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return GradientMode.paused(
          () -> {
            NDArray all = LearnedTable.all(table, noise.manager());
            NDArray weights = all.get(":, {}", 2 * latents).softmax(0);
            float[] chosen = choose(count, weights, noise.random());
            NDArray rows = table.forward(noise.manager().create(chosen).expandDims(1));
            return components(rows).sample(noise.normal(count, latents));
          });
    }

    private static float[] choose(int count, NDArray weights, RandomGenerator random) {
      double[] w = weights.toType(DataType.FLOAT64, false).toDoubleArray();
      float[] chosen = new float[count];
      for (int i = 0; i < count; i++) {
        double left = random.nextDouble();
        int k = 0;
        while (k < w.length - 1 && left >= w[k]) {
          left -= w[k++];
        }
        chosen[i] = k;
      }
      return chosen;
    }

    @Override
    public List<Network> networks() {
      return List.of(table);
    }
  }
}
