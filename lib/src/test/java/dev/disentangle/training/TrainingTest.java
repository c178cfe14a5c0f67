package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.example.Wrapping;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.NonFiniteException;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Network;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {

  private final Blobs blobs = new Blobs();

  private Training training(Objective objective, long seed) {
    return Training.of(objective, blobs)
        .latents(3)
        .batchSize(16)
        .seed(seed)
        .architecture(Blobs.architecture())
        .recordEvery(7)
        .measureEvery(20)
        .build();
  }

  private static FactorVae factorVae() {
    return new FactorVae(5).withLearningRate(1e-3);
  }

  private Codes codes(Training training) {
    return training.model().encode(blobs, IntStream.range(0, blobs.size()).toArray());
  }

  /** A VAE that keeps how many threads PyTorch had when its learner was made. */
  private record Counting(AtomicInteger threads) implements Objective {
    @Override
    public String name() {
      return "VAE";
    }

    @Override
    public Learner learner(Assembly all) {
      threads.set(Threads.count());
      return new Vae().learner(all);
    }
  }

  /** A thread that only builds must not keep others waiting for it. */
  @Test
  void networksAreBuiltOnOneThread() {
    int before = Threads.count();
    Threads.set(3);
    try {
      AtomicInteger threads = new AtomicInteger();
      training(new Counting(threads), 1).close();
      assertEquals(1, threads.get());
      assertEquals(3, Threads.count());
    } finally {
      Threads.set(before);
    }
  }

  @Test
  void sameSeedGivesTheSameNumbersBitForBit() {
    try (Training one = training(factorVae(), 3);
        Training two = training(factorVae(), 3);
        Training other = training(factorVae(), 4)) {
      one.run(30);
      two.run(11).run(19);
      other.run(30);
      assertSame(one, two);
      assertNotEquals(
          one.history().last(Terms.LOSS), other.history().last(Terms.LOSS), "another seed");
    }
  }

  private void assertSame(Training one, Training two) {
    assertEquals(one.history().names(), two.history().names());
    for (String term : one.history().names()) {
      assertArrayEquals(one.history().values(term), two.history().values(term), term);
    }
    Codes a = codes(one);
    Codes b = codes(two);
    for (int i = 0; i < a.size(); i++) {
      assertArrayEquals(a.means()[i], b.means()[i]);
      assertArrayEquals(a.logVariances()[i], b.logVariances()[i]);
    }
  }

  @Test
  void aCheckpointGoesOnAsIfNeverStopped(@TempDir Path folder) throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    try (Training straight = training(factorVae(), 5);
        Training stopped = training(factorVae(), 5);
        Training later = training(factorVae(), 5)) {
      straight.run(40);
      // 24 is a multiple of neither 7 nor 20, so partial averages are saved too.
      stopped.run(10).save(checkpoint);
      stopped.run(14).save(checkpoint);
      later.load(checkpoint).run(16);
      assertEquals(40, later.step());
      assertSame(straight, later);
    }
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused(@TempDir Path folder) throws IOException {
    try (Training saved = training(factorVae(), 5);
        Training other = training(new BetaVae(4), 5);
        Training otherSeed = training(factorVae(), 6)) {
      saved.run(2).save(folder.resolve("c"));
      Throwable error =
          assertThrows(IllegalArgumentException.class, () -> other.load(folder.resolve("c")));
      assertTrue(error.getMessage().contains("beta-VAE"), error.getMessage());
      error =
          assertThrows(IllegalArgumentException.class, () -> otherSeed.load(folder.resolve("c")));
      assertTrue(error.getMessage().contains("seed"), error.getMessage());
      assertThrows(IOException.class, () -> other.load(folder.resolve("missing")));
      Files.writeString(folder.resolve("c").resolve("run.json"), "{\"step\": 3");
      assertThrows(IOException.class, () -> saved.load(folder.resolve("c")));
      assertEquals(2, saved.step(), "a failed load leaves the training as it was");
      Files.createDirectory(folder.resolve("mine"));
      Files.writeString(folder.resolve("mine").resolve("notes.txt"), "precious");
      assertThrows(IOException.class, () -> saved.save(folder.resolve("mine")));
      assertEquals("precious", Files.readString(folder.resolve("mine").resolve("notes.txt")));
    }
  }

  @Test
  void theModelLearns() {
    // A decoder that ignores its code can at best give each pixel its frequency over the 49 images
    // (4/49 inside, 2/49 on edges, 1/49 in corners), at 14.7 nats; a code that tells something does
    // better.
    try (Training training = training(new Vae(Adam.of(3e-3)), 1)) {
      training.run(1_000);
      double[] reconstruction = training.history().values(Terms.RECONSTRUCTION);
      assertTrue(reconstruction[0] > 25, "at first: " + reconstruction[0]);
      double last = training.history().last(Terms.RECONSTRUCTION);
      assertTrue(last < 11, "reconstruction after 1,000 steps: " + last);
    }
  }

  @Test
  void theModelsLikelihoodIsTheReconstructionLossOfItsPictures() {
    try (Training training = training(new Vae(Adam.of(3e-3)), 1).run(50)) {
      TrainedModel model = training.model();
      float[][] z = {{0.3f, -1, 0.5f}, {0, 0, 2}};
      double[] given = model.likelihood().orElseThrow().logLikelihoods(blobs, 5, z);
      float[] image = blobs.image(5).pixels();
      for (int i = 0; i < z.length; i++) {
        float[] decoded = model.decode(z).get(i).pixels();
        double expected = 0;
        for (int p = 0; p < image.length; p++) {
          expected += Math.log(image[p] > 0 ? decoded[p] : 1 - decoded[p]);
        }
        // Single precision: 1 - decoded loses digits where the decoder is sure.
        assertEquals(expected, given[i], 1e-3 * Math.abs(expected));
      }
      Scores scores = Scores.of(model, blobs, ScoreOptions.defaults().only("evidence"));
      assertEquals(4, scores.values().size());
      assertTrue(scores.value("evidence.log-likelihood") > -scores.value("evidence.negative-elbo"));
      assertMessage(
          "codes", () -> model.likelihood().orElseThrow().logLikelihoods(blobs, 0, new float[0][]));
    }
    try (Training training = training(new InfoGan(0, 3), 1)) {
      assertTrue(training.model().likelihood().isEmpty());
    }
  }

  @Test
  void anInterruptStopsBetweenStepsAndTheRunGoesOn() {
    try (Training training = training(new Vae(), 1)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> training.run(50));
      assertFalse(Thread.interrupted(), "the interrupt has been handled");
      assertEquals(0, training.step());
      training.run(3);
      assertEquals(3, training.step());
    }
  }

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
      for (float mean : training.model().encode(blobs, new int[] {5}).means()[0]) {
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
              Object result = method.invoke(blobs, arguments);
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
  void aMethodWhoseLossRestsOnAWrappedNumberIsRefused() {
    assertMessage("mul(Number)", () -> training(new Wrapping(), 0));
    assertMessage("Operations.scale", () -> training(new Wrapping(), 0));
  }

  @Test
  void theDiscriminatorLearnsAsOftenAsItIsTold() {
    try (Training training = training(factorVae().withDiscriminatorSteps(3), 0)) {
      training.run(4);
      assertEquals("FactorVAE on blobs, step 4", training.toString());
      List<Long> updates = training.players().stream().map(p -> p.optimizer().step()).toList();
      assertEquals(List.of(4L, 12L), updates, "autoencoder and discriminator");
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

  @Test
  void impossibleSettingsAreNamedWhenTheTrainingIsBuilt() {
    Settings.Builder builder = Training.of(new Vae(), blobs).architecture(Blobs.architecture());
    assertMessage("latents", () -> builder.latents(0).build());
    assertMessage("batchSize", () -> builder.latents(2).batchSize(1).build());
    assertMessage("1x8x8", () -> Training.of(new Vae(), blobs).build());
    assertMessage("gamma", () -> new FactorVae(-1));
    assertMessage("discriminatorSteps", () -> factorVae().withDiscriminatorSteps(0));
    assertMessage("beta", () -> new BetaVae(Double.NaN));
    assertMessage("learningRate", () -> Adam.of(0));
    assertMessage("above 0 and below 1,000", () -> Adam.of(1e10));
    try (Training training = training(new Vae(), 0)) {
      assertMessage("steps", () -> training.run(-1));
      assertMessage("steps", () -> training.run(1, Progress.every(0)));
      assertMessage("codes", () -> training.model().decode(new float[0][]));
      assertMessage("3 latents", () -> training.model().decode(new float[1][2]));
      assertMessage("indices", () -> training.model().encode(blobs, new int[0]));
    }
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    Throwable error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void nothingLeaks() {
    try (Training training = training(factorVae(), 0)) {
      training.run(200);
      int arrays = training.manager().getManagedArrays().size();
      long threads = Thread.getAllStackTraces().size();
      training.run(500);
      assertEquals(arrays, training.manager().getManagedArrays().size());
      assertTrue(Thread.getAllStackTraces().size() <= threads + 1);
    }
  }

  @Test
  void legendsTellRunsOfOneMethodApart() {
    var settings =
        Training.of(new Vae(), new Blobs()).architecture(Blobs.architecture()).latents(2);
    try (Training first = settings.seed(1).build();
        Training second = settings.seed(2).build()) {
      first.run(1);
      second.run(1);
      var picture = dev.disentangle.plot.Plots.totalCorrelation(first, second);
      String words = dev.disentangle.plot.Pictures.description(picture);
      assertTrue(words.contains("VAE (seed 1)") && words.contains("VAE (seed 2)"), words);
    }
  }
}
