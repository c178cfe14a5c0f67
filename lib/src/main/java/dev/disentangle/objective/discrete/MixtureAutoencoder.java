package dev.disentangle.objective.discrete;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.StickBreaking;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several autoencoders, each with an encoder and a decoder of its own, and the weights of the
 * mixture, see {@link StickBreaking}.
 *
 * <p>To scores and pictures a code is {@code z} of the most responsible component, then which one
 * it is, as a one-hot vector; decoding adds up the components' images by these numbers.
 */
public final class MixtureAutoencoder implements EncoderDecoder {

  /** A posterior so wide costs 2.4e8 nats per latent: no image is ever such a component's. */
  private static final double LARGEST_LOG_VARIANCE = 20;

  private final List<Network> encoders = new ArrayList<>();
  private final List<Network> decoders = new ArrayList<>();
  private final StickBreaking.OfComponents prior;
  private final Likelihood likelihood;

  /**
   * The evidence lower bound of every image and component in two parts.
   *
   * @param reconstruction {@code -log p(x|z, c)}, nats, {@code [batch, components]}
   * @param kl {@code KL(q(z|x, c) || N(0, I))}, nats, {@code [batch, components]}
   */
  public record Bound(NDArray reconstruction, NDArray kl) {}

  /**
   * Builds the networks.
   *
   * @param assembly what they must fit; its prior must be {@link StickBreaking}
   * @throws IllegalArgumentException if the architecture does not fit the images or the latents
   */
  public MixtureAutoencoder(Assembly assembly) {
    int components = ((StickBreaking) assembly.prior()).components();
    for (int c = 0; c < components; c++) {
      encoders.add(assembly.encoder("encoder-" + c, 0, 2 * assembly.latents()));
      decoders.add(assembly.decoder("decoder-" + c, assembly.latents()));
    }
    this.prior = (StickBreaking.OfComponents) assembly.prior(encoders.get(0), this::encode);
    this.likelihood = assembly.likelihood();
  }

  /**
   * Computes every component's bound.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param draw takes one code per image from its posterior
   * @return the bounds
   */
  public Bound bound(NDArray images, Function<GaussianPosterior, NDArray> draw) {
    NDArray reconstruction = null;
    NDArray kl = null;
    for (int c = 0; c < encoders.size(); c++) {
      GaussianPosterior q = bounded(GaussianPosterior.of(encoders.get(c).forward(images)));
      NDArray outputs = decoders.get(c).forward(draw.apply(q));
      NDArray nats = likelihood.perImage(outputs, images).expandDims(1);
      NDArray own =
          Operations.gaussianKl(q.mean(), q.logVariance()).sum(new int[] {1}).expandDims(1);
      reconstruction = reconstruction == null ? nats : reconstruction.concat(nats, 1);
      kl = kl == null ? own : kl.concat(own, 1);
    }
    return new Bound(reconstruction, kl);
  }

  /**
   * Nothing holds what a component says of images that are another's: without a bound its variances
   * may become infinite there, and then no responsibility, times infinity, is not a number.
   */
  private static GaussianPosterior bounded(GaussianPosterior q) {
    NDArray logVariance = Operations.atMost(q.logVariance(), LARGEST_LOG_VARIANCE);
    return new GaussianPosterior(q.mean(), logVariance);
  }

  /**
   * Computes {@code log q(c|x)}, the logarithm of {@code e^(E[log pi_c] + weight bound_c)} over its
   * sum.
   *
   * @param bound every component's bound
   * @param weight of the bound, at most 1
   * @return nats, {@code [batch, components]}, without a gradient
   */
  public NDArray logResponsibilities(Bound bound, double weight) {
    NDArray nats = bound.reconstruction().add(bound.kl()).stopGradient();
    return Operations.scale(nats, -weight).add(logWeights(nats)).logSoftmax(1);
  }

  /**
   * Returns the mixture's weights.
   *
   * @param like decides data type and owner
   * @return {@code E[log pi_c]}, {@code [1, components]}
   */
  public NDArray logWeights(NDArray like) {
    double[] logs = prior.expectedLogWeights();
    NDArray row = like.getManager().create(logs, new Shape(1, logs.length));
    return row.toType(like.getDataType(), false);
  }

  /**
   * Returns all autoencoders.
   *
   * @return the encoders, then the decoders
   */
  public List<Network> coders() {
    return Stream.concat(encoders.stream(), decoders.stream()).toList();
  }

  /** All autoencoders, and the mixture's weights. */
  @Override
  public List<Network> networks() {
    return Stream.concat(coders().stream(), prior.networks().stream()).toList();
  }

  /** Chooses by the bounds with {@code z} at the posteriors' means. */
  @Override
  public Posterior encode(NDArray images) {
    List<NDArray> means = new ArrayList<>();
    Bound bound =
        bound(
            images,
            q -> {
              means.add(q.mean());
              return q.mean();
            });
    NDArray chosen = logResponsibilities(bound, 1).argMax(1).oneHot(encoders.size());
    NDArray oneHot = chosen.toType(images.getDataType(), false);
    NDArray z = null;
    for (int c = 0; c < encoders.size(); c++) {
      NDArray part = means.get(c).mul(oneHot.get(":, {}:{}", c, c + 1));
      z = z == null ? part : z.add(part);
    }
    return new Deterministic.Posteriors(z.concat(oneHot, 1));
  }

  @Override
  public NDArray decode(NDArray codes) {
    NDArray z = codes.get(":, :{}", prior.latents());
    NDArray images = null;
    for (int c = 0; c < decoders.size(); c++) {
      NDArray share = codes.get(":, {}", prior.latents() + c).reshape(-1, 1, 1, 1);
      NDArray part = likelihood.mean(decoders.get(c).forward(z)).mul(share);
      images = images == null ? part : images.add(part);
    }
    return images;
  }

  @Override
  public int latents() {
    return prior.latents() + encoders.size();
  }

  @Override
  public StickBreaking.OfComponents prior() {
    return prior;
  }
}
