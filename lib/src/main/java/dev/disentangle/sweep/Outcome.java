package dev.disentangle.sweep;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param run the run's id
 * @param setting what the sweep varies, label by axis
 * @param seed the run's seed
 * @param failure why it failed; empty if it did not
 * @param values the last value of every recorded term, averaged as in the history, then the scores;
 *     not a number where a score is undefined; empty if it failed
 * @param seconds how long training took
 */
public record Outcome(
    String run,
    Map<String, String> setting,
    long seed,
    Optional<String> failure,
    Map<String, Double> values,
    double seconds) {

  private static final String FILE = "result.json";
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** The file's form: numbers as text, which holds every value exactly. */
  private record Stored(
      String run,
      Map<String, String> setting,
      long seed,
      String failure,
      Map<String, String> values,
      String seconds) {}

  static Outcome failed(SweepRun run, String reason) {
    return new Outcome(
        run.id(), run.setting(), run.settings().seed(), Optional.of(reason), Map.of(), 0);
  }

  /** Writes the outcome whole or not at all. */
  void write(Path folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> texts.put(name, value.toString()));
    Stored stored =
        new Stored(run, setting, seed, failure.orElse(null), texts, String.valueOf(seconds));
    Files.createDirectories(folder);
    Path part = folder.resolve(FILE + ".part");
    Files.writeString(part, JSON.toJson(stored) + "\n");
    Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads a run's outcome; empty if it has none yet. */
  static Optional<Outcome> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Stored stored = JSON.fromJson(Files.readString(file), Stored.class);
      Map<String, Double> values = new LinkedHashMap<>();
      stored.values().forEach((name, text) -> values.put(name, Double.valueOf(text)));
      return Optional.of(
          new Outcome(
              stored.run(),
              new LinkedHashMap<>(stored.setting()),
              stored.seed(),
              Optional.ofNullable(stored.failure()),
              values,
              Double.parseDouble(stored.seconds())));
    } catch (JsonParseException | NumberFormatException | NullPointerException e) {
      throw new IOException(
          file + " is not the outcome of a run; delete it, and the run is done again", e);
    }
  }
}
