package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreScheduleTest {

  private final Blobs blobs = new Blobs();

  private Settings.Builder vae() {
    return Training.of(new Vae(Adam.of(1e-2)), blobs)
        .latents(3)
        .batchSize(16)
        .architecture(Blobs.architecture())
        .measureEvery(0);
  }

  /** The mutual information gap of all 49 images, which takes no draws: no seed matters. */
  private static double gap(Training training, Blobs blobs) {
    return Scores.of(training.model(), blobs, ScoreOptions.defaults().only("mig"))
        .values()
        .get(0)
        .value();
  }

  @Test
  void theHistoryHoldsTheScoresOfTheModelAtEveryStepAskedFor() {
    try (Training training = vae().scoreEvery(10, "mig").build()) {
      training.run(10);
      double ten = gap(training, blobs);
      training.run(15);
      training.run(5);
      History history = training.history();
      assertArrayEquals(new long[] {0, 10, 20, 30}, history.steps("score.mig"));
      assertEquals(ten, history.values("score.mig")[1], 0);
      assertEquals(gap(training, blobs), history.last("score.mig"), 0);
    }
  }

  @Test
  void scoresTouchNoWeight() {
    try (Training scored = vae().scoreEvery(3, "mig", "kl").build();
        Training plain = vae().build()) {
      scored.run(10);
      plain.run(10);
      assertEquals(gap(plain, blobs), gap(scored, blobs), 0);
    }
  }

  @Test
  void scoreOfATermsNameHasARowOfItsOwn() {
    try (Training training = vae().scoreEvery(10, "kl").build()) {
      training.run(20);
      assertTrue(training.history().names().containsAll(Set.of("kl", "score.kl")));
    }
  }

  @Test
  void onlySoManyImagesAreEncoded() {
    ScoreSchedule few = new ScoreSchedule(5, List.of("kl"), 20);
    try (Training training = vae().scores(few).build();
        Training all = vae().scoreEvery(5, "kl").build()) {
      training.run(5);
      all.run(5);
      assertFalse(training.history().last("score.kl") == all.history().last("score.kl"));
    }
  }

  @Test
  void scoresThatNeedFactorsAreRefusedBeforeTheFirstStep() {
    Settings.Builder builder = Training.of(new Vae(), new ManyBlobs(100));
    try (Training training =
        builder.architecture(Blobs.architecture()).scoreEvery(10, "kl", "mig").build()) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> training.run(20));
      assertTrue(refused.getMessage().contains("score mig"), refused.getMessage());
      assertTrue(refused.getMessage().contains("no factors"), refused.getMessage());
      assertEquals(0, training.step());
    }
  }

  @Test
  void badSchedulesAreRefused() {
    Settings.Builder builder = vae();
    assertThrows(IllegalArgumentException.class, () -> builder.scoreEvery(-1, "mig"));
    assertThrows(IllegalArgumentException.class, () -> builder.scoreEvery(10));
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> builder.scoreEvery(10, "mug"));
    assertTrue(unknown.getMessage().contains("mug"), unknown.getMessage());
    List<String> mig = List.of("mig");
    assertThrows(IllegalArgumentException.class, () -> new ScoreSchedule(10, mig, 1));
  }
}
