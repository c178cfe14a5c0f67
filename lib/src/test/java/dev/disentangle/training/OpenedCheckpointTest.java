package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.BLOBS;
import static dev.disentangle.training.BlobTraining.factorVae;
import static dev.disentangle.training.BlobTraining.training;
import static dev.disentangle.training.CheckpointFiles.edit;
import static dev.disentangle.training.CheckpointFiles.failure;
import static dev.disentangle.training.CheckpointFiles.means;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.model.VampPrior;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training or its model opened from a checkpoint, without the program that saved it. */
class OpenedCheckpointTest {

  @TempDir private Path temporary;

  /** A method that is a record which is not public. */
  private record Faded(double weight, Adam adam) implements Objective {
    @Override
    public String name() {
      return "faded";
    }

    @Override
    public Learner learner(Assembly assembly) {
      return new AutoencoderLearner(
          assembly, adam, pass -> pass.reconstruction().add(Operations.scale(pass.kl(), weight)));
    }
  }

  @Test
  void aMethodThatIsNotPublicIsSavedAndOpened() throws IOException {
    Path folder = temporary.resolve("run");
    Faded method = new Faded(0.5, Adam.of(1e-3));
    try (Training training = training(method, 5).run(2)) {
      training.save(folder);
      try (Training opened = Training.open(folder, BLOBS)) {
        assertEquals(method, opened.settings().objective());
      }
    }
  }

  @Test
  void openRestoresSettingsAndGoesOnAsIfNeverStopped() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training straight = training(factorVae(), 5);
        Training stopped = training(factorVae(), 5)) {
      straight.run(40);
      stopped.run(24).save(folder);
      try (Training opened = Training.open(folder, BLOBS)) {
        assertEquals(stopped.settings(), opened.settings());
        opened.run(16);
        assertArrayEquals(means(straight.model()), means(opened.model()));
        assertEquals(straight.history().csv(), opened.history().csv());
      }
      String message =
          failure(IllegalArgumentException.class, () -> Training.open(folder, new ManyBlobs(49)));
      assertTrue(message.contains("many blobs"), message);
    }
  }

  @Test
  void aModelOpensWithoutItsData() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = training(factorVae(), 5).run(10)) {
      training.save(folder);
      float[][] codes = {{0.5f, -1, 2}};
      try (TrainedModel model = TrainedModel.open(folder)) {
        assertEquals("FactorVAE", model.name());
        assertArrayEquals(means(training.model()), means(model));
        assertArrayEquals(
            training.model().decode(codes).get(0).pixels(), model.decode(codes).get(0).pixels());
        assertTrue(model.likelihood().isPresent());
        assertTrue(model.decoderLayers().isPresent());
      }
      // Closing a training's own model frees nothing of it.
      training.model().close();
      training.run(1);
    }
  }

  /** The prior's pseudo-inputs start as images of the data, which are not there any more. */
  @Test
  void aLearnedPriorIsOpenedToo() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training =
        Training.of(new Vae(Adam.of(1e-2)), BLOBS)
            .latents(2)
            .batchSize(16)
            .architecture(Blobs.architecture())
            .prior(new VampPrior(4))
            .measureEvery(0)
            .build()
            .run(10)) {
      training.save(folder);
      float[][] drawn = training.model().drawCodes(5, new SplittableRandom(1));
      try (TrainedModel model = TrainedModel.open(folder)) {
        assertArrayEquals(drawn, model.drawCodes(5, new SplittableRandom(1)));
      }
    }
  }

  @Test
  void whatCannotBeBuiltAgainIsSaidWithWhatToDo() throws IOException {
    Path folder = temporary.resolve("run");
    Objective anonymous =
        new Objective() {
          @Override
          public String name() {
            return "anonymous";
          }

          @Override
          public Learner learner(Assembly assembly) {
            return new Vae().learner(assembly);
          }
        };
    try (Training training = training(anonymous, 5).run(1)) {
      training.save(folder);
      String message = failure(IllegalArgumentException.class, () -> Training.open(folder, BLOBS));
      assertTrue(message.contains("is not a record"), message);
      assertTrue(message.contains("Training.of(method, data)...build().load(folder)"), message);
      training.run(1).load(folder);
      assertEquals(1, training.step());
      edit(
          folder,
          run -> {
            JsonObject method = new JsonObject();
            method.addProperty("class", "java.lang.Runtime");
            run.getAsJsonObject("setup").add("objective", method);
          });
      message = failure(IllegalArgumentException.class, () -> Training.open(folder, BLOBS));
      assertTrue(message.contains("java.lang.Runtime is no Objective"), message);
    }
  }
}
