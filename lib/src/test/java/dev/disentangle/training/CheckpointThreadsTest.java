package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.factorVae;
import static dev.disentangle.training.BlobTraining.training;
import static dev.disentangle.training.CheckpointFiles.failure;
import static dev.disentangle.training.CheckpointFiles.means;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving and running from several threads. */
class CheckpointThreadsTest {

  @TempDir private Path temporary;

  /** Saves now and then while another thread runs; every save is of a whole step. */
  @Test
  void aSaveWaitsForTheStepsEnd() throws Exception {
    int steps = 150;
    try (Training training = training(factorVae(), 5);
        Training later = training(factorVae(), 5)) {
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
    try (Training training = training(factorVae(), 5)) {
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
    Training closed = training(factorVae(), 5);
    closed.close();
    assertTrue(failure(IllegalStateException.class, () -> closed.run(1)).contains("closed"));
    assertTrue(
        failure(IllegalStateException.class, () -> closed.save(temporary.resolve("c")))
            .contains("closed"));
  }

  @Test
  void twoTrainingsCannotSaveIntoOneFolderAtOnce() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("run"));
    try (Training training = training(factorVae(), 5);
        FolderLock lock = FolderLock.take(folder, "saves into")) {
      String message = failure(IOException.class, () -> training.save(lock.folder()));
      assertTrue(message.contains("another training of this process saves into"), message);
    }
  }
}
