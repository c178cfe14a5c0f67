package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.objective.FactorVae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is saved without what training would need. */
class ModelAloneTest {

  @TempDir private Path folder;

  private final Blobs blobs = new Blobs();

  private Training factorVae() {
    return Training.of(new FactorVae(5), blobs)
        .latents(3)
        .batchSize(16)
        .architecture(Blobs.architecture())
        .recordEvery(2)
        .build();
  }

  private long bytes(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long bytes = 0;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        assertFalse(entry.getName().matches(".*(moment|discriminator).*"), entry.getName());
        bytes += entry.getSize();
      }
      return bytes;
    }
  }

  @Test
  void itHoldsTheAutoencoderInHalfPrecisionAndItsHistory() throws IOException {
    try (Training training = factorVae()) {
      training.run(4).saveModel(folder.resolve("model"));
      long numbers =
          training.autoencoder().networks().stream()
              .flatMap(network -> network.weights().values().stream())
              .mapToLong(array -> array.getShape().size())
              .sum();
      long bytes = bytes(folder.resolve("model/weights.npz"));
      assertTrue(bytes > 2 * numbers && bytes < 2 * numbers + 4_000, bytes + " for " + numbers);
      String history = Files.readString(folder.resolve("model/history.csv"));
      assertEquals(training.history().csv(), history);
      assertEquals(4, RunRecord.read(folder.resolve("model/run.json")).step());
    }
  }

  @Test
  void trainingCannotGoOnFromIt() throws IOException {
    try (Training training = factorVae()) {
      Path model = folder.resolve("model");
      training.run(2).saveModel(model);
      String message =
          assertThrows(IOException.class, () -> Training.open(model, blobs)).getMessage();
      assertTrue(message.contains("model alone") && message.contains("TrainedModel.open"), message);
      assertThrows(IOException.class, () -> training.run(1).load(model));
      assertEquals(3, training.step());
      // A whole checkpoint in its place has everything again.
      training.save(model);
      try (Training again = Training.open(model, blobs)) {
        assertEquals(3, again.step());
      }
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertTrue(Models.names().size() > 1);
    for (String name : List.of("", "no-such-model", "../models/vae-small")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Models.open(name)).getMessage();
      assertTrue(message.contains("no model " + name) && message.contains("vae-small"), message);
      assertThrows(IllegalArgumentException.class, () -> Models.record(name));
      assertThrows(IllegalArgumentException.class, () -> Models.history(name));
    }
  }
}
