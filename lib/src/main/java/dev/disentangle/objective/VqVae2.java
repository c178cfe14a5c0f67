package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Requirements;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.TwoLevelPrior;
import dev.disentangle.objective.discrete.TwoLevelAutoencoder;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * The VQ-VAE-2 (Razavi, van den Oord &amp; Vinyals 2019, equations 2 and 3 and Algorithm 1): a top
 * level of vectors {@code t} for what is global, and a bottom level {@code b}, chosen with a view
 * of the top, for the rest. It minimises
 *
 * <pre>{@code
 * -log p(x | t, b) + commitment (|z_t - sg[t]|^2 + |z_b - sg[b]|^2)
 * }</pre>
 *
 * <p>where {@code sg} stops gradients and that of the first term goes past the choices to the codes
 * (straight through). Both codebooks are moving averages of the codes that choose their vectors,
 * see {@link dev.disentangle.model.Codebook}. Meanwhile a prior of the choices, the top's first,
 * learns which go together; the paper fits two PixelSNAILs afterwards, here it is one {@link
 * dev.disentangle.model.AutoregressiveChoices}. Where the paper's levels are maps of features,
 * these are lists of positions behind dense layers, so that any architecture will do.
 *
 * <p>The number of latents that a training is given is that of the bottom level's positions.
 *
 * @param top positions of the top level, at least 1
 * @param vectors size of each codebook, at least 2; the paper uses 512
 * @param width length of a vector, at least 1; the paper uses 64
 * @param decay share of the moving averages that a step leaves, in {@code [0, 1)}; the paper uses
 *     0.99
 * @param commitment weight of the last term, at least 0; the paper uses 0.25
 * @param hidden units between the image's features and each level, at least 1
 * @param adam the optimiser of encoders and decoder; the paper uses learning rate 3e-4
 * @param priorAdam the prior's optimiser
 */
public record VqVae2(
    int top,
    int vectors,
    int width,
    double decay,
    double commitment,
    int hidden,
    Adam adam,
    Adam priorAdam)
    implements Objective {

  /** Name of the recorded {@code |z_t - sg[t]|^2 + |z_b - sg[b]|^2}, per image. */
  public static final String COMMITMENT_LOSS = "commitment_loss";

  /** Name of the recorded {@code -log p} of the chosen vectors, nats per image. */
  public static final String PRIOR_LOSS = VqVae.PRIOR_LOSS;

  /** Name of the recorded perplexity of the top level's choices in the batch. */
  public static final String TOP_PERPLEXITY = "top_codebook_perplexity";

  /** Name of the recorded perplexity of the bottom level's choices in the batch. */
  public static final String BOTTOM_PERPLEXITY = "bottom_codebook_perplexity";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public VqVae2 {
    Requirements.count("top", top, 1);
    Requirements.count("vectors", vectors, 2);
    Requirements.count("width", width, 1);
    Requirements.share("decay", decay);
    Requirements.nonNegative("commitment", commitment);
    Requirements.count("hidden", hidden, 1);
  }

  /**
   * The paper's rate 3e-4, decay 0.99 and commitment 0.25; vectors of length 4, 128 hidden units.
   *
   * @param top positions of the top level
   * @param vectors size of each codebook
   */
  public VqVae2(int top, int vectors) {
    this(top, vectors, 4, 0.99, 0.25, 128, Adam.of(3e-4), Adam.of(1e-3));
  }

  @Override
  public String name() {
    return "VQ-VAE-2";
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new Deterministic();
  }

  @Override
  public PriorFamily defaultPrior() {
    return new TwoLevelPrior(top, vectors, width);
  }

  @Override
  public Learner learner(Assembly assembly) {
    assembly.requirePosterior(defaultPosterior());
    assembly.requirePrior(defaultPrior());
    return new TwoLevels(new TwoLevelAutoencoder(assembly, hidden));
  }

  private final class TwoLevels implements Learner {

    private final TwoLevelAutoencoder model;
    private final Player player;
    private final Player prior;
    private final Player codebooks;

    TwoLevels(TwoLevelAutoencoder model) {
      this.model = model;
      this.player = new Player("autoencoder", adam, model.coders());
      this.prior = new Player("prior", priorAdam, List.of(model.prior().choices().table()));
      this.codebooks = new Player("codebooks", adam, model.prior().networks());
    }

    /** The codebooks' player rests: they move by their averages. */
    @Override
    public List<Player> players() {
      return List.of(player, prior, codebooks);
    }

    @Override
    public TwoLevelAutoencoder autoencoder() {
      return model;
    }

    @Override
    public LossTerms step(Step step) {
      TwoLevelAutoencoder.Levels levels = model.quantise(step.images());
      NDArray reconstruction = model.reconstruction(levels, step.images());
      NDArray committed = levels.top().commitment().add(levels.bottom().commitment());
      NDArray loss = reconstruction.add(Operations.scale(committed, commitment));
      step.minimise(player, loss);
      NDArray logs =
          model.prior().logProbability(levels.top().choices(), levels.bottom().choices());
      NDArray surprise = logs.mean().neg();
      step.minimise(prior, surprise);
      levels.top().average(step, decay);
      levels.bottom().average(step, decay);
      return new LossTerms()
          .with(Terms.RECONSTRUCTION, reconstruction)
          .with(COMMITMENT_LOSS, committed)
          .with(PRIOR_LOSS, surprise)
          .with(TOP_PERPLEXITY, levels.top().perplexity())
          .with(BOTTOM_PERPLEXITY, levels.bottom().perplexity())
          .with(Terms.LOSS, loss);
    }
  }
}
