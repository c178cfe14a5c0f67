package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.GradientMode;
import java.util.List;

/**
 * Discrete codes (van den Oord, Vinyals &amp; Kavukcuoglu 2017, section 3): {@code positions}
 * choices of one of {@code K} learned vectors each, see {@link Codebook}, and a prior of the
 * choices, see {@link AutoregressiveChoices}. A code is the chosen vectors, one after the other;
 * its length is {@code positions width}.
 *
 * @param vectors number of vectors {@code K}, at least 2
 * @param width length of a vector, at least 1
 * @param averaged whether the vectors are moving averages of the codes that choose them; else they
 *     learn by a gradient
 */
public record CodebookPrior(int vectors, int width, boolean averaged) implements PriorFamily {

  /**
   * With vectors that learn by a gradient.
   *
   * @param vectors number of vectors, at least 2
   * @param width length of a vector, at least 1
   */
  public CodebookPrior(int vectors, int width) {
    this(vectors, width, false);
  }

  /**
   * Builds codebook and prior for as many positions as the model has latents. The vectors are at
   * first uniform in {@code (-1, 1)}, all choices equally likely.
   */
  @Override
  public OfPositions build(Model model) {
    return new OfPositions(
        Codebook.of("codebook", model, vectors, width, averaged),
        AutoregressiveChoices.of(model, model.latents(), vectors));
  }

  /**
   * With its weights.
   *
   * @param codebook the vectors
   * @param choices which are chosen together
   */
  public record OfPositions(Codebook codebook, AutoregressiveChoices choices) implements Prior {

    /**
     * Returns the length of a code.
     *
     * @return {@code positions width}
     */
    public int length() {
      return choices.positions() * codebook.width();
    }

    @Override
    public NDArray logDensity(NDArray codes) {
      return choices.logProbability(codebook.nearest(codes));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return GradientMode.paused(
          () -> codebook.lookUp(choices.draw(count, noise), choices.positions()));
    }

    /** The codebook; the prior of choices has a player of its own. */
    @Override
    public List<Network> networks() {
      return codebook.networks();
    }
  }
}
