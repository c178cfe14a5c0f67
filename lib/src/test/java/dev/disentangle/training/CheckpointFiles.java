package dev.disentangle.training;

import static dev.disentangle.training.BlobTraining.BLOBS;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What tests of checkpoints look at: a folder's files, a model's codes, a refusal's words. */
final class CheckpointFiles {

  private CheckpointFiles() {}

  static String failure(Class<? extends Exception> type, Executable call) {
    return assertThrows(type, call::run).getMessage();
  }

  /** A call that fails. */
  @FunctionalInterface
  interface Executable {
    void run() throws Exception;
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** Rewrites run.json with a checksum that fits. */
  static void edit(Path folder, Consumer<JsonObject> change) throws IOException {
    JsonObject run = CheckpointFolder.read(folder).run();
    change.accept(run);
    CheckpointFolder.commit(folder, run);
  }

  static float[][] means(TrainedModel model) {
    Codes codes = model.encode(BLOBS, IntStream.range(0, BLOBS.size()).toArray());
    return codes.means();
  }
}
