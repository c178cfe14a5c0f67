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
import dev.disentangle.model.Network;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.discrete.Quantised;
import dev.disentangle.objective.discrete.QuantisedAutoencoder;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.stream.Stream;

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
 * vectors are chosen together, see {@link CodebookPrior}; the paper fits its prior afterwards.
 *
 * <p>With a decay the vectors are moving averages of the codes that choose them, see {@link
 * dev.disentangle.model.Codebook}, in the place of the second term (the paper's appendix A.1).
 *
 * <p>The number of latents that a training is given is that of positions.
 *
 * @param vectors size of the codebook, at least 2; the paper uses 512
 * @param width length of a vector, at least 1
 * @param commitment weight of the last term, at least 0; the paper uses 0.25
 * @param decay share of the moving averages that a step leaves, in {@code [0, 1)}; 0 for a codebook
 *     that learns by the gradient. Razavi et al. 2019 use 0.99
 * @param adam the optimiser of encoder, decoder and codebook; the paper uses learning rate 2e-4
 * @param priorAdam the prior's optimiser
 */
public record VqVae(
    int vectors, int width, double commitment, double decay, Adam adam, Adam priorAdam)
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
    Requirements.share("decay", decay);
  }

  /**
   * With a codebook that learns by the gradient, without decay.
   *
   * @param vectors size of the codebook
   * @param width length of a vector
   * @param commitment weight of the last term
   * @param adam the optimiser of encoder, decoder and codebook
   * @param priorAdam the prior's optimiser
   */
  public VqVae(int vectors, int width, double commitment, Adam adam, Adam priorAdam) {
    this(vectors, width, commitment, 0, adam, priorAdam);
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
    return new CodebookPrior(vectors, width, decay > 0);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(defaultPosterior());
    assembly.requirePrior(defaultPrior());
    return new Quantising(new QuantisedAutoencoder(assembly));
  }

  private final class Quantising implements Learner {

    private final QuantisedAutoencoder model;
    private final List<Player> players;

    Quantising(QuantisedAutoencoder model) {
      this.model = model;
      Player prior = new Player("prior", priorAdam, List.of(model.prior().choices().table()));
      List<Network> codebook = model.prior().networks();
      List<Network> all = Stream.of(model.coders(), codebook).flatMap(List::stream).toList();
      Player own = new Player("autoencoder", adam, decay > 0 ? model.coders() : all);
      this.players =
          decay > 0
              ? List.of(own, prior, new Player("codebook", adam, codebook))
              : List.of(own, prior);
    }

    @Override
    public List<Player> players() {
      return players;
    }

    @Override
    public QuantisedAutoencoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      Quantised code = model.quantise(step.images());
      NDArray reconstruction = model.reconstruction(code.straight(), step.images());
      NDArray codebook = code.codebookLoss();
      NDArray committed = Operations.scale(code.commitment(), commitment);
      NDArray loss = reconstruction.add(committed);
      if (decay > 0) {
        code.average(step, decay);
      } else {
        loss = loss.add(codebook);
      }
      step.minimise(players.get(0), loss);
      NDArray surprise = model.prior().choices().logProbability(code.choices()).mean().neg();
      step.minimise(players.get(1), surprise);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(CODEBOOK_LOSS, codebook)
          .with(PRIOR_LOSS, surprise)
          .with(PERPLEXITY, code.perplexity())
          .with(Terms.LOSS, loss);
    }
  }
}
