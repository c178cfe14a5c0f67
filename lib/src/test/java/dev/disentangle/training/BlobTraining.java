package dev.disentangle.training;

import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.representation.Codes;
import java.util.stream.IntStream;

/** Short trainings on blobs, for tests of what a training does. */
final class BlobTraining {

  static final Blobs BLOBS = new Blobs();

  private BlobTraining() {}

  static Training training(Objective objective, long seed) {
    return Training.of(objective, BLOBS)
        .latents(3)
        .batchSize(16)
        .seed(seed)
        .architecture(Blobs.architecture())
        .recordEvery(7)
        .measureEvery(20)
        .build();
  }

  static FactorVae factorVae() {
    return new FactorVae(5).withLearningRate(1e-3);
  }

  static Codes codes(Training training) {
    return training.model().encode(BLOBS, IntStream.range(0, BLOBS.size()).toArray());
  }
}
