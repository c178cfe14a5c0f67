package dev.disentangle.metric;

import dev.disentangle.data.ImageData;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageLikelihood;
import java.util.SplittableRandom;

/**
 * How well a model explains images: the negative evidence lower bound and its two parts (Kingma
 * &amp; Welling 2014, equation 3),
 *
 * <pre>-ELBO = -E_q(z|x)[log p(x|z)] + KL(q(z|x) || p(z)),</pre>
 *
 * and the tighter {@link ImportanceWeighted} estimate of {@code log p(x)} from the same samples.
 * The divergence from {@code N(0, I)} is exact, the expectation a mean over the samples; for a
 * model with another prior so is {@code E_q(z|x)[log N(z; 0, I) - log p(z)]}, which its divergence
 * adds. All are in nats per image, averaged over the images.
 *
 * @param reconstruction {@code -E_q(z|x)[log p(x|z)]}
 * @param kl {@code KL(q(z|x) || p(z))}, of the same images
 * @param logLikelihood the importance-weighted estimate of {@code log p(x)}
 */
public record ModelEvidence(double reconstruction, double kl, ImportanceWeighted logLikelihood) {

  /** The number of images when none is given. */
  public static final int DEFAULT_IMAGES = 128;

  /** The number of samples per image when none is given. */
  public static final int DEFAULT_SAMPLES = 64;

  /**
   * Estimates the bound.
   *
   * @param likelihood the decoder's distribution
   * @param data the data set
   * @param images indices of the images, at least 1
   * @param codes the posteriors of the same images, in the same order
   * @param samples samples per image, at least 1
   * @param seed seed of the sampling
   * @return the estimates
   * @throws IllegalArgumentException if a size is less than 1, there is not one code per image, or
   *     the encoder is deterministic
   */
  public static ModelEvidence of(
      ImageLikelihood likelihood,
      ImageData data,
      int[] images,
      Codes codes,
      int samples,
      long seed) {
    if (images.length != codes.size()) {
      throw new IllegalArgumentException(
          "codes must be one per image, "
              + images.length
              + " for these images, were "
              + codes.size());
    }
    double kl = KlPerLatent.of(codes).total();
    if (Double.isInfinite(kl)) {
      throw new IllegalArgumentException(
          "codes must have variances; those of a deterministic encoder have no density");
    }
    Sampler sampler = new Sampler(likelihood, data, images, codes);
    ImportanceWeighted weighted = ImportanceWeighted.of(sampler, images.length, samples, seed);
    double reconstruction = -sampler.sum / ((double) images.length * samples);
    double other = sampler.priors / ((double) images.length * samples);
    return new ModelEvidence(reconstruction, kl - other, weighted);
  }

  /**
   * Returns the negative evidence lower bound, the loss of a plain VAE.
   *
   * @return {@code reconstruction + kl}
   */
  public double negativeElbo() {
    return reconstruction + kl;
  }

  /** Draws from the posteriors and adds up the log likelihoods of what it drew. */
  private static final class Sampler implements ImportanceWeighted.LogWeights {

    private final ImageLikelihood likelihood;
    private final ImageData data;
    private final int[] images;
    private final Codes codes;
    private double sum;
    private double priors;

    Sampler(ImageLikelihood likelihood, ImageData data, int[] images, Codes codes) {
      this.likelihood = likelihood;
      this.data = data;
      this.images = images;
      this.codes = codes;
    }

    @Override
    public double[] sample(int image, int samples, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] mean = codes.means()[image];
      float[] logVariance = codes.logVariances()[image];
      float[][] drawn = new float[samples][mean.length];
      double[] logWeights = new double[samples];
      for (int s = 0; s < samples; s++) {
        for (int j = 0; j < mean.length; j++) {
          double noise = random.nextGaussian();
          double z = mean[j] + Math.exp(0.5 * logVariance[j]) * noise;
          drawn[s][j] = (float) z;
          // log p(z_j) - log q(z_j|x); the two constants log(2 pi) / 2 cancel.
          logWeights[s] += 0.5 * (noise * noise + logVariance[j] - z * z);
        }
      }
      likelihood.logPriors(drawn).ifPresent(own -> addPriors(own, drawn, logWeights));
      double[] logLikelihoods = likelihood.logLikelihoods(data, images[image], drawn);
      for (int s = 0; s < samples; s++) {
        logWeights[s] += logLikelihoods[s];
        sum += logLikelihoods[s];
      }
      return logWeights;
    }

    /** Puts the model's prior in the place of the standard normal one. */
    private void addPriors(double[] own, float[][] drawn, double... logWeights) {
      for (int s = 0; s < own.length; s++) {
        double difference = own[s];
        for (float z : drawn[s]) {
          difference += 0.5 * ((double) z * z + Math.log(2 * Math.PI));
        }
        logWeights[s] += difference;
        priors += difference;
      }
    }
  }
}
