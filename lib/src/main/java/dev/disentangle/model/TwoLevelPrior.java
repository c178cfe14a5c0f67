package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.GradientMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Discrete codes of two levels (Razavi, van den Oord &amp; Vinyals 2019, section 3): {@code top}
 * choices from one codebook, then as many as the model has latents from another, and one prior of
 * all choices, {@code p(top) p(bottom | top)}, see {@link AutoregressiveChoices}. A code is the
 * chosen vectors, the top level's first.
 *
 * @param top number of choices of the top level, at least 1
 * @param vectors number of vectors of each codebook, at least 2
 * @param width length of a vector, at least 1
 */
public record TwoLevelPrior(int top, int vectors, int width) implements PriorFamily {

  /** Builds both codebooks, which are moving averages, and the prior of the choices. */
  @Override
  public OfLevels build(Model model) {
    return new OfLevels(
        Codebook.of("top-codebook", model, vectors, width, true),
        Codebook.of("bottom-codebook", model, vectors, width, true),
        AutoregressiveChoices.of(model, top + model.latents(), vectors),
        top);
  }

  /**
   * With its weights.
   *
   * @param top the top level's vectors
   * @param bottom the bottom level's vectors
   * @param choices which are chosen together
   * @param above number of choices of the top level
   */
  public record OfLevels(Codebook top, Codebook bottom, AutoregressiveChoices choices, int above)
      implements Prior {

    /**
     * Returns the number of choices of the bottom level.
     *
     * @return positions below
     */
    public int below() {
      return choices.positions() - above;
    }

    /**
     * Returns the length of a code.
     *
     * @return numbers of both levels
     */
    public int length() {
      return choices.positions() * top.width();
    }

    /**
     * Computes {@code log p(top) + log p(bottom | top)}.
     *
     * @param topChoices one-hot, {@code [batch above, vectors]}
     * @param bottomChoices one-hot, {@code [batch below, vectors]}
     * @return nats, {@code [batch]}
     */
    public NDArray logProbability(NDArray topChoices, NDArray bottomChoices) {
      NDArray first = topChoices.reshape(-1, above, top.vectors());
      NDArray then = bottomChoices.reshape(-1, below(), top.vectors());
      return choices.logProbability(first.concat(then, 1).reshape(-1, top.vectors()));
    }

    @Override
    public NDArray logDensity(NDArray codes) {
      int split = above * top.width();
      return logProbability(
          top.nearest(codes.get(":, :{}", split)), bottom.nearest(codes.get(":, {}:", split)));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return GradientMode.paused(
          () -> {
            NDArray all = choices.draw(count, noise).reshape(count, -1, top.vectors());
            NDArray first = all.get(":, :{}", above).reshape(-1, top.vectors());
            NDArray then = all.get(":, {}:", above).reshape(-1, top.vectors());
            return top.lookUp(first, above).concat(bottom.lookUp(then, below()), 1);
          });
    }

    /** Both codebooks; the prior of choices has a player of its own. */
    @Override
    public List<Network> networks() {
      return Stream.concat(top.networks().stream(), bottom.networks().stream()).toList();
    }
  }
}
