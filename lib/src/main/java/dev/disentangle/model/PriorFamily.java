package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.disentangle.data.ImageData;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A kind of priors, such as {@link StandardNormal}: what a user chooses, before there are weights.
 * Implementations are records, whose text run records hold.
 */
public interface PriorFamily {

  /**
   * The model that a prior belongs to.
   *
   * @param data the data set
   * @param latents number of latents
   * @param encoder turns images {@code [batch, channels, height, width]} into their posteriors
   * @param manager owner of the prior's weights
   * @param type data type of the weights
   * @param random source of initial weights
   */
  record Model(
      ImageData data,
      int latents,
      Function<NDArray, Posterior> encoder,
      NDManager manager,
      DataType type,
      RandomGenerator random) {}

  /**
   * Builds a prior with its initial weights.
   *
   * @param model what it belongs to
   * @return the prior
   * @throws IllegalArgumentException if it does not fit the model; the message says what was
   *     expected and what was given
   */
  Prior build(Model model);

  /**
   * Tells whether the prior is learned with the model. Methods that pull codes to a given
   * distribution need one that stays.
   *
   * @return by default true
   */
  default boolean isLearned() {
    return true;
  }

  /**
   * Tells whether the prior's latents are independent, {@code p(z) = prod_j p(z_j)}.
   *
   * @return by default false
   */
  default boolean hasIndependentLatents() {
    return false;
  }
}
