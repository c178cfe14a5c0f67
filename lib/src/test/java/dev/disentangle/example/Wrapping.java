package dev.disentangle.example;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.objective.Objective;
import dev.disentangle.tensor.Adam;

/** Weights its divergence in DJL's way, as whoever writes a first method will. */
public record Wrapping() implements Objective {

  @Override
  public String name() {
    return "wrapping";
  }

  @Override
  public Learner learner(Assembly assembly) {
    return new AutoencoderLearner(
        assembly, Adam.of(1e-3), pass -> pass.reconstruction().add(pass.kl().mul(0.5)));
  }
}
