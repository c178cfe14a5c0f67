package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.BLOBS;
import static dev.disentangle.training.BlobTraining.codes;
import static dev.disentangle.training.BlobTraining.factorVae;
import static dev.disentangle.training.BlobTraining.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.example.Wrapping;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

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
      double[] given = model.likelihood().orElseThrow().logLikelihoods(BLOBS, 5, z);
      float[] image = BLOBS.image(5).pixels();
      for (int i = 0; i < z.length; i++) {
        float[] decoded = model.decode(z).get(i).pixels();
        double expected = 0;
        for (int p = 0; p < image.length; p++) {
          expected += Math.log(image[p] > 0 ? decoded[p] : 1 - decoded[p]);
        }
        // Single precision: 1 - decoded loses digits where the decoder is sure.
        assertEquals(expected, given[i], 1e-3 * Math.abs(expected));
      }
      Scores scores = Scores.of(model, BLOBS, ScoreOptions.defaults().only("evidence"));
      assertEquals(4, scores.values().size());
      assertTrue(scores.value("evidence.log-likelihood") > -scores.value("evidence.negative-elbo"));
      assertMessage(
          "codes", () -> model.likelihood().orElseThrow().logLikelihoods(BLOBS, 0, new float[0][]));
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
  void impossibleSettingsAreNamedWhenTheTrainingIsBuilt() {
    Settings.Builder builder = Training.of(new Vae(), BLOBS).architecture(Blobs.architecture());
    assertMessage("latents", () -> builder.latents(0).build());
    assertMessage("batchSize", () -> builder.latents(2).batchSize(1).build());
    assertMessage("1x8x8", () -> Training.of(new Vae(), BLOBS).build());
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
      assertMessage("indices", () -> training.model().encode(BLOBS, new int[0]));
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
