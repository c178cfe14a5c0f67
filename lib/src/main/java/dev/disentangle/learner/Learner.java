package dev.disentangle.learner;

import dev.disentangle.model.EncoderDecoder;
import java.util.List;

/** A method at work: live networks, their optimisers, and the computation of one step. */
public interface Learner extends Batching {

  /**
   * Returns who learns.
   *
   * @return the players, in a fixed order; adversarial methods have two
   */
  List<Player> players();

  /**
   * Returns the networks that turn images into codes and back.
   *
   * @return the autoencoder; for methods without an encoder, the generator with its recogniser
   */
  EncoderDecoder autoencoder();

  /**
   * Computes one step: losses, and for every player a call of {@link Step#minimise}. The weights
   * move when the step ends, so all losses see the same weights.
   *
   * @param step the step's images, noise and gradients
   * @return the loss terms to report, in nats per image
   */
  LossTerms step(Step step);
}
