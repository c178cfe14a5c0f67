package dev.disentangle.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.disentangle.metric.ScoreValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the scores of files as CSV and JSON, with all digits. */
final class ScoreFiles {

  private ScoreFiles() {}

  /** Writes a row per file and value; what was not computed is {@code NaN}. */
  static void csv(Path file, List<ScoredCodes> all) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader("file", "score", "value", "low", "high", "estimator", "points", "seed")
            .setRecordSeparator('\n')
            .get();
    try (CSVPrinter printer = format.print(text)) {
      for (ScoredCodes scored : all) {
        for (ScoreValue value : scored.scores().values()) {
          Double reach = scored.reach(value.name()).orElse(null);
          printer.printRecord(
              scored.label(),
              value.name(),
              value.value(),
              reach == null ? "" : value.value() - reach,
              reach == null ? "" : value.value() + reach,
              value.estimator(),
              value.points(),
              value.seed());
        }
      }
    }
    text(file, text.toString());
  }

  /** Writes an object per file; what was not computed is {@code null}. */
  static void json(Path file, List<ScoredCodes> all) throws IOException {
    JsonArray files = new JsonArray();
    for (ScoredCodes scored : all) {
      JsonObject scores = new JsonObject();
      scored.scores().values().forEach(value -> scores.add(value.name(), json(scored, value)));
      JsonObject one = new JsonObject();
      one.addProperty("file", scored.label());
      one.addProperty("description", scored.file().description());
      one.addProperty("images", scored.file().codes().size());
      one.addProperty("latents", scored.file().codes().latents());
      one.add("scores", scores);
      files.add(one);
    }
    JsonObject root = new JsonObject();
    root.add("files", files);
    text(file, new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(root) + "\n");
  }

  private static JsonObject json(ScoredCodes scored, ScoreValue value) {
    JsonObject one = new JsonObject();
    number(one, "value", value.value());
    scored
        .reach(value.name())
        .ifPresent(
            reach -> {
              number(one, "low", value.value() - reach);
              number(one, "high", value.value() + reach);
            });
    one.addProperty("estimator", value.estimator());
    one.addProperty("points", value.points());
    one.addProperty("seed", value.seed());
    return one;
  }

  private static void number(JsonObject object, String name, double value) {
    if (Double.isFinite(value)) {
      object.addProperty(name, value);
    } else {
      object.add(name, JsonNull.INSTANCE);
    }
  }

  /** Writes a text in UTF-8; folders that are missing are made. */
  static void text(Path file, String text) throws IOException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IOException(
          "cannot write "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + ")",
          e);
    }
  }
}
