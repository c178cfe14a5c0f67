package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;

/**
 * The prior of the Gaussian-mixture VAE (Dilokthanakul et al. 2017, section 3.1): {@code w ~ N(0,
 * I)}, a cluster {@code y} as likely as the others, and {@code z ~ N(m_y(w), diag(e^v_y(w)))} with
 * means and logarithms of variances from one learned network of {@code w}. A code is {@code z},
 * then the cluster as a one-hot vector.
 *
 * @param clusters number of clusters, at least 2
 * @param mixing length of {@code w}, at least 1
 * @param hidden units of the network's hidden layer, at least 1
 */
public record ClusteredPrior(int clusters, int mixing, int hidden) implements PriorFamily {

  @Override
  public OfClusters build(Model model) {
    int outputs = 2 * model.latents() * clusters;
    Network components = DenseLayers.of("components", model, mixing, hidden, outputs);
    return new OfClusters(components, clusters, mixing, model.latents());
  }

  /**
   * With its weights.
   *
   * @param components from {@code w} to means and logarithms of variances, cluster by cluster
   * @param clusters number of clusters
   * @param mixing length of {@code w}
   * @param latents length of {@code z}
   */
  public record OfClusters(Network components, int clusters, int mixing, int latents)
      implements Prior {

    /**
     * Computes {@code p(z|w, y)} of one cluster.
     *
     * @param w {@code [batch, mixing]}
     * @param cluster which {@code y}
     * @return one Gaussian per {@code w}
     */
    public GaussianPosterior component(NDArray w, int cluster) {
      NDArray outputs = components.forward(w);
      int from = 2 * latents * cluster;
      return GaussianPosterior.of(outputs.get(":, {}:{}", from, from + 2 * latents));
    }

    /**
     * Computes {@code log p(y|z, w)} by Bayes' rule.
     *
     * @param z {@code [batch, latents]}
     * @param w {@code [batch, mixing]}
     * @return {@code [batch, clusters]}
     */
    public NDArray logResponsibilities(NDArray z, NDArray w) {
      NDArray densities = null;
      for (int cluster = 0; cluster < clusters; cluster++) {
        NDArray own = component(w, cluster).logDensity(z).expandDims(1);
        densities = densities == null ? own : densities.concat(own, 1);
      }
      return densities.sub(Operations.logSumExp(densities).expandDims(1));
    }

    /** There is no closed form. */
    @Override
    public NDArray logDensity(NDArray codes) {
      throw new UnsupportedOperationException("p(z) is an integral over w without a closed form");
    }

    @Override
    public int classes() {
      return clusters;
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      int[] chosen = new int[count];
      Arrays.setAll(chosen, i -> noise.random().nextInt(clusters));
      return sample(chosen, noise);
    }

    @Override
    public NDArray sample(int cluster, int count, Noise noise) {
      int[] chosen = new int[count];
      Arrays.fill(chosen, cluster);
      return sample(chosen, noise);
    }

    private NDArray sample(int[] chosen, Noise noise) {
      float[] oneHot = new float[chosen.length * clusters];
      for (int i = 0; i < chosen.length; i++) {
        oneHot[i * clusters + chosen[i]] = 1;
      }
      NDArray y = noise.manager().create(oneHot, new Shape(chosen.length, clusters));
      NDArray w = noise.normal(chosen.length, mixing);
      NDArray draw = noise.normal(chosen.length, latents);
      return GradientMode.paused(
          () -> {
            NDArray z = null;
            for (int cluster = 0; cluster < clusters; cluster++) {
              NDArray own = component(w, cluster).sample(draw);
              NDArray part = own.mul(y.get(":, {}:{}", cluster, cluster + 1));
              z = z == null ? part : z.add(part);
            }
            return z.concat(y, 1);
          });
    }

    @Override
    public List<Network> networks() {
      return List.of(components);
    }
  }
}
