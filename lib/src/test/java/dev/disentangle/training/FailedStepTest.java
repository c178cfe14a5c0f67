package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.BLOBS;
import static dev.disentangle.training.BlobTraining.codes;
import static dev.disentangle.training.BlobTraining.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.NonFiniteException;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Network;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that cannot be taken: what is said, and that no weight moves. */
class FailedStepTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 255, -1})
  void aValueThatNoPixelHasIsNamedAndSpoilsNothing(float value) {
    ImageData spoiled = spoilingAt(20, value);
    try (Training training =
        Training.of(new Vae(), spoiled)
            .latents(2)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      Throwable error = assertThrows(IllegalArgumentException.class, () -> training.run(1_000));
      String what = "image 20 of blobs has the value " + value + " (channel 0, row 1, column 2)";
      assertTrue(error.getMessage().contains(what), error.getMessage());
      for (float mean : training.model().encode(BLOBS, new int[] {5}).means()[0]) {
        assertTrue(Float.isFinite(mean));
      }
    }
  }

  /** The blobs, with another value in one image. */
  private ImageData spoilingAt(int image, float value) {
    return (ImageData)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ImageData.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(BLOBS, arguments);
              if (method.getName().equals("read")) {
                int[] indices = (int[]) arguments[0];
                for (int i = 0; i < indices.length; i++) {
                  if (indices[i] == image) {
                    ((float[]) arguments[1])[i * 64 + 10] = value;
                  }
                }
              }
              return result;
            });
  }

  @Test
  void aDivergingLossIsNamedBeforeTheWeightsMove() {
    try (Training training = training(new Vae(Adam.of(900)), 1)) {
      NonFiniteException error = assertThrows(NonFiniteException.class, () -> training.run(200));
      assertTrue(error.getMessage().contains("at step " + training.step()), error.getMessage());
    }
  }

  /** The square root of 0 adds nothing to the loss, and NaN to its gradient. */
  private static final class RootOfZero implements Objective {

    @Override
    public String name() {
      return "root of zero";
    }

    @Override
    public Learner learner(Assembly assembly) {
      return new AutoencoderLearner(
          assembly,
          Adam.of(1e-3),
          pass ->
              pass.reconstruction().add(Operations.scale(pass.posterior().mean(), 0).sum().sqrt()));
    }
  }

  /** Its second player learns twice per step; at step 2 the first one's loss is NaN. */
  private static final class FailsAfterLearning implements Objective {

    @Override
    public String name() {
      return "fails after learning";
    }

    @Override
    public Learner learner(Assembly assembly) {
      Autoencoder autoencoder = assembly.autoencoder();
      Network critic = assembly.discriminator(1);
      Player first = new Player("autoencoder", Adam.of(1e-3), autoencoder.networks());
      Player second = new Player("critic", Adam.of(1e-3), List.of(critic));
      return new Learner() {
        @Override
        public List<Player> players() {
          return List.of(first, second);
        }

        @Override
        public Autoencoder autoencoder() {
          return autoencoder;
        }

        @Override
        public LossTerms step(Step step) {
          for (int round = 0; round < 2; round++) {
            NDArray z = autoencoder.encode(step.images()).mean();
            step.minimise(second, critic.forward(z).sum());
            step.update();
          }
          NDArray loss = autoencoder.encode(step.images()).kl();
          double factor = step.number() == 2 ? Double.NaN : 1;
          step.minimise(first, loss);
          return new LossTerms().with(Terms.LOSS, Operations.scale(loss, factor));
        }
      };
    }
  }

  @Test
  void whatHasMovedWithinAFailedStepIsSaid() {
    try (Training training = training(new FailsAfterLearning(), 1)) {
      training.run(2);
      float[] before = codes(training).means()[0];
      NonFiniteException error = assertThrows(NonFiniteException.class, () -> training.run(1));
      String said = error.getMessage();
      assertTrue(said.contains("the term loss, a scalar, is NaN at step 2"), said);
      assertTrue(
          said.contains(
              "the critic has learnt 2 times in this step, all other weights are as before it"),
          said);
      List<Long> updates = training.players().stream().map(p -> p.optimizer().step()).toList();
      assertEquals(List.of(2L, 6L), updates, "autoencoder and critic");
      assertArrayEquals(before, codes(training).means()[0]);
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsNamedBeforeTheWeightsMove() {
    try (Training training = training(new RootOfZero(), 1)) {
      float[] before = codes(training).means()[0];
      NonFiniteException error = assertThrows(NonFiniteException.class, () -> training.run(5));
      assertTrue(
          error.getMessage().contains("gradient of the autoencoder's encoder/"), error::toString);
      assertTrue(error.getMessage().contains("at step 0"), error::toString);
      assertArrayEquals(before, codes(training).means()[0]);
    }
  }
}
