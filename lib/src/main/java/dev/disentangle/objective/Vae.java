package dev.disentangle.objective;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.tensor.Adam;

/**
 * The variational autoencoder (Kingma &amp; Welling 2014, equation 7): minimises {@code
 * -E_q(z|x)[log p(x|z)] + KL(q(z|x) || p(z))}, the negative evidence lower bound.
 *
 * @param adam the optimiser's settings
 */
public record Vae(Adam adam) implements Objective {

  /** Learning rate 1e-4, as the papers that compare with it use. */
  public Vae() {
    this(Adam.of(1e-4));
  }

  @Override
  public String name() {
    return "VAE";
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new AutoencoderLearner(assembly, adam, pass -> pass.reconstruction().add(pass.kl()));
  }
}
