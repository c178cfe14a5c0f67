package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.model.VampPrior;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

  private static final List<String> FILES = List.of("weights.npz", "history.csv", "run.json");

  @TempDir private Path temporary;

  private final Blobs blobs = new Blobs();

  private Training training(Objective method) {
    return Training.of(method, blobs)
        .latents(3)
        .batchSize(16)
        .seed(5)
        .architecture(Blobs.architecture())
        .recordEvery(7)
        .measureEvery(20)
        .build();
  }

  private Training factorVae() {
    return training(new FactorVae(5).withLearningRate(1e-3));
  }

  private float[][] means(TrainedModel model) {
    Codes codes = model.encode(blobs, IntStream.range(0, blobs.size()).toArray());
    return codes.means();
  }

  private static String failure(Class<? extends Exception> type, Executable call) {
    return assertThrows(type, call::run).getMessage();
  }

  /** A call that fails. */
  @FunctionalInterface
  private interface Executable {
    void run() throws Exception;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderWithSomebodysFileIsRefusedAndNothingMoves() throws IOException {
    Path mine = Files.createDirectory(temporary.resolve("mine"));
    Files.writeString(mine.resolve("notes.txt"), "precious");
    try (Training training = factorVae()) {
      for (int attempt = 0; attempt < 2; attempt++) {
        String message = failure(IOException.class, () -> training.save(mine));
        assertTrue(message.contains("holds notes.txt and is not a checkpoint"), message);
      }
      assertEquals(List.of("notes.txt"), names(mine));
      assertEquals(List.of("mine"), names(temporary));
      String message = failure(IOException.class, () -> training.save(mine.resolve("notes.txt")));
      assertTrue(message.contains("is a file"), message);
      assertEquals("precious", Files.readString(mine.resolve("notes.txt")));
    }
  }

  @Test
  void whatLiesBesideACheckpointStays() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = factorVae()) {
      training.run(1).save(folder);
      Files.writeString(folder.resolve("notes.txt"), "precious");
      training.run(1).save(folder);
      training.run(1).save(folder);
      assertEquals("precious", Files.readString(folder.resolve("notes.txt")));
      assertEquals(5, names(folder).size(), names(folder)::toString);
      assertEquals(List.of("run"), names(temporary));
    }
    try (Training later = factorVae().load(folder)) {
      assertEquals(3, later.step());
    }
  }

  @Test
  void anEmptyFolderAndALinkAreTakenAsTheyAre() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), empty);
    Path nowhere = Files.createSymbolicLink(temporary.resolve("nowhere"), Path.of("missing"));
    try (Training training = factorVae()) {
      training.run(1).save(empty);
      training.run(1).save(link);
      assertTrue(Files.isSymbolicLink(link));
      assertFalse(Files.isSymbolicLink(empty));
      String message = failure(IOException.class, () -> training.save(nowhere));
      assertTrue(message.contains("link to nothing"), message);
    }
    try (Training later = factorVae().load(empty)) {
      assertEquals(2, later.step());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
  void permissionsFollowTheUmask() throws IOException {
    Path plain = Files.createDirectory(temporary.resolve("plain"));
    Path file = Files.writeString(plain.resolve("file"), "");
    Path folder = temporary.resolve("run");
    try (Training training = factorVae()) {
      training.save(folder);
      training.history().writeCsv(plain.resolve("history.csv"));
    }
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder));
    for (String name : FILES) {
      assertEquals(
          Files.getPosixFilePermissions(file),
          Files.getPosixFilePermissions(folder.resolve(name)),
          name);
    }
    assertEquals(
        Files.getPosixFilePermissions(file),
        Files.getPosixFilePermissions(plain.resolve("history.csv")));
  }

  @Test
  void aSaveThatWasCutOffLeavesTheEarlierOneAndIsClearedAway() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = factorVae()) {
      training.run(3).save(folder);
      float[][] saved = means(training.model());
      // As a process killed in the middle of the next save leaves it.
      Files.write(folder.resolve("weights-2.npz"), new byte[100]);
      Files.writeString(folder.resolve("run.json.part"), "{");
      try (Training later = factorVae().load(folder)) {
        assertArrayEquals(saved, means(later.model()));
      }
      training.run(1).save(folder);
      List<String> left = List.of(".lock", "history-2.csv", "run.json", "weights-2.npz");
      assertEquals(left, names(folder));
      // And one killed in the middle of its first save.
      Path cut = Files.createDirectory(temporary.resolve("cut"));
      Files.createFile(cut.resolve(".lock"));
      Files.write(cut.resolve("weights.npz"), new byte[100]);
      String message = failure(IOException.class, () -> training.load(cut));
      assertTrue(message.contains("cut off"), message);
      training.save(cut);
      training.load(cut);
    }
  }

  /** What is written to the device takes no byte, as on a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedAndTheEarlierCheckpointStays() throws IOException {
    Path folder = temporary.resolve("run");
    Path full = Path.of("/dev/full");
    try (Training training = factorVae()) {
      training.run(3).save(folder);
      training.run(1);
      for (String next : List.of("weights-2.npz", "history-2.csv", "run.json.part")) {
        Files.createSymbolicLink(folder.resolve(next), full);
        String message = failure(IOException.class, () -> training.save(folder));
        assertTrue(message.contains(next), message);
        assertTrue(message.contains("No space left on device"), message);
        Files.deleteIfExists(folder.resolve(next));
        try (Training later = factorVae().load(folder)) {
          assertEquals(3, later.step());
        }
      }
      training.save(folder);
      assertEquals(4, training.load(folder).step());
    }
  }

  @Test
  void damageIsNamedWithTheFileAndChangesNothing() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = factorVae();
        Training other = factorVae()) {
      training.run(25).save(folder);
      other.run(2);
      float[][] before = means(other.model());
      for (String name : FILES) {
        Path file = folder.resolve(name);
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[flipped.length / 2] ^= 4;
        for (byte[] bad : List.of(flipped, Arrays.copyOf(good, good.length / 2), new byte[0])) {
          Files.write(file, bad);
          String message = failure(IOException.class, () -> other.load(folder));
          assertTrue(message.contains(file.toString()), message);
        }
        Files.delete(file);
        String message = failure(IOException.class, () -> other.load(folder));
        assertTrue(message.contains(name), message);
        Files.write(file, good);
      }
      assertEquals(2, other.step());
      assertArrayEquals(before, means(other.model()));
      other.load(folder);
      assertArrayEquals(means(training.model()), means(other.model()));
    }
  }

  /** Rewrites run.json with a checksum that fits. */
  private static void edit(Path folder, Consumer<JsonObject> change) throws IOException {
    JsonObject run = CheckpointFolder.read(folder).run();
    change.accept(run);
    CheckpointFolder.commit(folder, run);
  }

  @Test
  void impossibleRecordsAreRefusedBeforeAnyWeightChanges() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = factorVae();
        Training other = factorVae()) {
      training.run(25).save(folder);
      byte[] good = Files.readAllBytes(folder.resolve("run.json"));
      float[][] before = means(other.model());
      List<Consumer<JsonObject>> changes =
          List.of(
              run -> run.addProperty("step", -1),
              run -> run.addProperty("partialCount", -1),
              run -> run.addProperty("partialCount", 26),
              run -> run.addProperty("seconds", -1),
              run -> run.remove("settings"),
              run -> run.remove("partialSums"),
              run -> run.remove("optimizerSteps"),
              run -> run.getAsJsonObject("optimizerSteps").remove("discriminator"),
              run -> run.getAsJsonObject("optimizerSteps").addProperty("discriminator", -3),
              run -> run.addProperty("step", 6),
              run -> run.addProperty("format", 2));
      for (Consumer<JsonObject> change : changes) {
        edit(folder, change);
        String message = failure(IOException.class, () -> other.load(folder));
        assertTrue(message.contains(folder.toString()), message);
        Files.write(folder.resolve("run.json"), good);
      }
      assertArrayEquals(before, means(other.model()));
      assertEquals(0, other.step());
      edit(folder, run -> run.getAsJsonObject("optimizerSteps").remove("discriminator"));
      String message = failure(IOException.class, () -> other.load(folder));
      assertTrue(message.contains("optimizerSteps of the discriminator"), message);
      edit(folder, run -> run.addProperty("format", 2));
      message = failure(IOException.class, () -> other.load(folder));
      assertTrue(message.contains("format 2") && message.contains("reads 1"), message);
    }
  }

  /** Saves now and then while another thread runs; every save is of a whole step. */
  @Test
  void aSaveWaitsForTheStepsEnd() throws Exception {
    int steps = 150;
    try (Training training = factorVae();
        Training later = factorVae()) {
      training.run(1);
      Thread runner = new Thread(() -> training.run(steps - 1), "the-runner");
      runner.start();
      int saves = 0;
      while (runner.isAlive()) {
        training.save(temporary.resolve("save" + saves++ % 3));
      }
      runner.join();
      assertTrue(saves > 2, saves + " saves during the run");
      float[][] end = means(training.model());
      for (int i = 0; i < 3; i++) {
        later.load(temporary.resolve("save" + i));
        later.run(steps - later.step());
        assertArrayEquals(end, means(later.model()));
      }
    }
  }

  @Test
  void twoThreadsCannotRunOneTraining() throws Exception {
    try (Training training = factorVae()) {
      Path folder = temporary.resolve("run");
      training.save(folder);
      String[] messages = new String[2];
      training.run(
          1,
          (run, end) ->
              step -> {
                Thread other =
                    new Thread(
                        () -> {
                          messages[0] = failure(IllegalStateException.class, () -> training.run(1));
                          messages[1] =
                              failure(IllegalStateException.class, () -> training.load(folder));
                        });
                other.start();
                try {
                  other.join();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (String message : messages) {
        assertTrue(message.contains("in the thread " + Thread.currentThread().getName()), message);
      }
      training.run(1);
      assertEquals(2, training.step());
    }
    Training closed = factorVae();
    closed.close();
    assertTrue(failure(IllegalStateException.class, () -> closed.run(1)).contains("closed"));
    assertTrue(
        failure(IllegalStateException.class, () -> closed.save(temporary.resolve("c")))
            .contains("closed"));
  }

  @Test
  void twoTrainingsCannotSaveIntoOneFolderAtOnce() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("run"));
    try (Training training = factorVae();
        FolderLock lock = FolderLock.take(folder, "saves into")) {
      String message = failure(IOException.class, () -> training.save(lock.folder()));
      assertTrue(message.contains("another training of this process saves into"), message);
    }
  }

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
    try (Training training = training(method).run(2)) {
      training.save(folder);
      try (Training opened = Training.open(folder, blobs)) {
        assertEquals(method, opened.settings().objective());
      }
    }
  }

  @Test
  void openRestoresSettingsAndGoesOnAsIfNeverStopped() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training straight = factorVae();
        Training stopped = factorVae()) {
      straight.run(40);
      stopped.run(24).save(folder);
      try (Training opened = Training.open(folder, blobs)) {
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
    try (Training training = factorVae().run(10)) {
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
        Training.of(new Vae(Adam.of(1e-2)), blobs)
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
    try (Training training = training(anonymous).run(1)) {
      training.save(folder);
      String message = failure(IllegalArgumentException.class, () -> Training.open(folder, blobs));
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
      message = failure(IllegalArgumentException.class, () -> Training.open(folder, blobs));
      assertTrue(message.contains("java.lang.Runtime is no Objective"), message);
    }
  }
}
