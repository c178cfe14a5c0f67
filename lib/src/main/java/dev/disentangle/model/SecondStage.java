package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The second stage of Dai &amp; Wipf 2019 (section 4) as a prior: another VAE, of codes instead of
 * images, {@code p(z) = E_N(u; 0, I)[N(z; f(u), g^2 I)]} with {@code u} as long as {@code z} and
 * one learned deviation {@code g}. Codes that do not fill {@code N(0, I)} are drawn from where they
 * are.
 *
 * <p>Codes are compared with {@code N(0, I)}, as in the first stage; only drawing is different.
 *
 * @param hidden units of both hidden layers of its encoder and its decoder, at least 1; the paper
 *     has three layers of 1,024
 */
public record SecondStage(int hidden) implements PriorFamily {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SecondStage {
    if (hidden < 1) {
      throw new IllegalArgumentException("hidden must be at least 1, was " + hidden);
    }
  }

  @Override
  public OfLatents build(Model model) {
    int latents = model.latents();
    return new OfLatents(
        DenseLayers.of("second-encoder", model, latents, hidden, hidden, 2 * latents),
        DenseLayers.of("second-decoder", model, latents, hidden, hidden, latents),
        LearnedTable.of("second-deviation", new float[1], model, 1),
        latents);
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
   * With its weights.
   *
   * @param encoder codes to {@code q(u|z)}
   * @param decoder {@code u} to codes
   * @param deviation the logarithm of {@code g}
   * @param latents length of a code
   */
  public record OfLatents(Network encoder, Network decoder, Network deviation, int latents)
      implements Prior {

    /**
     * Computes the second stage's own loss {@code -E_q(u|z)[log p(z|u)] + KL(q(u|z) || N(0, I))}.
     *
     * @param z codes, {@code [batch, latents]}
     * @param noise source of randomness
     * @return a scalar, nats per code
     */
    public NDArray loss(NDArray z, Noise noise) {
      GaussianPosterior posterior = GaussianPosterior.of(encoder.forward(z));
      NDArray u = posterior.sample(noise.normal(z.getShape().getShape()));
      NDArray logDeviation = logDeviation(z);
      NDArray logVariance = Operations.scale(logDeviation, 2).broadcast(z.getShape());
      return new GaussianPosterior(decoder.forward(u), logVariance)
          .logDensity(z)
          .mean()
          .neg()
          .add(posterior.kl());
    }

    private NDArray logDeviation(NDArray like) {
      return LearnedTable.all(deviation, like.getManager());
    }

    /** The second stage's networks, which learn from codes after the autoencoder has learned. */
    @Override
    public List<Network> networks() {
      return List.of(encoder, decoder, deviation);
    }

    @Override
    public NDArray logDensity(NDArray z) {
      return StandardNormal.logDensity(z);
    }

    @Override
    public boolean isStandardNormal() {
      return true;
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return GradientMode.paused(
          () -> {
            NDArray mean = decoder.forward(noise.normal(count, latents));
            NDArray scale = logDeviation(mean).exp();
            return mean.add(noise.normal(count, latents).mul(scale));
          });
    }
  }
}
