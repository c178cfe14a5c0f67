package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.factorVae;
import static dev.disentangle.training.BlobTraining.training;
import static dev.disentangle.training.CheckpointFiles.edit;
import static dev.disentangle.training.CheckpointFiles.failure;
import static dev.disentangle.training.CheckpointFiles.means;
import static dev.disentangle.training.CheckpointFiles.names;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint's folder: what is written, kept, refused and cleared away. */
class CheckpointTest {

  private static final List<String> FILES = List.of("weights.npz", "history.csv", "run.json");

  @TempDir private Path temporary;

  @Test
  void aFolderWithSomebodysFileIsRefusedAndNothingMoves() throws IOException {
    Path mine = Files.createDirectory(temporary.resolve("mine"));
    Files.writeString(mine.resolve("notes.txt"), "precious");
    try (Training training = training(factorVae(), 5)) {
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
    try (Training training = training(factorVae(), 5)) {
      training.run(1).save(folder);
      Files.writeString(folder.resolve("notes.txt"), "precious");
      training.run(1).save(folder);
      training.run(1).save(folder);
      assertEquals("precious", Files.readString(folder.resolve("notes.txt")));
      assertEquals(5, names(folder).size(), names(folder)::toString);
      assertEquals(List.of("run"), names(temporary));
    }
    try (Training later = training(factorVae(), 5).load(folder)) {
      assertEquals(3, later.step());
    }
  }

  @Test
  void anEmptyFolderAndALinkAreTakenAsTheyAre() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), empty);
    Path nowhere = Files.createSymbolicLink(temporary.resolve("nowhere"), Path.of("missing"));
    try (Training training = training(factorVae(), 5)) {
      training.run(1).save(empty);
      training.run(1).save(link);
      assertTrue(Files.isSymbolicLink(link));
      assertFalse(Files.isSymbolicLink(empty));
      String message = failure(IOException.class, () -> training.save(nowhere));
      assertTrue(message.contains("link to nothing"), message);
    }
    try (Training later = training(factorVae(), 5).load(empty)) {
      assertEquals(2, later.step());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
  void permissionsFollowTheUmask() throws IOException {
    Path plain = Files.createDirectory(temporary.resolve("plain"));
    Path file = Files.writeString(plain.resolve("file"), "");
    Path folder = temporary.resolve("run");
    try (Training training = training(factorVae(), 5)) {
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
    try (Training training = training(factorVae(), 5)) {
      training.run(3).save(folder);
      float[][] saved = means(training.model());
      // As a process killed in the middle of the next save leaves it.
      Files.write(folder.resolve("weights-2.npz"), new byte[100]);
      Files.writeString(folder.resolve("run.json.part"), "{");
      try (Training later = training(factorVae(), 5).load(folder)) {
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
    try (Training training = training(factorVae(), 5)) {
      training.run(3).save(folder);
      training.run(1);
      for (String next : List.of("weights-2.npz", "history-2.csv", "run.json.part")) {
        Files.createSymbolicLink(folder.resolve(next), full);
        String message = failure(IOException.class, () -> training.save(folder));
        assertTrue(message.contains(next), message);
        assertTrue(message.contains("No space left on device"), message);
        Files.deleteIfExists(folder.resolve(next));
        try (Training later = training(factorVae(), 5).load(folder)) {
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
    try (Training training = training(factorVae(), 5);
        Training other = training(factorVae(), 5)) {
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

  @Test
  void impossibleRecordsAreRefusedBeforeAnyWeightChanges() throws IOException {
    Path folder = temporary.resolve("run");
    try (Training training = training(factorVae(), 5);
        Training other = training(factorVae(), 5)) {
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
}
