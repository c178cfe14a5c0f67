package dev.disentangle.objective;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.PosteriorFamily;
import java.util.Map;

/**
 * A method whose codes are drawn from diagonal Gaussians where its paper has certain ones.
 *
 * @param method the method
 */
public record Drawn(Objective method) implements Objective {

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public PosteriorFamily defaultPosterior() {
    return new DiagonalGaussian();
  }

  @Override
  public Learner learner(Assembly assembly) {
    return method.learner(assembly);
  }

  @Override
  public Map<String, String> hyperparameters() {
    return method.hyperparameters();
  }
}
