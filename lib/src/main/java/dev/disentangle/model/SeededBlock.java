package dev.disentangle.model;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.random.RandomGenerator;

/**
 * A DJL {@code Block} whose initial weights come from an explicit generator, so that a seed decides
 * them. Blocks of other kinds are initialised by DJL.
 */
public interface SeededBlock extends Block {

  /**
   * Gives all weights their initial values.
   *
   * @param manager owner of the weights
   * @param random source of the values
   */
  void initialize(NDManager manager, RandomGenerator random);
}
