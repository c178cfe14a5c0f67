package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.ClusteredPrior;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import java.util.List;
import java.util.stream.Stream;

/**
 * An autoencoder whose codes form clusters, see {@link ClusteredPrior}: the encoder gives {@code
 * q(z|x)} and {@code q(w|x)}.
 *
 * <p>To scores and pictures a code is the mean of {@code z} followed by the probability of each
 * cluster; decoding looks at {@code z} alone.
 */
public final class ClusteredAutoencoder implements EncoderDecoder {

  private final Network encoder;
  private final Network decoder;
  private final ClusteredPrior.OfClusters prior;
  private final Likelihood likelihood;
  private final int latents;
  private final int clusters;

  /**
   * What the encoder says about a batch.
   *
   * @param z {@code q(z|x)}
   * @param w {@code q(w|x)}
   */
  public record Posteriors(GaussianPosterior z, GaussianPosterior w) {}

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be a {@link ClusteredPrior}
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public ClusteredAutoencoder(Assembly assembly) {
    this.latents = assembly.latents();
    ClusteredPrior family = (ClusteredPrior) assembly.prior();
    this.clusters = family.clusters();
    this.encoder = assembly.encoder(0, 2 * (latents + family.mixing()));
    this.decoder = assembly.decoder(latents);
    this.prior = (ClusteredPrior.OfClusters) assembly.prior(encoder, this::encode);
    this.likelihood = assembly.likelihood();
  }

  /**
   * Encodes images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return both posteriors
   */
  public Posteriors posteriors(NDArray images) {
    NDArray outputs = encoder.forward(images);
    return new Posteriors(
        GaussianPosterior.of(outputs.get(":, :{}", 2 * latents)),
        GaussianPosterior.of(outputs.get(":, {}:", 2 * latents)));
  }

  /**
   * Computes {@code -log p(x|z)}.
   *
   * @param z {@code [batch, latents]}
   * @param images {@code [batch, channels, height, width]}
   * @return a scalar, nats per image
   */
  public NDArray reconstruction(NDArray z, NDArray images) {
    return likelihood.negativeLogLikelihood(decoder.forward(z), images);
  }

  /** Encoder, decoder, and the network of the clusters. */
  @Override
  public List<Network> networks() {
    return Stream.concat(Stream.of(encoder, decoder), prior.networks().stream()).toList();
  }

  @Override
  public Posterior encode(NDArray images) {
    Posteriors posteriors = posteriors(images);
    NDArray mean = posteriors.z().mean();
    NDArray logs = prior.logResponsibilities(mean, posteriors.w().mean());
    return new Deterministic.Posteriors(mean.concat(logs.exp(), 1));
  }

  @Override
  public NDArray decode(NDArray codes) {
    return likelihood.mean(decoder.forward(codes.get(":, :{}", latents)));
  }

  @Override
  public int latents() {
    return latents + clusters;
  }

  @Override
  public ClusteredPrior.OfClusters prior() {
    return prior;
  }
}
