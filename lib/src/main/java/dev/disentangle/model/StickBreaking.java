package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * The weights of infinitely many components, cut off after {@code K}, by breaking a stick (Blei
 * &amp; Jordan 2006, "Variational inference for Dirichlet process mixtures", sections 2 and 3.2):
 * component {@code c} gets the share {@code b_c} of what the earlier ones left,
 *
 * <pre>{@code
 * pi_c = b_c prod_{l < c} (1 - b_l),    b_c ~ Beta(1, concentration),    b_K = 1
 * }</pre>
 *
 * <p>With {@code n_c} images assigned to component {@code c}, by their responsibilities, the
 * posterior of the shares is in closed form {@code q(b_c) = Beta(1 + n_c, concentration + sum_{l >
 * c} n_l)}, and with the digamma function {@code psi}
 *
 * <pre>{@code
 * E[log b_c] = psi(first) - psi(first + second),   E[log(1 - b_c)] = psi(second) - psi(first + second)
 * }</pre>
 *
 * <p>A code is {@code z ~ N(0, I)}, then its component as a one-hot vector.
 *
 * @param components where the stick is cut off, {@code K}, at least 2
 * @param concentration parameter of the Dirichlet process, above 0; small values prefer few
 *     components
 */
public record StickBreaking(int components, double concentration) implements PriorFamily {

  /** Builds the weights; at first every component has as many images as any other. */
  @Override
  public OfComponents build(Model model) {
    float[] counts = new float[components];
    int images = model.data().size();
    Arrays.fill(counts, (float) images / components);
    Network table = LearnedTable.of("sticks", counts, model, 1);
    return new OfComponents(table, concentration, model.latents(), images);
  }

  /**
   * With the numbers of images so far.
   *
   * @param table {@code n_c}, one per component
   * @param concentration parameter of the Dirichlet process
   * @param latents length of {@code z}
   * @param images size of the data set
   */
  public record OfComponents(Network table, double concentration, int latents, int images)
      implements Prior {

    /**
     * Returns how many images each component has.
     *
     * @return {@code n_c}
     */
    public double[] counts() {
      NDArray values = table.parameters().get(0);
      try (NDArray all = values.toType(DataType.FLOAT64, true)) {
        return all.toDoubleArray();
      }
    }

    /**
     * Computes {@code E[log pi_c]}.
     *
     * @return nats, below 0
     */
    public double[] expectedLogWeights() {
      double[] counts = counts();
      double[] logs = new double[counts.length];
      double left = 0;
      for (int c = 0; c < counts.length; c++) {
        if (c == counts.length - 1) {
          logs[c] = left;
        } else {
          double first = 1 + counts[c];
          double second = second(c, counts);
          double both = Gamma.digamma(first + second);
          logs[c] = left + Gamma.digamma(first) - both;
          left += Gamma.digamma(second) - both;
        }
      }
      return logs;
    }

    /**
     * Computes {@code E[pi_c]}.
     *
     * @return shares whose sum is 1
     */
    public double[] expectedWeights() {
      double[] counts = counts();
      double[] weights = new double[counts.length];
      double left = 1;
      for (int c = 0; c < counts.length; c++) {
        double first = 1 + counts[c];
        double share = c == counts.length - 1 ? 1 : first / (first + second(c, counts));
        weights[c] = left * share;
        left *= 1 - share;
      }
      return weights;
    }

    private double second(int component, double... counts) {
      double later = concentration;
      for (int c = component + 1; c < counts.length; c++) {
        later += counts[c];
      }
      return later;
    }

    /**
     * Moves the numbers of images towards those of a batch: {@code n_c <- (1 - rate) n_c + rate
     * images mean(r_c)}, a step of stochastic variational inference (Hoffman et al. 2013).
     *
     * @param responsibilities {@code r_c}, {@code [batch, components]}
     * @param rate how far, in {@code [0, 1)}
     * @return the new numbers, {@code [components, 1]}
     */
    public NDArray moved(NDArray responsibilities, double rate) {
      NDArray batch = responsibilities.mean(new int[] {0}).expandDims(1);
      NDArray before = LearnedTable.all(table, responsibilities.getManager()).stopGradient();
      return Operations.scale(before, 1 - rate).add(Operations.scale(batch, rate * images));
    }

    /** Computes {@code log E[pi_c] + log N(z; 0, I)}. */
    @Override
    public NDArray logDensity(NDArray codes) {
      double[] logs = Arrays.stream(expectedWeights()).map(Math::log).toArray();
      NDArray row =
          codes
              .getManager()
              .create(logs, new Shape(1, logs.length))
              .toType(codes.getDataType(), false);
      NDArray component = codes.get(":, {}:", latents).mul(row).sum(new int[] {1});
      return StandardNormal.logDensity(codes.get(":, :{}", latents)).add(component);
    }

    @Override
    public int classes() {
      return Math.toIntExact(table.parameters().get(0).size());
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      double[] weights = expectedWeights();
      int[] chosen = new int[count];
      for (int i = 0; i < count; i++) {
        double left = noise.random().nextDouble();
        while (chosen[i] < weights.length - 1 && left >= weights[chosen[i]]) {
          left -= weights[chosen[i]++];
        }
      }
      return sample(chosen, noise);
    }

    @Override
    public NDArray sample(int component, int count, Noise noise) {
      int[] chosen = new int[count];
      Arrays.fill(chosen, component);
      return sample(chosen, noise);
    }

    private NDArray sample(int[] chosen, Noise noise) {
      float[] oneHot = new float[chosen.length * classes()];
      for (int i = 0; i < chosen.length; i++) {
        oneHot[i * classes() + chosen[i]] = 1;
      }
      NDArray component =
          noise
              .manager()
              .create(oneHot, new Shape(chosen.length, classes()))
              .toType(noise.type(), false);
      return GradientMode.paused(() -> noise.normal(chosen.length, latents).concat(component, 1));
    }

    @Override
    public List<Network> networks() {
      return List.of(table);
    }
  }
}
