package dev.disentangle.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.disentangle.metric.ScoreValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the scores of files as CSV and JSON, with all digits. */
final class ScoreFiles {

  private static final String[] HEADER = {
    "file",
    "score",
    "value",
    "low",
    "high",
    "estimator",
    "points",
    "seed",
    "difference",
    "difference_low",
    "difference_high"
  };

  private ScoreFiles() {}

  /** Writes a row per file and value; what was not computed is {@code NaN}. */
  static void csv(Path file, List<ScoredCodes> all) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader(HEADER).setRecordSeparator('\n').get();
    try (CSVPrinter printer = format.print(text)) {
      for (ScoredCodes scored : all) {
        for (ScoreValue value : scored.scores().values()) {
          printer.printRecord(row(scored, all.get(0), value));
        }
      }
    }
    text(file, text.toString());
  }

  private static List<Object> row(ScoredCodes scored, ScoredCodes first, ScoreValue value) {
    List<Object> row = new ArrayList<>(List.of(scored.label(), value.name()));
    interval(row, value.value(), scored.reach(value.name()));
    row.addAll(List.of(value.estimator(), value.points(), value.seed()));
    Optional<Double> difference =
        scored == first ? Optional.empty() : scored.difference(value.name(), first);
    if (difference.isPresent()) {
      interval(row, difference.get(), scored.reachOfDifference(value.name(), first));
    } else {
      row.addAll(List.of("", "", ""));
    }
    return row;
  }

  private static void interval(List<Object> row, double value, Optional<Double> reach) {
    row.add(value);
    row.add(reach.<Object>map(half -> value - half).orElse(""));
    row.add(reach.<Object>map(half -> value + half).orElse(""));
  }

  /** Writes an object per file; what was not computed is {@code null}. */
  static void json(Path file, List<ScoredCodes> all) throws IOException {
    JsonArray files = new JsonArray();
    for (ScoredCodes scored : all) {
      JsonObject scores = new JsonObject();
      ScoredCodes first = all.get(0);
      scored
          .scores()
          .values()
          .forEach(value -> scores.add(value.name(), json(scored, first, value)));
      JsonObject one = new JsonObject();
      one.addProperty("file", scored.label());
      one.addProperty("description", scored.file().description());
      one.addProperty("images", scored.file().codes().size());
      one.addProperty("latents", scored.file().codes().latents());
      one.add("scores", scores);
      JsonObject seconds = new JsonObject();
      scored.scores().seconds().forEach(seconds::addProperty);
      one.add("seconds", seconds);
      files.add(one);
    }
    JsonObject root = new JsonObject();
    root.add("files", files);
    text(file, new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(root) + "\n");
  }

  private static JsonObject json(ScoredCodes scored, ScoredCodes first, ScoreValue value) {
    JsonObject one = interval(value.value(), scored.reach(value.name()));
    one.addProperty("estimator", value.estimator());
    one.addProperty("points", value.points());
    one.addProperty("seed", value.seed());
    if (scored != first) {
      scored
          .difference(value.name(), first)
          .ifPresent(
              by ->
                  one.add(
                      "difference", interval(by, scored.reachOfDifference(value.name(), first))));
    }
    return one;
  }

  private static JsonObject interval(double value, Optional<Double> reach) {
    JsonObject one = new JsonObject();
    number(one, "value", value);
    reach.ifPresent(
        half -> {
          number(one, "low", value - half);
          number(one, "high", value + half);
        });
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
