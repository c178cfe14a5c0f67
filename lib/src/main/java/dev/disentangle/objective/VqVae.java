package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.CodebookPrior;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.discrete.QuantisedAutoencoder;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The VQ-VAE (van den Oord, Vinyals &amp; Kavukcuoglu 2017, equation 3): every position of a code
 * {@code z = e(x)} is replaced by the nearest vector {@code c} of a codebook. It minimises
 *
 * <pre>{@code
 * -log p(x|c) + |sg[z] - c|^2 + commitment |z - sg[c]|^2
 * }</pre>
 *
 * <p>where {@code sg} stops gradients; that of the first term goes past the choice to the encoder
 * as if {@code c} were {@code z} (straight through). Meanwhile an autoregressive prior learns which
 * vectors are chosen together, see {@link CodebookPrior}; the paper fits its prior afterwards. The
 * codebook learns by the gradient, not by moving averages.
 *
 * <p>The number of latents that a training is given is that of positions.
 *
 * @param vectors size of the codebook, at least 2; the paper uses 512
 * @param width length of a vector, at least 1
 * @param commitment weight of the last term, at least 0; the paper uses 0.25
 * @param adam the optimiser of encoder, decoder and codebook; the paper uses learning rate 2e-4
 * @param priorAdam the prior's optimiser
 */
public record VqVae(int vectors, int width, double commitment, Adam adam, Adam priorAdam)
    implements Objective {

  /** Name of the recorded {@code |sg[z] - c|^2}, per image. */
  public static final String CODEBOOK_LOSS = "codebook_loss";

  /** Name of the recorded {@code -log p} of the chosen vectors, nats per image. */
  public static final String PRIOR_LOSS = "prior_loss";

  /** Name of the recorded perplexity of the batch's choices: how many vectors are in use. */
  public static final String PERPLEXITY = "codebook_perplexity";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public VqVae {
    Requirements.count("vectors", vectors, 2);
    Requirements.count("width", width, 1);
    Requirements.nonNegative("commitment", commitment);
  }

  /**
   * The paper's rate 2e-4 and commitment 0.25, and vectors of length 4.
   *
   * @param vectors size of the codebook
   */
  public VqVae(int vectors) {
    this(vectors, 4, 0.25, Adam.of(2e-4), Adam.of(1e-3));
  }

  @Override
  public String name() {
    return "VQ-VAE";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new Deterministic();
  }

  @Override
  public PriorFamily defaultPrior() {
    return new CodebookPrior(vectors, width);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(defaultPosterior());
    assembly.requirePrior(defaultPrior());
    return new Quantising(new QuantisedAutoencoder(assembly));
  }

  private final class Quantising implements Learner {

    private final QuantisedAutoencoder model;
    private final Player player;
    private final Player prior;

    Quantising(QuantisedAutoencoder model) {
      this.model = model;
      this.player = new Player("autoencoder", adam, model.reconstructing());
      this.prior = new Player("prior", priorAdam, List.of(model.prior().choice()));
    }

    @Override
    public List<Player> players() {
      return List.of(player, prior);
    }

    @Override
    public QuantisedAutoencoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      NDArray z = model.continuous(step.images());
      NDArray choices = model.prior().nearest(z);
      NDArray c = model.prior().lookUp(choices);
      NDArray straight = z.add(c.sub(z).stopGradient());
      NDArray reconstruction = model.reconstruction(straight, step.images());
      NDArray codebook = distance(z.stopGradient(), c);
      NDArray committed = distance(z, c.stopGradient());
      NDArray loss = reconstruction.add(codebook).add(Operations.scale(committed, commitment));
      step.minimise(player, loss);
      NDArray surprise = model.prior().logProbability(choices).mean().neg();
      step.minimise(prior, surprise);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(CODEBOOK_LOSS, codebook)
          .with(PRIOR_LOSS, surprise)
          .with(PERPLEXITY, perplexity(choices))
          .with(Terms.LOSS, loss);
    }

    private static NDArray distance(NDArray a, NDArray b) {
      return a.sub(b).square().sum(new int[] {1}).mean();
    }

    /** {@code e^H} of how often each vector is chosen. */
    private static NDArray perplexity(NDArray choices) {
      NDArray share = choices.mean(new int[] {0});
      return share.mul(share.add(1e-10f).log()).sum().neg().exp();
    }
  }
}
